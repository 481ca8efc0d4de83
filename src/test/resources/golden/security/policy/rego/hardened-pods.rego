# For Open Policy Agent 0.47 or later and conftest: the set of what is wrong.
package devopspack.hardened_pods

import future.keywords.contains
import future.keywords.if
import future.keywords.in

obj := object.get(input, ["review", "object"], input)

namespace := object.get(obj, ["metadata", "namespace"], "default")

skipped if namespace in ["kube-system"]

spec := obj.spec if obj.kind == "Pod"

spec := obj.spec.jobTemplate.spec.template.spec if obj.kind == "CronJob"

spec := obj.spec.template.spec if not obj.kind in ["Pod", "CronJob"]

containers := array.concat(
  array.concat(spec.containers, object.get(spec, "initContainers", [])),
  object.get(spec, "ephemeralContainers", []),
)

warn contains msg if {
  not skipped
  some c in containers
  c.securityContext.privileged == true
  msg := "containers may not be privileged"
}

warn contains msg if {
  not skipped
  some field in ["hostNetwork", "hostPID", "hostIPC"]
  spec[field] == true
  msg := "pods may not share the host's network, processes or IPC"
}

warn contains msg if {
  not skipped
  some v in spec.volumes
  v.hostPath
  msg := "pods may not mount paths of the host"
}

warn contains msg if {
  not skipped
  some c in containers
  not non_root(c)
  msg := "containers must run as a non-root user"
}

warn contains msg if {
  not skipped
  some c in containers
  not c.securityContext.allowPrivilegeEscalation == false
  msg := "containers must set allowPrivilegeEscalation to false"
}

warn contains msg if {
  not skipped
  some c in containers
  not drops_all(c)
  msg := "containers must drop all capabilities"
}

warn contains msg if {
  not skipped
  some c in containers
  not c.securityContext.readOnlyRootFilesystem == true
  msg := "containers must have a read-only root file system"
}

warn contains msg if {
  not skipped
  some c in spec.containers
  some amount in ["cpu", "memory"]
  not c.resources.limits[amount]
  msg := "containers must limit CPU and memory"
}

warn contains msg if {
  not skipped
  some c in containers
  not versioned(c.image)
  msg := "images must name a version other than latest, or a digest"
}

warn contains msg if {
  not skipped
  some c in containers
  not allowed(c.image)
  msg := "images must come from a registry that is allowed"
}

warn contains msg if {
  not skipped
  some label in ["team"]
  not obj.metadata.labels[label]
  msg := "objects must carry the labels that are required"
}

allowed(image) if {
  some registry in ["registry.example.com/"]
  startswith(image, registry)
}

drops_all(c) if "ALL" in c.securityContext.capabilities.drop

non_root(c) if c.securityContext.runAsNonRoot == true

non_root(c) if {
  spec.securityContext.runAsNonRoot == true
  not c.securityContext.runAsNonRoot == false
}

versioned(image) if contains(image, "@sha256:")

versioned(image) if {
  regex.match(`:[^/:]+$`, image)
  not endswith(image, ":latest")
}
