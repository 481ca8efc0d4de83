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

run "nodes_require_metadata_tokens_and_keep_them_from_pods" {
  command = plan

  assert {
    condition     = aws_launch_template.node.metadata_options[0].http_tokens == "required" && aws_launch_template.node.metadata_options[0].http_put_response_hop_limit == 1
    error_message = "IMDSv2 is required and answers do not travel into pods."
  }
}

run "node_disks_are_encrypted_with_the_key_for_disks" {
  command = apply

  assert {
    condition     = tobool(aws_launch_template.node.block_device_mappings[0].ebs[0].encrypted) && aws_launch_template.node.block_device_mappings[0].ebs[0].volume_type == "gp3"
    error_message = "Node disks are encrypted gp3 volumes."
  }

  assert {
    condition     = aws_launch_template.node.block_device_mappings[0].ebs[0].kms_key_id == aws_kms_key.disks.arn
    error_message = "Node disks are encrypted with the key for disks."
  }
}

run "nodes_stand_in_private_subnets_without_public_addresses" {
  command = apply

  assert {
    condition     = aws_eks_node_group.this.subnet_ids == toset([for subnet in aws_subnet.private : subnet.id])
    error_message = "Nodes stand in the private subnets."
  }

  assert {
    condition     = !tobool(aws_launch_template.node.network_interfaces[0].associate_public_ip_address)
    error_message = "Nodes have no public addresses."
  }
}

run "as_many_nodes_as_asked_with_room_to_grow" {
  command = plan

  assert {
    condition     = aws_eks_node_group.this.scaling_config[0].desired_size == 3 && aws_eks_node_group.this.scaling_config[0].min_size == 3 && aws_eks_node_group.this.scaling_config[0].max_size == 6
    error_message = "Three nodes, never fewer, at most six."
  }
}

run "bounds_of_the_node_group_can_be_set" {
  command = plan

  variables {
    node_min = 2
    node_max = 10
  }

  assert {
    condition     = aws_eks_node_group.this.scaling_config[0].min_size == 2 && aws_eks_node_group.this.scaling_config[0].max_size == 10
    error_message = "Given bounds are used."
  }
}
