# One key for each kind of data, so that the right to use one gives no right to another.
# The account administers the keys but, by this policy alone, cannot use them to decrypt.
# Roles are named by their names, known before they exist, so that a plan shows the whole policy.

locals {
  key_administration = {
    Sid       = "AccountAdministersKey"
    Effect    = "Allow"
    Principal = { AWS = "arn:${local.partition}:iam::${local.account_id}:root" }
    Action = [
      "kms:CancelKeyDeletion",
      "kms:CreateAlias",
      "kms:DeleteAlias",
      "kms:DescribeKey",
      "kms:DisableKey",
      "kms:EnableKey",
      "kms:EnableKeyRotation",
      "kms:GetKeyPolicy",
      "kms:GetKeyRotationStatus",
      "kms:ListGrants",
      "kms:ListKeyPolicies",
      "kms:ListKeyRotations",
      "kms:ListResourceTags",
      "kms:PutKeyPolicy",
      "kms:RevokeGrant",
      "kms:ScheduleKeyDeletion",
      "kms:TagResource",
      "kms:UntagResource",
      "kms:UpdateAlias",
      "kms:UpdateKeyDescription",
    ]
    Resource = "*"
  }

  key_use = [
    "kms:Decrypt",
    "kms:DescribeKey",
    "kms:Encrypt",
    "kms:GenerateDataKey",
    "kms:GenerateDataKeyWithoutPlaintext",
    "kms:ReEncryptFrom",
    "kms:ReEncryptTo",
  ]

  role_arn_prefix = "arn:${local.partition}:iam::${local.account_id}:role"

  # Nodes get their disks through the account's service-linked role for Auto Scaling.
  autoscaling_role_arn = "${local.role_arn_prefix}/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"
  ebs_csi_role_arn     = "${local.role_arn_prefix}/${aws_iam_role.addon["aws-ebs-csi-driver"].name}"
}

resource "aws_kms_key" "secrets" {
  description             = "Kubernetes secrets of ${var.name}"
  enable_key_rotation     = true
  deletion_window_in_days = 30

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      local.key_administration,
      {
        Sid       = "ClusterCreatorGrantsEks"
        Effect    = "Allow"
        Principal = { AWS = "arn:${local.partition}:iam::${local.account_id}:root" }
        Action    = "kms:CreateGrant"
        Resource  = "*"
        Condition = { Bool = { "kms:GrantIsForAWSResource" = "true" } }
      },
      {
        Sid       = "ClusterUsesKey"
        Effect    = "Allow"
        Principal = { AWS = "${local.role_arn_prefix}/${aws_iam_role.cluster.name}" }
        Action    = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:ListGrants"]
        Resource  = "*"
      },
    ]
  })

  tags = { Name = "${local.prefix}-secrets" }
}

resource "aws_kms_alias" "secrets" {
  name          = "alias/${var.name}-eks-secrets"
  target_key_id = aws_kms_key.secrets.key_id
}

resource "aws_kms_key" "logs" {
  description             = "Control plane and flow logs of ${var.name}"
  enable_key_rotation     = true
  deletion_window_in_days = 30

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      local.key_administration,
      {
        Sid       = "CloudWatchUsesKeyForTheseLogs"
        Effect    = "Allow"
        Principal = { Service = "logs.${var.region}.amazonaws.com" }
        Action    = local.key_use
        Resource  = "*"
        Condition = {
          ArnEquals = {
            "kms:EncryptionContext:aws:logs:arn" = [
              "${local.log_group_arn_prefix}${local.cluster_log_group_name}",
              "${local.log_group_arn_prefix}${local.flow_log_group_name}",
            ]
          }
        }
      },
    ]
  })

  tags = { Name = "${local.prefix}-logs" }
}

resource "aws_kms_alias" "logs" {
  name          = "alias/${var.name}-eks-logs"
  target_key_id = aws_kms_key.logs.key_id
}

resource "aws_kms_key" "disks" {
  description             = "Disks of the nodes and volumes of ${var.name}"
  enable_key_rotation     = true
  deletion_window_in_days = 30

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      local.key_administration,
      {
        Sid       = "NodesAndVolumesUseKey"
        Effect    = "Allow"
        Principal = { AWS = [local.autoscaling_role_arn, local.ebs_csi_role_arn] }
        Action    = local.key_use
        Resource  = "*"
      },
      {
        Sid       = "NodesAndVolumesGrantEc2"
        Effect    = "Allow"
        Principal = { AWS = [local.autoscaling_role_arn, local.ebs_csi_role_arn] }
        Action    = "kms:CreateGrant"
        Resource  = "*"
        Condition = { Bool = { "kms:GrantIsForAWSResource" = "true" } }
      },
    ]
  })

  tags = { Name = "${local.prefix}-disks" }
}

resource "aws_kms_alias" "disks" {
  name          = "alias/${var.name}-eks-disks"
  target_key_id = aws_kms_key.disks.key_id
}
