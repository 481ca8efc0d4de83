package dev.devopspack.language.kustomize;

import dev.devopspack.language.yaml.YamlNode;
import dev.devopspack.language.yaml.YamlNode.Entry;
import dev.devopspack.language.yaml.YamlNode.Mapping;
import dev.devopspack.language.yaml.YamlNode.Scalar;
import dev.devopspack.language.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Lays a patch over an object as a strategic merge patch of Kubernetes: mappings are joined, lists
/// of named things are joined by name, all else is replaced, and null takes away.
///
/// https://kubernetes.io/docs/tasks/manage-kubernetes-objects/update-api-object-kubectl-patch/
final class StrategicMerge {

    private static final String DIRECTIVE = "$patch";

    /// What tells the items of a list apart, by the list's name, as the types of Kubernetes declare
    /// it. The first that the items have counts: ports of containers and of services differ.
    private static final Map<String, List<String>> KEYS =
            Map.ofEntries(
                    Map.entry("containers", List.of("name")),
                    Map.entry("initContainers", List.of("name")),
                    Map.entry("ephemeralContainers", List.of("name")),
                    Map.entry("volumes", List.of("name")),
                    Map.entry("env", List.of("name")),
                    Map.entry("imagePullSecrets", List.of("name")),
                    Map.entry("secrets", List.of("name")),
                    Map.entry("resourceClaims", List.of("name")),
                    Map.entry("webhooks", List.of("name")),
                    Map.entry("ports", List.of("containerPort", "port")),
                    Map.entry("volumeMounts", List.of("mountPath")),
                    Map.entry("volumeDevices", List.of("devicePath")),
                    Map.entry("hostAliases", List.of("ip")),
                    Map.entry("topologySpreadConstraints", List.of("topologyKey")),
                    Map.entry("ownerReferences", List.of("uid")));

    /// Objects of other groups have no such declarations: their lists are replaced.
    private static final Set<String> GROUPS = Set.of("", "apps", "autoscaling", "batch", "policy");

    private final Nodes nodes;
    private final boolean byKeys;

    private StrategicMerge(Nodes nodes, boolean byKeys) {
        this.nodes = nodes;
        this.byKeys = byKeys;
    }

    /// The object with the patch laid over it; nothing where the patch deletes it.
    static Optional<Mapping> of(Nodes nodes, Mapping object, Mapping patch) {
        if (directive(patch).equals("delete")) {
            return Optional.empty();
        }
        String version = object.get("apiVersion").flatMap(YamlNode::text).orElse("");
        String group = version.contains("/") ? version.substring(0, version.indexOf('/')) : "";
        boolean known = GROUPS.contains(group) || group.endsWith(".k8s.io");
        return Optional.of(new StrategicMerge(nodes, known).merged(object, unnamed(nodes, patch)));
    }

    /// What a patch calls itself says at most which object it is for: that keeps its own name.
    private static Mapping unnamed(Nodes nodes, Mapping patch) {
        Mapping metadata =
                nodes.change(
                        patch,
                        List.of("metadata"),
                        null,
                        each -> nodes.with(nodes.with(each, "name", null), "namespace", null));
        return nodes.with(nodes.with(metadata, "kind", null), "apiVersion", null);
    }

    private static String directive(YamlNode patch) {
        return patch.get(DIRECTIVE).flatMap(YamlNode::text).orElse("");
    }

    private Mapping merged(Mapping below, Mapping above) {
        boolean replaces = directive(above).equals("replace");
        Map<String, Entry> entries = new LinkedHashMap<>();
        if (!replaces) {
            entries.putAll(below.entries());
        }
        above.entries()
                .forEach((key, entry) -> {
                    if (key.startsWith("$")) {
                        return;
                    }
                    if (entry.value() instanceof Scalar scalar && scalar.isNull()) {
                        entries.remove(key);
                        return;
                    }
                    Entry before = entries.get(key);
                    entries.put(key, before == null ? entry : laid(key, before, entry));
                });
        return nodes.with(replaces ? above : below, entries);
    }

    private Entry laid(String key, Entry before, Entry above) {
        YamlNode value = merged(key, before.value(), above.value());
        // Where nothing but its inside changed, a part stays where it was.
        return value == above.value() ? above : new Entry(key, before.node(), value, false);
    }

    private YamlNode merged(String key, YamlNode below, YamlNode above) {
        if (below instanceof Mapping under && above instanceof Mapping over) {
            return merged(under, over);
        }
        if (below instanceof Sequence under && above instanceof Sequence over) {
            return identity(key, over)
                    .<YamlNode>map(name -> merged(name, under, over))
                    .orElse(above);
        }
        if (below instanceof Scalar under
                && above instanceof Scalar over
                && under.content().equals(over.content())) {
            return below;
        }
        return above;
    }

    private Optional<String> identity(String list, Sequence items) {
        return byKeys
                ? KEYS.getOrDefault(list, List.of()).stream()
                        .filter(key ->
                                !items.items().isEmpty()
                                        && items.items().stream()
                                                .allMatch(item ->
                                                        item.get(key).isPresent()
                                                                || directive(item)
                                                                        .equals("replace")))
                        .findFirst()
                : Optional.empty();
    }

    private Sequence merged(String key, Sequence below, Sequence above) {
        boolean replaces =
                above.items().stream().anyMatch(item -> directive(item).equals("replace"));
        Map<String, YamlNode> items = new LinkedHashMap<>();
        if (!replaces) {
            below.items().forEach(item -> items.put(name(item, key, items.size()), item));
        }
        for (YamlNode item : above.items()) {
            String name = name(item, key, items.size());
            boolean onlyDirects = directive(item).equals("replace") && item.get(key).isEmpty();
            if (directive(item).equals("delete")) {
                items.remove(name);
            } else if (items.get(name) instanceof Mapping under && item instanceof Mapping over) {
                items.put(name, merged(under, over));
            } else if (!onlyDirects) {
                items.put(name, item);
            }
        }
        return nodes.with(replaces ? above : below, new ArrayList<>(items.values()));
    }

    /// An item without a name stands for itself.
    private static String name(YamlNode item, String key, int index) {
        return item.get(key).flatMap(YamlNode::text).orElse("\0" + index);
    }
}
