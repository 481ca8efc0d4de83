package dev.devopspack.policy.kubernetes;

import dev.devopspack.language.Span;
import dev.devopspack.language.yaml.YamlNode;
import dev.devopspack.policy.subject.Subject.Place;
import java.util.List;
import java.util.Optional;

/// The places of an object that is written in YAML or JSON.
record YamlPlaces(String file, YamlNode root) implements Places {

    @Override
    public Optional<Place> at(List<String> path) {
        YamlNode node = root;
        Span span = root.span();
        for (String step : path) {
            if (node instanceof YamlNode.Mapping mapping) {
                Optional<YamlNode.Entry> entry = mapping.entry(step);
                if (entry.isEmpty()) {
                    return Optional.empty();
                }
                node = entry.get().value();
                span = entry.get().node().span();
            } else {
                Optional<YamlNode> item = item(node, step);
                if (item.isEmpty()) {
                    return Optional.empty();
                }
                node = item.get();
                span = node.span();
            }
        }
        return Optional.of(new Place(file, span.line(), span.column()));
    }

    @Override
    public Place start() {
        return new Place(file, root.span().line(), root.span().column());
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
