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

run "the_api_is_private_and_its_use_is_written_down" {
  command = plan

  assert {
    condition     = aws_eks_cluster.this.vpc_config[0].endpoint_private_access && !aws_eks_cluster.this.vpc_config[0].endpoint_public_access
    error_message = "The API endpoint is reached from inside the VPC only."
  }

  assert {
    condition     = aws_eks_cluster.this.enabled_cluster_log_types == toset(["api", "audit", "authenticator", "controllerManager", "scheduler"])
    error_message = "All five control plane logs are on."
  }

  assert {
    condition     = aws_cloudwatch_log_group.cluster.name == "/aws/eks/orders/cluster" && aws_cloudwatch_log_group.cluster.retention_in_days == 365
    error_message = "The log group that EKS writes to is ours and kept a year."
  }
}

run "the_cluster_bears_its_own_name_and_the_environment_is_a_tag" {
  command = plan

  assert {
    condition     = aws_eks_cluster.this.name == "orders" && aws_eks_cluster.this.version == "1.35"
    error_message = "The cluster is named after the resource."
  }

  assert {
    condition     = local.tags == { Cluster = "orders", CostCenter = "platform", Environment = "production", ManagedBy = "terraform", Owner = "platform" }
    error_message = "Everything is tagged with cluster, environment, owner and cost centre."
  }
}

run "production_is_protected_against_deletion" {
  command = plan

  assert {
    condition     = aws_eks_cluster.this.deletion_protection
    error_message = "EKS refuses to delete a production cluster."
  }
}

run "elsewhere_deletion_protection_can_be_off" {
  command = plan

  variables {
    environment         = "staging"
    deletion_protection = false
  }

  assert {
    condition     = !aws_eks_cluster.this.deletion_protection
    error_message = "A staging cluster can be deleted when that was asked for."
  }
}

run "secrets_and_logs_have_keys_of_their_own" {
  command = apply

  assert {
    condition     = aws_eks_cluster.this.encryption_config[0].provider[0].key_arn == aws_kms_key.secrets.arn && tolist(aws_eks_cluster.this.encryption_config[0].resources) == tolist(["secrets"])
    error_message = "Kubernetes secrets are encrypted with the key for secrets."
  }

  assert {
    condition     = aws_cloudwatch_log_group.cluster.kms_key_id == aws_kms_key.logs.arn
    error_message = "Control plane logs are encrypted with the key for logs."
  }
}

run "the_control_plane_is_reached_through_private_subnets" {
  command = apply

  assert {
    condition     = aws_eks_cluster.this.vpc_config[0].subnet_ids == toset([for subnet in aws_subnet.private : subnet.id])
    error_message = "The control plane has its interfaces in the private subnets."
  }
}

run "keys_rotate_wait_before_deletion_and_name_no_everyone" {
  command = apply

  assert {
    condition     = alltrue([for key in [aws_kms_key.secrets, aws_kms_key.logs, aws_kms_key.disks] : key.enable_key_rotation && key.deletion_window_in_days == 30])
    error_message = "Keys rotate and wait 30 days before they are deleted."
  }

  assert {
    condition = alltrue(flatten([
      for key in [aws_kms_key.secrets, aws_kms_key.logs, aws_kms_key.disks] : [
        for statement in jsondecode(key.policy).Statement : !contains(flatten([values(statement.Principal)]), "*")
      ]
    ]))
    error_message = "No key policy names every principal."
  }

  assert {
    condition = alltrue(flatten([
      for key in [aws_kms_key.secrets, aws_kms_key.logs, aws_kms_key.disks] : [
        for statement in jsondecode(key.policy).Statement : [for action in flatten([statement.Action]) : !strcontains(action, "*")]
      ]
    ]))
    error_message = "Key policies list their actions."
  }
}
