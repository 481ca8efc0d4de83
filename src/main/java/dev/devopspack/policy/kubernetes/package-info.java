/// Kubernetes manifests as the things that rules judge: objects, workloads, their containers, the
/// rules and bindings of roles, the components of the control plane, and how they refer to each
/// other. Works out the rules in CEL that definitions of custom resources bring; knows no rule of
/// ours.
@NullMarked
package dev.devopspack.policy.kubernetes;

import org.jspecify.annotations.NullMarked;
