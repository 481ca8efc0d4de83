package dev.devopspack.language.kustomize;

import dev.devopspack.language.yaml.Yaml;
import dev.devopspack.language.yaml.YamlNode;
import dev.devopspack.language.yaml.YamlNode.Mapping;
import dev.devopspack.language.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Operations on paths: RFC 6902, of which `add`, `replace` and `remove` are done; the others move
/// or test what is there, and what they would do is left out. An operation that does not fit the
/// object changes nothing: Kustomize itself would refuse it.
final class JsonPatch {

    /// People write a few dozen; each copies what it changes.
    private static final int MAX_OPERATIONS = 1_000;

    private final Nodes nodes;

    private JsonPatch(Nodes nodes) {
        this.nodes = nodes;
    }

    static Mapping of(Nodes nodes, Mapping object, List<YamlNode> operations) {
        JsonPatch patch = new JsonPatch(nodes);
        Mapping changed = object;
        for (YamlNode operation : operations.stream().limit(MAX_OPERATIONS).toList()) {
            changed = patch.done(changed, operation);
        }
        return changed;
    }

    /// Whether a file holds operations rather than parts of objects.
    static boolean is(YamlNode document) {
        return !document.items().isEmpty()
                && document.items().stream().allMatch(item -> item.get("op").isPresent());
    }

    private Mapping done(Mapping object, YamlNode operation) {
        String name = operation.get("op").flatMap(YamlNode::text).orElse("");
        Optional<String> path = operation.get("path").flatMap(YamlNode::text);
        YamlNode value = operation.get("value").orElse(null);
        boolean removes = name.equals("remove");
        boolean puts = (name.equals("add") || name.equals("replace")) && value != null;
        if (path.isEmpty() || !path.get().startsWith("/") || !removes && !puts) {
            return object;
        }
        List<String> steps =
                Arrays.stream(path.get().substring(1).split("/", -1))
                        .map(step -> step.replace("~1", "/").replace("~0", "~"))
                        .toList();
        if (steps.size() > Yaml.MAX_DEPTH) {
            return object;
        }
        YamlNode changed =
                changed(object, steps, removes ? null : value, name.equals("add"), operation);
        return changed instanceof Mapping mapping ? mapping : object;
    }

    /// @param value null where it is taken away
    private YamlNode changed(
            YamlNode node,
            List<String> steps,
            @Nullable YamlNode value,
            boolean adds,
            YamlNode operation) {
        String step = steps.getFirst();
        List<String> rest = steps.subList(1, steps.size());
        if (node instanceof Mapping mapping) {
            if (rest.isEmpty()) {
                return nodes.with(
                        mapping, step, value == null ? null : nodes.entry(step, value, operation));
            }
            return mapping.get(step)
                    .<YamlNode>map(inner ->
                            nodes.replacing(
                                    mapping, step, changed(inner, rest, value, adds, operation)))
                    .orElse(node);
        }
        return node instanceof Sequence sequence
                ? changed(sequence, step, rest, value, adds, operation)
                : node;
    }

    private YamlNode changed(
            Sequence sequence,
            String step,
            List<String> rest,
            @Nullable YamlNode value,
            boolean adds,
            YamlNode operation) {
        List<YamlNode> items = new ArrayList<>(sequence.items());
        boolean end = step.equals("-") && rest.isEmpty() && adds;
        int index = end ? items.size() : index(step);
        boolean beside = rest.isEmpty() && adds;
        if (index < 0 || index >= items.size() + (beside ? 1 : 0)) {
            return sequence;
        }
        if (!rest.isEmpty()) {
            items.set(index, changed(items.get(index), rest, value, adds, operation));
        } else if (value == null) {
            items.remove(index);
        } else if (adds) {
            items.add(index, value);
        } else {
            items.set(index, value);
        }
        return nodes.with(sequence, items);
    }

    /// @return -1 where it is no index
    private static int index(String step) {
        boolean number =
                !step.isEmpty()
                        && step.length() < 7
                        && step.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Integer.parseInt(step) : -1;
    }
}
