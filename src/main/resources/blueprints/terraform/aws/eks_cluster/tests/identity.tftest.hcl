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

run "access_is_by_entries_alone" {
  command = plan

  assert {
    condition     = aws_eks_cluster.this.access_config[0].authentication_mode == "API" && !aws_eks_cluster.this.access_config[0].bootstrap_cluster_creator_admin_permissions
    error_message = "Whoever creates the cluster gets no rights by that."
  }

  assert {
    condition     = length(aws_eks_access_entry.admin) == 0 && length(aws_vpc_security_group_ingress_rule.api) == 0
    error_message = "Nobody is let in who was not named."
  }
}

run "named_administrators_and_networks_are_let_in" {
  command = plan

  variables {
    admin_principal_arns = ["arn:aws:iam::111122223333:role/platform-admin"]
    api_access_cidrs     = ["10.8.0.0/16"]
  }

  assert {
    condition     = keys(aws_eks_access_policy_association.admin) == ["arn:aws:iam::111122223333:role/platform-admin"]
    error_message = "The named role administers the cluster."
  }

  assert {
    condition     = aws_vpc_security_group_ingress_rule.api["10.8.0.0/16"].from_port == 443 && aws_vpc_security_group_ingress_rule.api["10.8.0.0/16"].to_port == 443
    error_message = "The named network reaches the API, and nothing but the API."
  }
}

run "addons_that_call_aws_have_identities_of_their_own" {
  command = plan

  assert {
    condition     = toset(keys(aws_iam_role.addon)) == toset(["aws-ebs-csi-driver", "vpc-cni"])
    error_message = "The network and the storage add-on have a role each."
  }

  assert {
    condition     = one(aws_eks_addon.before_nodes["vpc-cni"].pod_identity_association).service_account == "aws-node" && one(aws_eks_addon.on_nodes["aws-ebs-csi-driver"].pod_identity_association).service_account == "ebs-csi-controller-sa"
    error_message = "The roles are bound to the add-ons' service accounts."
  }

  assert {
    condition     = jsondecode(aws_iam_role.addon["vpc-cni"].assume_role_policy).Statement[0].Condition.StringEquals["aws:RequestTag/kubernetes-service-account"] == "aws-node"
    error_message = "No other service account can take the role."
  }
}

run "addons_follow_the_kubernetes_version_unless_pinned" {
  command = plan

  variables {
    addon_versions = { coredns = "v1.12.4-eksbuild.1" }
  }

  assert {
    condition     = aws_eks_addon.on_nodes["coredns"].addon_version == "v1.12.4-eksbuild.1"
    error_message = "A pinned add-on keeps its version."
  }
}
