# Written from the inputs of a task. Change the inputs and ask again.

environment          = "production"
name                 = "production"
node_count           = 3
region               = "eu-west-1"
availability_zones   = ["eu-west-1a", "eu-west-1b", "eu-west-1c"]
vpc_cidr             = "10.0.0.0/16"
nat_gateway_per_zone = true
kubernetes_version   = "1.35"
deletion_protection  = true
admin_principal_arns = []
api_access_cidrs     = []
instance_types       = ["m6i.large"]
ami_type             = "AL2023_x86_64_STANDARD"
node_disk_gib        = 50
addon_versions       = {}
log_retention_days   = 365
owner                = "platform"
cost_center          = "platform"
tags                 = {}
