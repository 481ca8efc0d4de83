package dev.devopspack.language.kubernetes;

import dev.devopspack.language.kubernetes.ManifestProblem.Kind;
import dev.devopspack.language.yaml.YamlNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/// Looks for parts of one object that contradict each other: each is fine by its type, and the API
/// server refuses them together.
final class ConsistencyCheck {

    private static final Set<String> WORKLOADS =
            Set.of("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet");

    private static final List<String> PROBES =
            List.of("livenessProbe", "readinessProbe", "startupProbe");

    private static final List<String> HANDLERS = List.of("exec", "httpGet", "tcpSocket", "grpc");

    private final Manifest manifest;
    private final Problems problems;

    ConsistencyCheck(Manifest manifest, Problems problems) {
        this.manifest = manifest;
        this.problems = problems;
    }

    void judge() {
        if (manifest.partial()) {
            return;
        }
        PodPart.of(manifest).ifPresent(this::pod);
        switch (manifest.kind()) {
            case "Service" -> service();
            case "HorizontalPodAutoscaler" -> autoscaler();
            case "PodDisruptionBudget" -> budget();
            default -> {}
        }
    }

    private void pod(PodPart pod) {
        if (WORKLOADS.contains(manifest.kind())) {
            selector(pod);
        }
        restarts(pod);
        Set<String> volumes = once(pod.volumes(), pod.place().key("volumes"));
        manifest.at("spec", "volumeClaimTemplates")
                .map(YamlNode::items)
                .orElse(List.of())
                .forEach(claim ->
                        claim.get("metadata")
                                .map(metadata -> Manifest.text(metadata, "name"))
                                .ifPresent(volumes::add));
        Set<String> names = new HashSet<>();
        for (PodPart.Container container : pod.containers()) {
            String name = Manifest.text(container.node(), "name");
            if (!name.isEmpty() && !names.add(name) && !Problems.isPlaceholder(name)) {
                add(
                        container.node().get("name").orElse(container.node()),
                        container.place().key("name"),
                        "is " + Problems.quoted(name) + ", as another container of the pod");
            }
            if (container.node() instanceof YamlNode.Mapping mapping) {
                container(mapping, container.place(), volumes);
            }
        }
    }

    private void selector(PodPart pod) {
        Optional<YamlNode> selector = manifest.at("spec", "selector");
        if (selector.isEmpty() || !(selector.get() instanceof YamlNode.Mapping mapping)) {
            return;
        }
        Place place = Place.ROOT.key("spec").key("selector");
        if (mapping.entries().isEmpty()) {
            add(mapping, place, "is empty; name labels of the template");
            return;
        }
        mapping.get("matchLabels")
                .map(YamlNode::entries)
                .orElse(Map.of())
                .forEach((key, wanted) -> {
                    String text = wanted.value().text().orElse("");
                    YamlNode.Entry label = pod.labels().get(key);
                    String found = label == null ? "" : label.value().text().orElse("");
                    boolean told =
                            Problems.isPlaceholder(key)
                                    || Problems.isPlaceholder(text)
                                    || Problems.isPlaceholder(found);
                    if (!told && (label == null || !found.equals(text))) {
                        add(
                                wanted.value(),
                                place.key("matchLabels").key(key),
                                "is "
                                        + Problems.quoted(text)
                                        + ", the template's label is "
                                        + (label == null ? "missing" : Problems.quoted(found)));
                    }
                });
    }

    private void restarts(PodPart pod) {
        Optional<YamlNode> written = pod.spec().get("restartPolicy");
        String policy = written.flatMap(YamlNode::text).orElse("Always");
        if (Problems.isPlaceholder(policy)) {
            return;
        }
        YamlNode at = written.orElse(pod.spec());
        Place place = pod.place().key("restartPolicy");
        boolean isJob = manifest.kind().equals("Job") || manifest.kind().equals("CronJob");
        if (isJob && policy.equals("Always")) {
            add(
                    at,
                    place,
                    written.isPresent()
                            ? "cannot be 'Always' in a job; write Never or OnFailure"
                            : "is missing, and the default is not for jobs; write Never or"
                                    + " OnFailure");
        } else if (WORKLOADS.contains(manifest.kind())
                && (policy.equals("Never") || policy.equals("OnFailure"))) {
            add(at, place, "can only be 'Always' in a " + manifest.kind());
        }
    }

    private void container(YamlNode.Mapping container, Place place, Set<String> volumes) {
        if (isMissing(container, "image")) {
            problems.add(
                    Kind.MISSING_FIELD,
                    manifest,
                    container.span(),
                    place,
                    "lacks the field 'image'");
        }
        List<YamlNode> mounts =
                container.get("volumeMounts").map(YamlNode::items).orElse(List.of());
        for (int i = 0; i < mounts.size(); i++) {
            String name = Manifest.text(mounts.get(i), "name");
            if (!name.isEmpty() && !volumes.contains(name) && !Problems.isPlaceholder(name)) {
                add(
                        mounts.get(i).get("name").orElse(mounts.get(i)),
                        place.key("volumeMounts").item(i).key("name"),
                        "names no volume of the pod: "
                                + Problems.quoted(name)
                                + Problems.suggestion(name, volumes));
            }
        }
        for (String probe : PROBES) {
            container
                    .get(probe)
                    .filter(YamlNode.Mapping.class::isInstance)
                    .ifPresent(node -> probe(node, place.key(probe)));
        }
        environment(container, place.key("env"));
        container.get("resources").ifPresent(node -> resources(node, place.key("resources")));
    }

    private static boolean isMissing(YamlNode.Mapping mapping, String name) {
        return mapping.get(name).filter(value -> !Problems.isNull(value)).isEmpty();
    }

    private void probe(YamlNode probe, Place place) {
        long handlers =
                HANDLERS.stream()
                        .filter(name ->
                                probe.get(name).filter(n -> !Problems.isNull(n)).isPresent())
                        .count();
        if (handlers != 1) {
            add(
                    probe,
                    place,
                    "needs one of exec, httpGet, tcpSocket and grpc, and has "
                            + (handlers == 0 ? "none" : handlers));
        }
    }

    private void environment(YamlNode.Mapping container, Place place) {
        List<YamlNode> variables = container.get("env").map(YamlNode::items).orElse(List.of());
        for (int i = 0; i < variables.size(); i++) {
            YamlNode variable = variables.get(i);
            boolean both =
                    !Manifest.text(variable, "value").isEmpty()
                            && variable.get("valueFrom")
                                    .filter(node -> !Problems.isNull(node))
                                    .isPresent();
            if (both) {
                add(variable, place.item(i), "has a 'value' and a 'valueFrom'; keep one");
            }
        }
    }

    private void resources(YamlNode resources, Place place) {
        Map<String, YamlNode.Entry> limits =
                resources.get("limits").map(YamlNode::entries).orElse(Map.of());
        resources
                .get("requests")
                .map(YamlNode::entries)
                .orElse(Map.of())
                .forEach((name, request) -> {
                    YamlNode.Entry limit = limits.get(name);
                    if (limit == null) {
                        return;
                    }
                    OptionalDouble asked = Amount.of(request.value());
                    OptionalDouble most = Amount.of(limit.value());
                    if (asked.isPresent()
                            && most.isPresent()
                            && asked.getAsDouble() > most.getAsDouble()) {
                        add(
                                request.value(),
                                place.key("requests").key(name),
                                "is more than its limit: "
                                        + request.value().text().orElse("")
                                        + " of "
                                        + limit.value().text().orElse(""));
                    }
                });
    }

    /// @return the names of the items
    private Set<String> once(List<YamlNode> items, Place place) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < items.size(); i++) {
            String name = Manifest.text(items.get(i), "name");
            if (!name.isEmpty() && !names.add(name) && !Problems.isPlaceholder(name)) {
                add(
                        items.get(i),
                        place.item(i).key("name"),
                        "is " + Problems.quoted(name) + ", as another one of the list");
            }
        }
        return names;
    }

    private void service() {
        List<YamlNode> ports = manifest.at("spec", "ports").map(YamlNode::items).orElse(List.of());
        Place place = Place.ROOT.key("spec").key("ports");
        once(ports, place);
        if (ports.size() > 1) {
            for (int i = 0; i < ports.size(); i++) {
                boolean named = !Manifest.text(ports.get(i), "name").isEmpty();
                if (!named) {
                    add(ports.get(i), place.item(i), "needs a name, as there are several ports");
                }
            }
        }
    }

    private void autoscaler() {
        Optional<YamlNode> least = manifest.at("spec", "minReplicas");
        OptionalDouble low = least.map(Amount::of).orElse(OptionalDouble.empty());
        OptionalDouble high =
                manifest.at("spec", "maxReplicas").map(Amount::of).orElse(OptionalDouble.empty());
        if (low.isPresent() && high.isPresent() && low.getAsDouble() > high.getAsDouble()) {
            add(
                    least.orElseThrow(),
                    Place.ROOT.key("spec").key("minReplicas"),
                    "is more than 'maxReplicas'");
        }
    }

    private void budget() {
        boolean both =
                manifest.at("spec", "minAvailable").filter(n -> !Problems.isNull(n)).isPresent()
                        && manifest.at("spec", "maxUnavailable")
                                .filter(n -> !Problems.isNull(n))
                                .isPresent();
        if (both) {
            add(
                    manifest.at("spec", "maxUnavailable").orElseThrow(),
                    Place.ROOT.key("spec"),
                    "has 'minAvailable' and 'maxUnavailable'; keep one");
        }
    }

    private void add(YamlNode at, Place place, String message) {
        problems.add(Kind.CONTRADICTION, manifest, at.span(), place, message);
    }
}
