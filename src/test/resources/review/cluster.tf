terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }

  backend "s3" {
    key = "cluster"
  }
}

variable "nodes" {
  type = number
}

variable "zones" {
  type    = list(string)
  default = ["eu-central-1a", "eu-central-1b"]
}

resource "aws_eks_cluster" "this" {
  name                = "production"
  deletion_protection = true

  vpc_config {
    endpoint_private_access = true
    endpoint_public_access  = false
  }
}

resource "aws_eks_node_group" "this" {
  cluster_name = aws_eks_cluster.this.name

  scaling_config {
    min_size     = var.nodes
    desired_size = var.nodes
    max_size     = var.nodes * 2
  }
}

resource "aws_nat_gateway" "this" {
  for_each      = { for zone in var.zones : zone => zone }
  allocation_id = aws_eip.nat[each.value].id
}

resource "aws_eip" "nat" {
  for_each = { for zone in var.zones : zone => zone }
  domain   = "vpc"
}

resource "aws_iam_role" "node" {
  name               = "node"
  assume_role_policy = "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"ec2.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}"
}

resource "aws_iam_role_policy" "wide" {
  role   = aws_iam_role.node.id
  policy = "{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"}]}"
}
