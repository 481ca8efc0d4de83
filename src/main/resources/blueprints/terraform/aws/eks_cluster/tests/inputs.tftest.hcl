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

run "production_refuses_to_lose_its_protection" {
  command = plan

  variables {
    deletion_protection  = false
    nat_gateway_per_zone = false
  }

  expect_failures = [var.deletion_protection, var.nat_gateway_per_zone]
}

run "a_single_zone_is_refused" {
  command = plan

  variables {
    availability_zones = ["eu-west-1a"]
  }

  expect_failures = [var.availability_zones]
}

run "zones_of_another_region_are_refused" {
  command = plan

  variables {
    availability_zones = ["eu-west-1a", "eu-central-1b"]
  }

  expect_failures = [var.availability_zones]
}

run "the_internet_is_refused_as_a_network_for_the_api" {
  command = plan

  variables {
    api_access_cidrs = ["0.0.0.0/0"]
  }

  expect_failures = [var.api_access_cidrs]
}

run "names_that_aws_would_refuse_are_refused_here" {
  command = plan

  variables {
    name           = "Orders!"
    instance_types = ["large"]
    vpc_cidr       = "10.0.0.0/8"
  }

  expect_failures = [var.name, var.instance_types, var.vpc_cidr]
}

run "node_bounds_must_hold_the_node_count" {
  command = plan

  variables {
    node_min = 4
    node_max = 2
  }

  expect_failures = [var.node_min, var.node_max]
}

run "logs_are_not_kept_for_less_than_a_year" {
  command = plan

  variables {
    log_retention_days = 90
  }

  expect_failures = [var.log_retention_days]
}
