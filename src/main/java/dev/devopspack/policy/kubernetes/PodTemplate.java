package dev.devopspack.policy.kubernetes;

import dev.devopspack.policy.subject.Attributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The pod in an object that makes pods.
///
/// @param path where the template stands; empty for a bare pod, whose metadata is its own
record PodTemplate(List<String> path, Attributes metadata, Attributes spec) {

    private static final List<String> TEMPLATE = List.of("spec", "template");

    /// Where kinds keep their template, if not where most do.
    private static final Map<String, List<String>> PLACES =
            Map.of(
                    "Pod", List.of(),
                    "Revision", List.of(),
                    "PodTemplate", List.of("template"),
                    "CronJob", List.of("spec", "jobTemplate", "spec", "template"),
                    "ScaledJob", List.of("spec", "jobTargetRef", "template"),
                    "Sandbox", List.of("spec", "podTemplate"),
                    "SandboxTemplate", List.of("spec", "podTemplate"));

    /// Kinds whose pods are judged even where they hold no containers.
    private static final Set<String> WORKLOADS =
            Set.of(
                    "Pod",
                    "Deployment",
                    "StatefulSet",
                    "DaemonSet",
                    "ReplicaSet",
                    "ReplicationController",
                    "Job",
                    "CronJob");

    /// Of an object of any kind that holds containers where a pod template has them: also Argo's
    /// rollouts, Knative's services and whatever else follows the custom.
    static Optional<PodTemplate> of(KubernetesObject object) {
        List<String> path = PLACES.getOrDefault(object.kind(), TEMPLATE);
        Attributes template = Values.object(object.raw(), path);
        Attributes spec = Values.object(template, "spec");
        boolean holdsContainers =
                spec.get("containers") instanceof List<?>
                        || spec.get("initContainers") instanceof List<?>
                        || spec.get("ephemeralContainers") instanceof List<?>;
        boolean isWorkload = WORKLOADS.contains(object.kind()) && !template.isEmpty();
        return holdsContainers || isWorkload
                ? Optional.of(new PodTemplate(path, Values.object(template, "metadata"), spec))
                : Optional.empty();
    }

    /// Where the pod's spec stands.
    List<String> specPath() {
        return with("spec");
    }

    List<String> with(String... steps) {
        List<String> whole = new ArrayList<>(path);
        whole.addAll(List.of(steps));
        return whole;
    }
}
