data "aws_caller_identity" "current" {}

locals {
  account_id = data.aws_caller_identity.current.account_id
  partition  = startswith(var.region, "cn-") ? "aws-cn" : startswith(var.region, "us-gov-") ? "aws-us-gov" : "aws"

  # IAM names are unique in an account, not in a region.
  prefix = "${var.name}-${var.region}"

  cluster_arn            = "arn:${local.partition}:eks:${var.region}:${local.account_id}:cluster/${var.name}"
  cluster_log_group_name = "/aws/eks/${var.name}/cluster"
  flow_log_group_name    = "/aws/vpc/${var.name}/flow-logs"
  log_group_arn_prefix   = "arn:${local.partition}:logs:${var.region}:${local.account_id}:log-group:"

  node_min = coalesce(var.node_min, var.node_count)
  node_max = coalesce(var.node_max, var.node_count * 2)

  tags = merge(var.tags, {
    Cluster     = var.name
    CostCenter  = var.cost_center
    Environment = var.environment
    ManagedBy   = "terraform"
    Owner       = var.owner
  })
}
