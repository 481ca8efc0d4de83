terraform {
  # 1.10 brought S3 state locking without a DynamoDB table.
  required_version = ">= 1.10"

  required_providers {
    aws = {
      source = "hashicorp/aws"
      # 6.9 brought deletion protection for EKS clusters.
      version = "~> 6.9"
    }
  }
}
