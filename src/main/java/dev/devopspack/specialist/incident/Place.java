package dev.devopspack.specialist.incident;

import org.jspecify.annotations.Nullable;

/// Where a service runs, with what commands need to reach it.
sealed interface Place {

    /// @param namespace a variable of the person's shell where nobody said
    /// @param kind `deployment`, `statefulset` or `daemonset`
    record Kubernetes(@Nullable KubernetesName namespace, String kind, KubernetesName workload)
            implements Place {}

    record Systemd(SystemdUnit unit) implements Place {}

    record Managed(Database database) implements Place {}
}
