mock_provider "aws" {
  source = "./tests/mocks"
}

# Every variable is set, so that the values of a *.auto.tfvars file beside the module change nothing here.
variables {
  name                 = "orders"
  environment          = "production"
  region               = "eu-west-1"
  availability_zones   = ["eu-west-1a", "eu-west-1b", "eu-west-1c"]
  vpc_cidr             = "10.20.0.0/16"
  nat_gateway_per_zone = true
  kubernetes_version   = "1.35"
  deletion_protection  = true
  admin_principal_arns = []
  api_access_cidrs     = []
  instance_types       = ["m6i.large"]
  ami_type             = "AL2023_x86_64_STANDARD"
  node_count           = 3
  node_min             = null
  node_max             = null
  node_disk_gib        = 50
  addon_versions       = {}
  log_retention_days   = 365
  owner                = "platform"
  cost_center          = "platform"
  tags                 = {}
}

# Keys that can be told apart.
override_resource {
  target = aws_kms_key.secrets
  values = {
    arn = "arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-4000-8000-00000000000a"
  }
}

override_resource {
  target = aws_kms_key.logs
  values = {
    arn = "arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-4000-8000-00000000000b"
  }
}

override_resource {
  target = aws_kms_key.disks
  values = {
    arn = "arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-4000-8000-00000000000c"
  }
}

run "production_has_a_nat_gateway_in_each_zone" {
  command = plan

  assert {
    condition     = toset(keys(aws_nat_gateway.this)) == toset(["eu-west-1a", "eu-west-1b", "eu-west-1c"])
    error_message = "Production needs one NAT gateway in each of its three zones."
  }

  assert {
    condition     = length(aws_eip.nat) == 3 && length(aws_route.nat) == 3
    error_message = "Each zone needs an address and a route of its own."
  }
}

run "elsewhere_one_nat_gateway_may_serve_all_zones" {
  command = plan

  variables {
    environment          = "staging"
    nat_gateway_per_zone = false
  }

  assert {
    condition     = keys(aws_nat_gateway.this) == ["eu-west-1a"]
    error_message = "One NAT gateway, in the first zone, was asked for."
  }

  assert {
    condition     = length(aws_route.nat) == 3
    error_message = "Every private subnet still needs its way out."
  }
}

run "subnets_do_not_overlap_and_hand_out_no_public_addresses" {
  command = plan

  assert {
    condition = [for zone in var.availability_zones : aws_subnet.private[zone].cidr_block] == [
      "10.20.0.0/19", "10.20.32.0/19", "10.20.64.0/19",
    ]
    error_message = "Private subnets lie in the lower half of the VPC."
  }

  assert {
    condition = [for zone in var.availability_zones : aws_subnet.public[zone].cidr_block] == [
      "10.20.128.0/22", "10.20.132.0/22", "10.20.136.0/22",
    ]
    error_message = "Public subnets lie in the upper half of the VPC."
  }

  assert {
    condition     = !anytrue([for subnet in concat(values(aws_subnet.public), values(aws_subnet.private)) : subnet.map_public_ip_on_launch])
    error_message = "No subnet may hand out public addresses."
  }
}

run "all_traffic_is_logged_for_a_year_under_a_key" {
  command = apply

  assert {
    condition     = aws_flow_log.this.traffic_type == "ALL" && aws_flow_log.this.vpc_id == aws_vpc.this.id
    error_message = "The flow log covers all traffic of the VPC."
  }

  assert {
    condition     = aws_cloudwatch_log_group.flow.retention_in_days == 365 && aws_cloudwatch_log_group.flow.kms_key_id == aws_kms_key.logs.arn
    error_message = "Flow logs are kept a year and encrypted with the key for logs."
  }

  assert {
    condition     = jsondecode(aws_iam_role.flow_log.assume_role_policy).Statement[0].Condition.StringEquals["aws:SourceAccount"] == "111122223333"
    error_message = "Flow logs of other accounts may not use the role."
  }
}
