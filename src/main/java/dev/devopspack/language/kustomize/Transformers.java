package dev.devopspack.language.kustomize;

import dev.devopspack.language.kubernetes.ClusterWide;
import dev.devopspack.language.kustomize.KustomizeBuilds.Built;
import dev.devopspack.language.yaml.YamlNode;
import dev.devopspack.language.yaml.YamlNode.Entry;
import dev.devopspack.language.yaml.YamlNode.Mapping;
import dev.devopspack.language.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What a kustomization does to every object of it: namespace, labels, annotations, replicas and
/// images.
final class Transformers {

    private static final List<String> METADATA_LABELS = List.of("metadata", "labels");
    private static final List<String> METADATA_ANNOTATIONS = List.of("metadata", "annotations");

    /// Where the templates of pods stand.
    private static final Map<String, List<String>> TEMPLATES =
            Map.of(
                    "Deployment", List.of("spec", "template"),
                    "StatefulSet", List.of("spec", "template"),
                    "DaemonSet", List.of("spec", "template"),
                    "ReplicaSet", List.of("spec", "template"),
                    "ReplicationController", List.of("spec", "template"),
                    "Job", List.of("spec", "template"),
                    "CronJob", List.of("spec", "jobTemplate", "spec", "template"));

    /// Selectors that get labels also where none are written.
    private static final Map<String, List<String>> SELECTORS =
            Map.of(
                    "Service", List.of("spec", "selector"),
                    "ReplicationController", List.of("spec", "selector"),
                    "Deployment", List.of("spec", "selector", "matchLabels"),
                    "StatefulSet", List.of("spec", "selector", "matchLabels"),
                    "DaemonSet", List.of("spec", "selector", "matchLabels"),
                    "ReplicaSet", List.of("spec", "selector", "matchLabels"));

    /// Selectors that get them where some are written.
    private static final Map<String, List<String>> WRITTEN_SELECTORS =
            Map.of(
                    "NetworkPolicy", List.of("spec", "podSelector", "matchLabels"),
                    "PodDisruptionBudget", List.of("spec", "selector", "matchLabels"),
                    "Job", List.of("spec", "selector", "matchLabels"));

    private static final Set<String> SCALED =
            Set.of("Deployment", "ReplicaSet", "StatefulSet", "ReplicationController");

    private static final Set<String> CONTAINERS = Set.of("containers", "initContainers");

    private final Nodes nodes;
    private final Mapping root;

    /// The service accounts that are built: bindings to them follow them to their namespace.
    private final Set<String> serviceAccounts;

    Transformers(Nodes nodes, Mapping root, List<Built> objects) {
        this.nodes = nodes;
        this.root = root;
        this.serviceAccounts =
                objects.stream()
                        .map(Built::root)
                        .filter(each -> kind(each).equals("ServiceAccount"))
                        .map(Transformers::name)
                        .collect(Collectors.toUnmodifiableSet());
    }

    Mapping applied(Mapping object) {
        return images(replicas(labels(annotations(namespace(object)))));
    }

    private Mapping namespace(Mapping object) {
        Optional<Entry> entry =
                root.entry("namespace").filter(each -> each.value().text().isPresent());
        if (entry.isEmpty()) {
            return object;
        }
        return subjects(
                ClusterWide.contains(kind(object)) ? object : placed(object, entry.get()),
                entry.get());
    }

    private Mapping placed(Mapping object, Entry namespace) {
        Optional<String> now =
                object.get("metadata")
                        .flatMap(metadata -> metadata.get("namespace"))
                        .flatMap(YamlNode::text);
        return now.equals(namespace.value().text())
                ? object
                : nodes.change(
                        object,
                        List.of("metadata"),
                        root,
                        metadata -> nodes.with(metadata, "namespace", namespace));
    }

    private Mapping subjects(Mapping object, Entry namespace) {
        if (!kind(object).endsWith("RoleBinding")
                || !(object.get("subjects").orElse(null) instanceof Sequence subjects)) {
            return object;
        }
        List<YamlNode> items =
                subjects.items().stream()
                        .map(item ->
                                item instanceof Mapping subject && isBuilt(subject)
                                        ? nodes.with(subject, "namespace", namespace)
                                        : item)
                        .toList();
        return nodes.replacing(object, "subjects", nodes.with(subjects, items));
    }

    private boolean isBuilt(Mapping subject) {
        return kind(subject).equals("ServiceAccount")
                && serviceAccounts.contains(subject.get("name").flatMap(YamlNode::text).orElse(""));
    }

    private Mapping annotations(Mapping object) {
        Map<String, Entry> all =
                root.get("commonAnnotations").map(YamlNode::entries).orElse(Map.of());
        Mapping changed = put(object, METADATA_ANNOTATIONS, all, true);
        return template(changed, all, "annotations");
    }

    private Mapping labels(Mapping object) {
        Mapping changed = object;
        Map<String, Entry> common =
                root.get("commonLabels").map(YamlNode::entries).orElse(Map.of());
        changed = labels(changed, common, true, true);
        for (YamlNode each : root.get("labels").map(YamlNode::items).orElse(List.of())) {
            boolean selectors = isTrue(each, "includeSelectors");
            changed =
                    labels(
                            changed,
                            each.get("pairs").map(YamlNode::entries).orElse(Map.of()),
                            selectors,
                            selectors || isTrue(each, "includeTemplates"));
        }
        return changed;
    }

    private static boolean isTrue(YamlNode node, String field) {
        return node.get(field).flatMap(YamlNode::text).filter("true"::equals).isPresent();
    }

    private Mapping labels(
            Mapping object, Map<String, Entry> labels, boolean selectors, boolean templates) {
        Mapping changed = put(object, METADATA_LABELS, labels, true);
        if (templates) {
            changed = template(changed, labels, "labels");
        }
        if (selectors) {
            List<String> path = SELECTORS.get(kind(object));
            changed = path == null ? changed : put(changed, path, labels, true);
            List<String> written = WRITTEN_SELECTORS.get(kind(object));
            changed = written == null ? changed : put(changed, written, labels, false);
        }
        return changed;
    }

    private Mapping template(Mapping object, Map<String, Entry> entries, String table) {
        List<String> template = TEMPLATES.get(kind(object));
        if (template == null) {
            return object;
        }
        List<String> path = new ArrayList<>(template);
        path.add("metadata");
        path.add(table);
        return put(object, path, entries, true);
    }

    private Mapping put(
            Mapping object, List<String> path, Map<String, Entry> entries, boolean makes) {
        return entries.isEmpty()
                ? object
                : nodes.change(
                        object,
                        path,
                        makes ? root : null,
                        table -> {
                            Map<String, Entry> all = new LinkedHashMap<>(table.entries());
                            all.putAll(entries);
                            return nodes.with(table, all);
                        });
    }

    private Mapping replicas(Mapping object) {
        if (!SCALED.contains(kind(object))) {
            return object;
        }
        Mapping changed = object;
        for (YamlNode each : root.get("replicas").map(YamlNode::items).orElse(List.of())) {
            Optional<YamlNode> count = each.get("count");
            boolean meant =
                    each.get("name")
                            .flatMap(YamlNode::text)
                            .filter(name(object)::equals)
                            .isPresent();
            if (meant && count.isPresent()) {
                changed =
                        nodes.change(
                                changed,
                                List.of("spec"),
                                root,
                                spec ->
                                        nodes.with(
                                                spec,
                                                "replicas",
                                                nodes.entry("replicas", count.get(), count.get())));
            }
        }
        return changed;
    }

    private Mapping images(Mapping object) {
        List<YamlNode> images = root.get("images").map(YamlNode::items).orElse(List.of());
        List<String> template =
                kind(object).equals("Pod") ? List.of() : TEMPLATES.get(kind(object));
        if (images.isEmpty() || template == null) {
            return object;
        }
        List<String> spec = new ArrayList<>(template);
        spec.add("spec");
        return nodes.change(
                object,
                spec,
                null,
                pod -> {
                    Mapping changed = pod;
                    for (String list : CONTAINERS) {
                        if (changed.get(list).orElse(null) instanceof Sequence before) {
                            Sequence after = images(before, images);
                            changed =
                                    after == before
                                            ? changed
                                            : nodes.replacing(changed, list, after);
                        }
                    }
                    return changed;
                });
    }

    private Sequence images(Sequence containers, List<YamlNode> images) {
        boolean changed = false;
        List<YamlNode> items = new ArrayList<>();
        for (YamlNode item : containers.items()) {
            YamlNode now = item instanceof Mapping container ? image(container, images) : item;
            changed |= now != item;
            items.add(now);
        }
        return changed ? nodes.with(containers, items) : containers;
    }

    private YamlNode image(Mapping container, List<YamlNode> images) {
        Mapping changed = container;
        for (YamlNode image : images) {
            String now = changed.get("image").flatMap(YamlNode::text).orElse("");
            Image written = Image.of(now);
            if (!now.isEmpty() && written.name().equals(text(image, "name"))) {
                changed =
                        nodes.replacing(
                                changed,
                                "image",
                                nodes.text(
                                        written.with(
                                                text(image, "newName"),
                                                text(image, "newTag"),
                                                text(image, "digest")),
                                        image));
            }
        }
        return changed;
    }

    /// @param rest `:1.2`, `@sha256:…`, both or nothing
    private record Image(String name, String rest) {

        static Image of(String written) {
            int digest = written.indexOf('@');
            String before = digest < 0 ? written : written.substring(0, digest);
            int tag = before.indexOf(':', before.lastIndexOf('/') + 1);
            int end = tag < 0 ? before.length() : tag;
            return new Image(written.substring(0, end), written.substring(end));
        }

        String with(String newName, String newTag, String digest) {
            String end = digest.isEmpty() ? newTag.isEmpty() ? rest : ":" + newTag : "@" + digest;
            return (newName.isEmpty() ? name : newName) + end;
        }
    }

    private static String text(YamlNode node, String field) {
        return node.get(field).flatMap(YamlNode::text).orElse("");
    }

    private static String kind(YamlNode object) {
        return text(object, "kind");
    }

    private static String name(YamlNode object) {
        return object.get("metadata").map(metadata -> text(metadata, "name")).orElse("");
    }
}
