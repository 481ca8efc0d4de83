package dev.devopspack.policy.kubernetes;

import dev.devopspack.policy.subject.Attributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// An object that makes pods, with its pod as rules see it.
///
/// @param containers of all roles, in the order in which they are written
record Workload(KubernetesObject object, PodTemplate pod, List<Container> containers) {

    static Workload of(KubernetesObject object, PodTemplate pod) {
        List<Container> containers = new ArrayList<>();
        for (Container.Role role : Container.Role.values()) {
            List<Attributes> written = Values.objects(pod.spec(), role.field());
            Object list = pod.spec().get(role.field());
            for (Attributes container : written) {
                int index = list instanceof List<?> all ? indexOf(all, container) : 0;
                containers.add(new Container(object, pod, role, index, container));
            }
        }
        return new Workload(object, pod, List.copyOf(containers));
    }

    private static int indexOf(List<?> all, Attributes container) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i) == container) {
                return i;
            }
        }
        return 0;
    }

    Attributes podLabels() {
        return Values.object(pod.metadata(), "labels");
    }

    String serviceAccountName() {
        String name = Values.text(pod.spec(), "serviceAccountName");
        String old = Values.text(pod.spec(), "serviceAccount");
        return !name.isEmpty() ? name : !old.isEmpty() ? old : "default";
    }

    KubernetesSubject subject(Cluster cluster) {
        Map<String, Object> values = new LinkedHashMap<>(pod.spec());
        object.describe(values);
        values.put("pod", pod.spec());
        values.put("spec", object.spec());
        values.put("podLabels", podLabels());
        values.put("podAnnotations", Values.object(pod.metadata(), "annotations"));
        values.put("podNamed", Values.isWritten(pod.metadata().get("namespace")));
        values.put("replicas", object.spec().get("replicas"));
        values.put("serviceAccountName", serviceAccountName());
        values.put("podSecurityContext", Values.object(pod.spec(), "securityContext"));
        values.put("containers", attributes(Container.Role.MAIN));
        values.put("initContainers", attributes(Container.Role.INIT));
        values.put(
                "allContainers",
                containers.stream().map(container -> new Attributes(container.values())).toList());
        values.put("volumes", Values.objects(pod.spec(), "volumes"));
        return new KubernetesSubject(
                "Workload",
                object,
                false,
                List.of(pod.specPath(), pod.path(), List.of()),
                Map.of(
                        "", List.of("metadata", "name"),
                        "podLabels", pod.with("metadata", "labels"),
                        "podAnnotations", pod.with("metadata", "annotations"),
                        "podSecurityContext", pod.with("spec", "securityContext"),
                        "namespace", List.of("metadata", "namespace"),
                        "labels", List.of("metadata", "labels"),
                        "allContainers", pod.with("spec", "containers")),
                values,
                cluster);
    }

    private List<Attributes> attributes(Container.Role role) {
        return containers.stream()
                .filter(container -> container.role() == role)
                .map(container -> new Attributes(container.values()))
                .toList();
    }
}
