package dev.devopspack.language.kustomize;

import dev.devopspack.language.Span;
import dev.devopspack.language.yaml.YamlNode;
import dev.devopspack.language.yaml.YamlNode.Entry;
import dev.devopspack.language.yaml.YamlNode.Mapping;
import dev.devopspack.language.yaml.YamlNode.Scalar;
import dev.devopspack.language.yaml.YamlNode.Sequence;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// YAML of several files in one tree: remembers of each node in which file it stands, and makes
/// changed copies that share whatever stays.
final class Nodes {

    private final Map<YamlNode, String> files = new IdentityHashMap<>();

    /// The file of each node that {@link #own} or a change has seen, by identity.
    Map<YamlNode, String> files() {
        return Collections.unmodifiableMap(files);
    }

    String file(YamlNode node) {
        return files.getOrDefault(node, "");
    }

    void own(YamlNode node, String file) {
        if (files.putIfAbsent(node, file) != null) {
            return;
        }
        node.items().forEach(item -> own(item, file));
        node.entries()
                .values()
                .forEach(entry -> {
                    files.putIfAbsent(entry.node(), file);
                    own(entry.value(), file);
                });
    }

    /// The mapping with other entries, at the place of the first one.
    Mapping with(Mapping mapping, Map<String, Entry> entries) {
        Mapping changed = new Mapping(entries, mapping.flow(), mapping.span(), mapping.tag());
        files.put(changed, file(mapping));
        return changed;
    }

    Mapping with(Mapping mapping, String key, @Nullable Entry entry) {
        Map<String, Entry> entries = new LinkedHashMap<>(mapping.entries());
        if (entry == null) {
            entries.remove(key);
        } else {
            entries.put(key, entry);
        }
        return with(mapping, entries);
    }

    /// The mapping with another value under a key that it has.
    Mapping replacing(Mapping mapping, String key, YamlNode value) {
        Entry entry = mapping.entry(key).orElseThrow();
        return with(mapping, key, new Entry(key, entry.node(), value, entry.merged()));
    }

    Sequence with(Sequence sequence, List<YamlNode> items) {
        Sequence changed = new Sequence(items, sequence.flow(), sequence.span(), sequence.tag());
        files.put(changed, file(sequence));
        return changed;
    }

    /// A mapping that nobody wrote, at the place of what asks for it.
    Mapping empty(YamlNode at) {
        Mapping made = new Mapping(Map.of(), false, at.span(), "");
        files.put(made, file(at));
        return made;
    }

    /// A text that nobody wrote like this, at the place of what asks for it.
    Scalar text(String content, YamlNode at) {
        Scalar made = new Scalar(content, content, YamlNode.Style.PLAIN, at.span(), "");
        files.put(made, file(at));
        return made;
    }

    Entry entry(String key, YamlNode value, YamlNode at) {
        return new Entry(key, text(key, at), value, false);
    }

    /// Changes the mapping under a path of keys.
    ///
    /// @param at the place of mappings that are made on the way; null where a path that is not
    ///   there is left alone
    Mapping change(
            Mapping root, List<String> path, @Nullable YamlNode at, UnaryOperator<Mapping> change) {
        if (path.isEmpty()) {
            return change.apply(root);
        }
        String key = path.getFirst();
        Optional<Mapping> inner =
                root.get(key).filter(Mapping.class::isInstance).map(Mapping.class::cast);
        if (inner.isEmpty() && at == null) {
            return root;
        }
        Mapping before = inner.orElseGet(() -> empty(Objects.requireNonNull(at)));
        Mapping after = change(before, path.subList(1, path.size()), at, change);
        if (after == before) {
            return root;
        }
        return inner.isPresent()
                ? replacing(root, key, after)
                : with(root, key, entry(key, after, before));
    }

    /// The same YAML at the place where it stands within a block of another file.
    ///
    /// @param lines added to each line
    /// @param columns added to each column
    static YamlNode moved(YamlNode node, int lines, int columns) {
        return switch (node) {
            case Scalar scalar -> moved(scalar, lines, columns);
            case Sequence sequence ->
                    new Sequence(
                            sequence.items().stream()
                                    .map(item -> moved(item, lines, columns))
                                    .toList(),
                            sequence.flow(),
                            moved(sequence.span(), lines, columns),
                            sequence.tag());
            case Mapping mapping -> {
                Map<String, Entry> entries = new LinkedHashMap<>();
                mapping.entries()
                        .forEach((key, entry) ->
                                entries.put(
                                        key,
                                        new Entry(
                                                key,
                                                moved(entry.node(), lines, columns),
                                                moved(entry.value(), lines, columns),
                                                entry.merged())));
                yield new Mapping(
                        entries,
                        mapping.flow(),
                        moved(mapping.span(), lines, columns),
                        mapping.tag());
            }
        };
    }

    private static Scalar moved(Scalar scalar, int lines, int columns) {
        return new Scalar(
                scalar.content(),
                scalar.value(),
                scalar.style(),
                moved(scalar.span(), lines, columns),
                scalar.tag());
    }

    private static Span moved(Span span, int lines, int columns) {
        return new Span(
                span.start(),
                span.end(),
                span.line() + lines,
                span.column() + columns,
                span.endLine() + lines,
                span.endColumn() + columns);
    }
}
