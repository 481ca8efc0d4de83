package dev.devopspack.language.kubernetes;

import dev.devopspack.language.kubernetes.ManifestProblem.Kind;
import dev.devopspack.language.yaml.YamlNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Looks for names that lead to nothing.
///
/// What a manifest names may stand in the cluster already, so a name is told only where its folder
/// defines others of the kind in the namespace; a secret, which often stands in no file at all,
/// only where one of them has nearly the same name.
final class References {

    /// What every namespace has.
    private static final Set<String> ALWAYS_THERE = Set.of("default", "kube-root-ca.crt");

    /// Services and pods are compared each with each; a folder that a person writes has fewer.
    private static final int MAX_PODS = 1_000;

    private record Group(String folder, String namespace, String kind) {}

    private final Map<Group, TreeSet<String>> names = new HashMap<>();
    private final Map<Group, List<Map<String, YamlNode.Entry>>> pods = new HashMap<>();

    /// The keys of each config map and secret that has any in its file.
    private final Map<Group, Map<String, TreeSet<String>>> keys = new HashMap<>();

    private final Problems problems;

    References(List<Manifest> manifests, Problems problems) {
        this.problems = problems;
        for (Manifest manifest : manifests) {
            if (manifest.partial()) {
                continue;
            }
            names.computeIfAbsent(group(manifest, manifest.kind()), _ -> new TreeSet<>())
                    .add(manifest.name());
            if (manifest.kind().equals("ConfigMap") || manifest.kind().equals("Secret")) {
                keys(manifest);
            }
            PodPart.of(manifest)
                    .ifPresent(pod ->
                            pods.computeIfAbsent(group(manifest, "Pod"), _ -> new ArrayList<>())
                                    .add(pod.labels()));
        }
    }

    private void keys(Manifest holder) {
        for (String part : List.of("data", "stringData", "binaryData")) {
            holder.at(part)
                    .map(YamlNode::entries)
                    .map(Map::keySet)
                    .filter(found -> !found.isEmpty())
                    .ifPresent(found ->
                            keys.computeIfAbsent(group(holder, holder.kind()), _ -> new HashMap<>())
                                    .computeIfAbsent(holder.name(), _ -> new TreeSet<>())
                                    .addAll(found));
        }
    }

    private static Group group(Manifest manifest, String kind) {
        return new Group(manifest.folder(), manifest.namespace(), kind);
    }

    void judge(Manifest manifest) {
        if (manifest.partial()) {
            return;
        }
        PodPart.of(manifest).ifPresent(pod -> pod(manifest, pod));
        Place spec = Place.ROOT.key("spec");
        switch (manifest.kind()) {
            case "Service" -> service(manifest);
            case "HorizontalPodAutoscaler" ->
                    manifest.at("spec", "scaleTargetRef")
                            .ifPresent(target ->
                                    named(
                                            manifest,
                                            Manifest.text(target, "kind"),
                                            target,
                                            "name",
                                            spec.key("scaleTargetRef")));
            case "Ingress" -> ingress(manifest);
            default -> {}
        }
    }

    private void service(Manifest service) {
        Optional<YamlNode> selector = service.at("spec", "selector");
        List<Map<String, YamlNode.Entry>> around =
                pods.getOrDefault(group(service, "Pod"), List.of());
        if (selector.isEmpty() || selector.get().entries().isEmpty()) {
            return;
        }
        if (around.isEmpty() || around.size() > MAX_PODS) {
            return;
        }
        boolean unknown =
                selector.get().entries().values().stream()
                        .anyMatch(entry -> Problems.isPlaceholder(entry.value()));
        Map<String, YamlNode.Entry> wanted = selector.get().entries();
        boolean sharesKey =
                around.stream()
                        .anyMatch(labels -> wanted.keySet().stream().anyMatch(labels::containsKey));
        if (!unknown && sharesKey && around.stream().noneMatch(labels -> matches(wanted, labels))) {
            problems.add(
                    Kind.NO_TARGET,
                    service,
                    selector.get().span(),
                    Place.ROOT.key("spec").key("selector"),
                    "matches the labels of no pod in this folder");
        }
    }

    private static boolean matches(
            Map<String, YamlNode.Entry> wanted, Map<String, YamlNode.Entry> labels) {
        return wanted.entrySet().stream()
                .allMatch(entry -> {
                    YamlNode.Entry label = labels.get(entry.getKey());
                    return label != null
                            && (Problems.isPlaceholder(label.value())
                                    || label.value()
                                            .text()
                                            .equals(entry.getValue().value().text()));
                });
    }

    private void ingress(Manifest ingress) {
        Place rules = Place.ROOT.key("spec").key("rules");
        List<YamlNode> items = ingress.at("spec", "rules").map(YamlNode::items).orElse(List.of());
        for (int i = 0; i < items.size(); i++) {
            List<YamlNode> paths =
                    items.get(i)
                            .get("http")
                            .flatMap(http -> http.get("paths"))
                            .map(YamlNode::items)
                            .orElse(List.of());
            for (int j = 0; j < paths.size(); j++) {
                Place place = rules.item(i).key("http").key("paths").item(j).key("backend");
                paths.get(j)
                        .get("backend")
                        .flatMap(backend -> backend.get("service"))
                        .ifPresent(service ->
                                named(ingress, "Service", service, "name", place.key("service")));
            }
        }
    }

    private void pod(Manifest manifest, PodPart pod) {
        named(manifest, "ServiceAccount", pod.spec(), "serviceAccountName", pod.place());
        List<YamlNode> volumes = pod.volumes();
        for (int i = 0; i < volumes.size(); i++) {
            Place place = pod.place().key("volumes").item(i);
            YamlNode volume = volumes.get(i);
            part(manifest, "ConfigMap", volume, "configMap", "name", place);
            part(manifest, "Secret", volume, "secret", "secretName", place);
            part(
                    manifest,
                    "PersistentVolumeClaim",
                    volume,
                    "persistentVolumeClaim",
                    "claimName",
                    place);
        }
        for (PodPart.Container container : pod.containers()) {
            environment(manifest, container);
        }
    }

    private void environment(Manifest manifest, PodPart.Container container) {
        List<YamlNode> variables =
                container.node().get("env").map(YamlNode::items).orElse(List.of());
        for (int i = 0; i < variables.size(); i++) {
            Place place = container.place().key("env").item(i).key("valueFrom");
            Optional<YamlNode> from = variables.get(i).get("valueFrom");
            if (from.isPresent()) {
                part(manifest, "ConfigMap", from.get(), "configMapKeyRef", "name", place);
                part(manifest, "Secret", from.get(), "secretKeyRef", "name", place);
                key(manifest, "ConfigMap", from.get(), "configMapKeyRef", place);
                key(manifest, "Secret", from.get(), "secretKeyRef", place);
            }
        }
        List<YamlNode> sources =
                container.node().get("envFrom").map(YamlNode::items).orElse(List.of());
        for (int i = 0; i < sources.size(); i++) {
            Place place = container.place().key("envFrom").item(i);
            part(manifest, "ConfigMap", sources.get(i), "configMapRef", "name", place);
            part(manifest, "Secret", sources.get(i), "secretRef", "name", place);
        }
    }

    /// A container whose variable names a key that is not there does not start.
    private void key(Manifest manifest, String kind, YamlNode parent, String part, Place place) {
        Optional<YamlNode> reference = parent.get(part);
        Optional<YamlNode> written = reference.flatMap(node -> node.get("key"));
        if (written.isEmpty() || !problems.wants(manifest)) {
            return;
        }
        String name = Manifest.text(reference.get(), "name");
        String key = Manifest.text(reference.get(), "key");
        TreeSet<String> known =
                keys.getOrDefault(group(manifest, kind), Map.of())
                        .getOrDefault(name, new TreeSet<>());
        boolean optional = Manifest.text(reference.get(), "optional").equals("true");
        if (known.isEmpty()
                || known.contains(key)
                || optional
                || key.isEmpty()
                || Problems.isPlaceholder(key)) {
            return;
        }
        problems.add(
                Kind.NO_TARGET,
                manifest,
                written.get().span(),
                place.key(part).key("key"),
                "is no key of the "
                        + kind
                        + " "
                        + Problems.quoted(name)
                        + ": "
                        + Problems.quoted(key)
                        + Problems.suggestion(key, known));
    }

    private void part(
            Manifest manifest,
            String kind,
            YamlNode parent,
            String part,
            String field,
            Place place) {
        parent.get(part).ifPresent(node -> named(manifest, kind, node, field, place.key(part)));
    }

    private void named(Manifest manifest, String kind, YamlNode node, String field, Place place) {
        String name = Manifest.text(node, field);
        boolean optional = Manifest.text(node, "optional").equals("true");
        Set<String> others = names.getOrDefault(group(manifest, kind), new TreeSet<>());
        if (name.isEmpty()
                || optional
                || !problems.wants(manifest)
                || others.isEmpty()
                || others.contains(name)
                || ALWAYS_THERE.contains(name)
                || Problems.isPlaceholder(name)) {
            return;
        }
        String hint = Problems.suggestion(name, others);
        if (kind.equals("Secret") && hint.isEmpty()) {
            return;
        }
        problems.add(
                Kind.NO_TARGET,
                manifest,
                node.get(field).orElse(node).span(),
                place.key(field),
                "names a " + kind + " that is not in this folder: " + Problems.quoted(name) + hint);
    }
}
