variable "name" {
  description = "Name of the cluster; also the first part of the names of what belongs to it."
  type        = string

  validation {
    condition     = can(regex("^[a-z]([a-z0-9-]{0,28}[a-z0-9])?$", var.name))
    error_message = "Use 1 to 30 lower-case letters, digits or '-', starting with a letter and not ending with '-'."
  }
}

variable "environment" {
  description = "Environment that the cluster serves; written as a tag."
  type        = string

  validation {
    condition     = can(regex("^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$", var.environment))
    error_message = "Use 1 to 40 lower-case letters, digits or '-', starting with a letter."
  }
}

variable "region" {
  description = "AWS region, for example eu-central-1."
  type        = string

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "Use the code of an AWS region, for example eu-central-1."
  }
}

variable "availability_zones" {
  description = "Zones that hold subnets and nodes. Named, not looked up, so that a plan never changes by itself."
  type        = list(string)

  validation {
    condition     = length(var.availability_zones) >= 2 && length(var.availability_zones) <= 4
    error_message = "Name 2 to 4 zones: EKS needs two, the address plan has room for four."
  }

  validation {
    condition     = length(distinct(var.availability_zones)) == length(var.availability_zones)
    error_message = "Name each zone once."
  }

  validation {
    condition     = alltrue([for zone in var.availability_zones : startswith(zone, var.region)])
    error_message = "Every zone must lie in the region."
  }
}

variable "vpc_cidr" {
  description = "Address range of the VPC, /16 to /20."
  type        = string
  default     = "10.0.0.0/16"

  validation {
    condition     = can(cidrnetmask(var.vpc_cidr)) && can(regex("/(16|17|18|19|20)$", var.vpc_cidr))
    error_message = "Use an IPv4 range with a prefix of /16 to /20, for example 10.0.0.0/16."
  }
}

variable "nat_gateway_per_zone" {
  description = "One NAT gateway in each zone (a lost zone takes nothing else with it) or one for all (cheaper)."
  type        = bool
  default     = true

  validation {
    condition     = var.nat_gateway_per_zone || var.environment != "production"
    error_message = "Production has a NAT gateway in each zone."
  }
}

variable "kubernetes_version" {
  description = "Kubernetes minor version of the control plane."
  type        = string
  default     = "1.35"

  validation {
    condition     = contains(["1.34", "1.35", "1.36"], var.kubernetes_version)
    error_message = "Use 1.34, 1.35 or 1.36."
  }
}

variable "deletion_protection" {
  description = "Whether EKS refuses to delete the cluster until this is switched off in a change of its own."
  type        = bool
  default     = true

  validation {
    condition     = var.deletion_protection || var.environment != "production"
    error_message = "Production clusters are protected against deletion."
  }
}

variable "admin_principal_arns" {
  description = "IAM roles or users that administer the cluster through access entries."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for arn in var.admin_principal_arns : can(regex("^arn:aws[a-z-]*:iam::[0-9]{12}:(role|user)/[A-Za-z0-9+=,.@_/-]+$", arn))])
    error_message = "Use ARNs of IAM roles or users, for example arn:aws:iam::111122223333:role/platform-admin."
  }
}

variable "api_access_cidrs" {
  description = "Private ranges outside the cluster, such as a VPN, that may reach the API endpoint on port 443."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for cidr in var.api_access_cidrs : can(cidrnetmask(cidr)) && can(regex("^(10\\.|172\\.(1[6-9]|2[0-9]|3[01])\\.|192\\.168\\.|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])\\.).*/(1[2-9]|2[0-9]|3[0-2])$", cidr))])
    error_message = "Use private IPv4 ranges with a prefix of /12 to /32, for example 10.8.0.0/16."
  }
}

variable "instance_types" {
  description = "Instance types of the nodes, in order of preference."
  type        = list(string)
  default     = ["m6i.large"]

  validation {
    condition     = length(var.instance_types) >= 1 && length(var.instance_types) <= 20
    error_message = "Name 1 to 20 instance types."
  }

  validation {
    condition     = alltrue([for type in var.instance_types : can(regex("^[a-z][a-z0-9-]*\\.[a-z0-9-]+$", type))])
    error_message = "Use EC2 instance types, for example m6i.large."
  }
}

variable "ami_type" {
  description = "Image of the nodes: Amazon Linux 2023 for x86_64 or for Graviton."
  type        = string
  default     = "AL2023_x86_64_STANDARD"

  validation {
    condition     = contains(["AL2023_x86_64_STANDARD", "AL2023_ARM_64_STANDARD"], var.ami_type)
    error_message = "Use AL2023_x86_64_STANDARD or AL2023_ARM_64_STANDARD."
  }
}

variable "node_count" {
  description = "Number of nodes."
  type        = number

  validation {
    condition     = var.node_count >= 1 && var.node_count <= 450 && floor(var.node_count) == var.node_count
    error_message = "Use a whole number from 1 to 450, the limit of one node group."
  }
}

variable "node_min" {
  description = "Fewest nodes; the number of nodes if not given."
  type        = number
  default     = null

  validation {
    condition     = var.node_min == null ? true : var.node_min >= 1 && var.node_min <= var.node_count && floor(var.node_min) == var.node_min
    error_message = "Use a whole number from 1 to node_count."
  }
}

variable "node_max" {
  description = "Most nodes; twice the number of nodes if not given."
  type        = number
  default     = null

  validation {
    condition     = var.node_max == null ? true : var.node_max >= var.node_count && var.node_max <= 900 && floor(var.node_max) == var.node_max
    error_message = "Use a whole number from node_count to 900."
  }
}

variable "node_disk_gib" {
  description = "Size of each node's disk in GiB."
  type        = number
  default     = 50

  validation {
    condition     = var.node_disk_gib >= 20 && var.node_disk_gib <= 16384 && floor(var.node_disk_gib) == var.node_disk_gib
    error_message = "Use a whole number from 20 to 16384."
  }
}

variable "addon_versions" {
  description = "Versions of add-ons to pin; EKS chooses the default of the Kubernetes version for the others."
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for addon in keys(var.addon_versions) : contains(["vpc-cni", "kube-proxy", "eks-pod-identity-agent", "coredns", "aws-ebs-csi-driver"], addon)])
    error_message = "Name add-ons of this module: vpc-cni, kube-proxy, eks-pod-identity-agent, coredns, aws-ebs-csi-driver."
  }
}

variable "log_retention_days" {
  description = "How long control plane and flow logs are kept, at least a year."
  type        = number
  default     = 365

  validation {
    condition     = contains([365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "Use 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653 days."
  }
}

variable "owner" {
  description = "Team that answers for the cluster; written as a tag."
  type        = string
  default     = "platform"
}

variable "cost_center" {
  description = "Where the cost is booked; written as a tag."
  type        = string
  default     = "platform"
}

variable "tags" {
  description = "Further tags for everything in this module."
  type        = map(string)
  default     = {}

  validation {
    condition     = length(var.tags) <= 30 && alltrue([for key in keys(var.tags) : !startswith(lower(key), "aws:")])
    error_message = "Use at most 30 tags, none starting with 'aws:'."
  }
}
