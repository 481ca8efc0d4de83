package dev.devopspack.policy.kubernetes;

import dev.devopspack.language.Span;
import dev.devopspack.language.yaml.YamlNode;
import dev.devopspack.policy.subject.Subject.Place;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The places of an object that is written in YAML or JSON.
///
/// @param file where it stands, or most of it
/// @param elsewhere the files of parts that may stand in others, by identity; empty where the
///   object stands as it is written
record YamlPlaces(String file, YamlNode root, Map<YamlNode, String> elsewhere) implements Places {

    /// An object as it is written.
    YamlPlaces(String file, YamlNode root) {
        this(file, root, Map.of());
    }

    @Override
    public Optional<Place> at(List<String> path) {
        YamlNode node = root;
        YamlNode at = root;
        for (String step : path) {
            if (node instanceof YamlNode.Mapping mapping) {
                Optional<YamlNode.Entry> entry = mapping.entry(step);
                if (entry.isEmpty()) {
                    return Optional.empty();
                }
                node = entry.get().value();
                at = entry.get().node();
            } else {
                Optional<YamlNode> item = item(node, step);
                if (item.isEmpty()) {
                    return Optional.empty();
                }
                node = item.get();
                at = node;
            }
        }
        return Optional.of(place(at));
    }

    @Override
    public Place start() {
        return place(root);
    }

    private Place place(YamlNode node) {
        Span span = node.span();
        return new Place(
                elsewhere.isEmpty() ? file : elsewhere.getOrDefault(node, file),
                span.line(),
                span.column());
    }

    @Override
    public boolean asBlocks() {
        return false;
    }

    @Override
    public int lastLine() {
        return last(root);
    }

    @Override
    public int lastLine(List<String> path) {
        YamlNode node = root;
        for (String step : path) {
            Optional<YamlNode> next =
                    node instanceof YamlNode.Mapping mapping ? mapping.get(step) : item(node, step);
            if (next.isEmpty()) {
                return lastLine();
            }
            node = next.get();
        }
        return last(node);
    }

    /// A block ends at the beginning of the line after it.
    private static int last(YamlNode node) {
        Span span = node.span();
        return span.endColumn() == 1 && span.endLine() > span.line()
                ? span.endLine() - 1
                : span.endLine();
    }

    private static Optional<YamlNode> item(YamlNode node, String index) {
        List<YamlNode> items = node.items();
        boolean isIndex =
                !index.isEmpty()
                        && index.length() < 7
                        && index.chars().allMatch(c -> c >= '0' && c <= '9');
        return isIndex && Integer.parseInt(index) < items.size()
                ? Optional.of(items.get(Integer.parseInt(index)))
                : Optional.empty();
    }
}
