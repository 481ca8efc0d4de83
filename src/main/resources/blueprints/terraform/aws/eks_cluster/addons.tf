locals {
  # Add-ons that call AWS do so under a role of their own, through Pod Identity.
  addon_identities = {
    vpc-cni = {
      policy          = "AmazonEKS_CNI_Policy"
      service_account = "aws-node"
    }
    aws-ebs-csi-driver = {
      policy          = "service-role/AmazonEBSCSIDriverPolicy"
      service_account = "ebs-csi-controller-sa"
    }
  }
}

resource "aws_iam_role" "addon" {
  for_each = local.addon_identities

  name        = "${local.prefix}-${each.key}"
  description = "Add-on ${each.key} of ${var.name}"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "pods.eks.amazonaws.com" }
      Action    = ["sts:AssumeRole", "sts:TagSession"]
      Condition = {
        StringEquals = {
          "aws:RequestTag/eks-cluster-arn"            = local.cluster_arn
          "aws:RequestTag/kubernetes-namespace"       = "kube-system"
          "aws:RequestTag/kubernetes-service-account" = each.value.service_account
        }
      }
    }]
  })

  tags = { Name = "${local.prefix}-${each.key}" }
}

resource "aws_iam_role_policy_attachment" "addon" {
  for_each = local.addon_identities

  role       = aws_iam_role.addon[each.key].name
  policy_arn = "arn:${local.partition}:iam::aws:policy/${each.value.policy}"
}

# What a node needs before it can become ready.
resource "aws_eks_addon" "before_nodes" {
  for_each = toset(["vpc-cni", "kube-proxy", "eks-pod-identity-agent"])

  cluster_name                = aws_eks_cluster.this.name
  addon_name                  = each.value
  addon_version               = lookup(var.addon_versions, each.value, null)
  configuration_values        = each.value == "vpc-cni" ? jsonencode({ enableNetworkPolicy = "true" }) : null
  resolve_conflicts_on_create = "OVERWRITE"
  resolve_conflicts_on_update = "PRESERVE"

  dynamic "pod_identity_association" {
    for_each = each.value == "vpc-cni" ? [local.addon_identities[each.value]] : []

    content {
      role_arn        = aws_iam_role.addon[each.value].arn
      service_account = pod_identity_association.value.service_account
    }
  }

  tags = { Name = "${var.name}-${each.value}" }

  depends_on = [aws_iam_role_policy_attachment.addon]
}

# What runs on the nodes.
resource "aws_eks_addon" "on_nodes" {
  for_each = toset(["coredns", "aws-ebs-csi-driver"])

  cluster_name                = aws_eks_cluster.this.name
  addon_name                  = each.value
  addon_version               = lookup(var.addon_versions, each.value, null)
  resolve_conflicts_on_create = "OVERWRITE"
  resolve_conflicts_on_update = "PRESERVE"

  dynamic "pod_identity_association" {
    for_each = each.value == "aws-ebs-csi-driver" ? [local.addon_identities[each.value]] : []

    content {
      role_arn        = aws_iam_role.addon[each.value].arn
      service_account = pod_identity_association.value.service_account
    }
  }

  tags = { Name = "${var.name}-${each.value}" }

  depends_on = [
    aws_eks_node_group.this,
    aws_iam_role_policy_attachment.addon,
  ]
}
