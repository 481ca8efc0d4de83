package dev.devopspack.approval.enforcement.kubernetes;

import dev.devopspack.approval.enforcement.Secret;
import dev.devopspack.task.Environment;
import java.util.List;
import java.util.Set;

/// A cluster that asks before it stores an object.
///
/// @param name stands in the path that the cluster calls
/// @param secret what the cluster's API server shows
/// @param deployers the users that bring in what was approved, for example
///   `system:serviceaccount:argocd:argocd-application-controller`
/// @param exempt the users and groups that are not asked about, besides those of the cluster itself
/// @param others what becomes of everybody else
public record Cluster(
        String name,
        Environment environment,
        Secret secret,
        Set<String> deployers,
        Set<String> exempt,
        Others others) {

    /// The cluster's own controllers make pods and replicas of what was let in, and clean up.
    private static final Set<String> OWN_GROUPS =
            Set.of("system:nodes", "system:serviceaccounts:kube-system");

    private static final Set<String> OWN_USERS =
            Set.of("system:apiserver", "system:kube-controller-manager", "system:kube-scheduler");

    public enum Others {
        DENY,
        ALLOW
    }

    public Cluster {
        deployers = Set.copyOf(deployers);
        exempt = Set.copyOf(exempt);
    }

    /// @return the id of this cluster as somebody who uses grants
    String actor() {
        return "kubernetes-" + name;
    }

    boolean isDeployer(String user) {
        return deployers.contains(user);
    }

    boolean isExempt(String user, List<String> groups) {
        return exempt.contains(user)
                || OWN_USERS.contains(user)
                || groups.stream()
                        .anyMatch(group -> exempt.contains(group) || OWN_GROUPS.contains(group));
    }
}
