package dev.devopspack.policy;

import dev.devopspack.task.InvalidInput;
import dev.devopspack.task.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// A mapping of a YAML file, read strictly: every refusal names `file:line:column`.
final class YamlMap {

    private final String file;
    private final Node node;
    private final Map<String, Node> values = new LinkedHashMap<>();

    YamlMap(String file, Node node) {
        this.file = file;
        this.node = node;
        if (!(node instanceof MappingNode mapping)) {
            throw refusal(file, node, "this is no mapping", "Write `key: value` lines.");
        }
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw refusal(file, tuple.getKeyNode(), "a key is no text", "Use a plain name.");
            }
            if (values.put(key.getValue(), tuple.getValueNode()) != null) {
                throw refusal(
                        file,
                        key,
                        "'" + Shown.of(key.getValue()) + "' is given twice",
                        "Keep one of them.");
            }
        }
    }

    /// Refuses every key that is not one of these.
    YamlMap only(Set<String> known) {
        for (String key : values.keySet()) {
            if (!known.contains(key)) {
                List<String> near = Nearest.to(key, known, 1);
                String hint =
                        near.isEmpty()
                                ? "Known here: "
                                        + String.join(", ", known.stream().sorted().toList())
                                : "Did you mean " + near.getFirst();
                throw refusal(
                        file,
                        keyNode(key),
                        "'" + Shown.of(key) + "' is not known here",
                        hint + ".");
            }
        }
        return this;
    }

    Set<String> keys() {
        return values.keySet();
    }

    String text(String key) {
        return optionalText(key)
                .orElseThrow(() ->
                        refusal(file, node, "'" + key + "' is missing", "Add `" + key + ": ...`."));
    }

    Optional<String> optionalText(String key) {
        return Optional.ofNullable(values.get(key)).map(value -> scalar(key, value));
    }

    /// A list of texts; a single text is a list of one; missing is empty.
    List<String> texts(String key) {
        Node value = values.get(key);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof SequenceNode sequence)) {
            return List.of(scalar(key, value));
        }
        return sequence.getValue().stream().map(item -> scalar(key, item)).toList();
    }

    /// A value as it is written: without quotes `true` is a Boolean and `12` a number, everything
    /// else is a text; or a list of these.
    Object literal(String key) {
        Node value = values.get(key);
        if (value instanceof SequenceNode sequence) {
            return sequence.getValue().stream().map(item -> literal(key, item)).toList();
        }
        return literal(key, value == null ? node : value);
    }

    private Object literal(String key, Node value) {
        String text = scalar(key, value);
        boolean plain = ((ScalarNode) value).getScalarStyle() == ScalarStyle.PLAIN;
        if (plain && (text.equals("true") || text.equals("false"))) {
            return Boolean.valueOf(text);
        }
        return plain && text.matches("-?[0-9]{1,18}") ? (Object) Long.valueOf(text) : text;
    }

    /// The mappings of a list; missing is empty.
    List<YamlMap> maps(String key) {
        Node value = values.get(key);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof SequenceNode sequence)) {
            throw refusal(file, value, "'" + key + "' is no list", "Begin each item with `- `.");
        }
        List<YamlMap> maps = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            maps.add(new YamlMap(file, item));
        }
        return maps;
    }

    Optional<YamlMap> map(String key) {
        return Optional.ofNullable(values.get(key)).map(value -> new YamlMap(file, value));
    }

    /// An expression with the place of its first character.
    Rule.Expression expression(String key) {
        String text = text(key);
        Node value = values.get(key);
        int line = startLine(value);
        int column = startColumn(value);
        if (value instanceof ScalarNode scalar) {
            switch (scalar.getScalarStyle()) {
                case SINGLE_QUOTED, DOUBLE_QUOTED -> column++;
                case FOLDED, LITERAL, JSON_SCALAR_STYLE -> {
                    line++;
                    column = 1;
                }
                case PLAIN -> {}
            }
        }
        return new Rule.Expression(text.strip(), file, line, column);
    }

    InvalidInput refusal(@Nullable String key, String problem, String mend) {
        Node at = key == null ? node : values.getOrDefault(key, node);
        return refusal(file, at, problem, mend);
    }

    private String scalar(String key, Node value) {
        if (value instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw refusal(file, value, "'" + key + "' is no text", "Write one text in quotes.");
    }

    private Node keyNode(String key) {
        return ((MappingNode) node)
                .getValue().stream()
                        .map(NodeTuple::getKeyNode)
                        .filter(n -> n instanceof ScalarNode s && s.getValue().equals(key))
                        .findFirst()
                        .orElse(node);
    }

    private static InvalidInput refusal(String file, Node at, String problem, String mend) {
        return new InvalidInput(file + ":" + startLine(at) + ":" + startColumn(at), problem, mend);
    }

    private static int startLine(@Nullable Node node) {
        return node == null ? 1 : node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    private static int startColumn(@Nullable Node node) {
        return node == null ? 1 : node.getStartMark().map(mark -> mark.getColumn() + 1).orElse(1);
    }
}
