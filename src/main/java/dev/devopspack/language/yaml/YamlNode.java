package dev.devopspack.language.yaml;

import dev.devopspack.language.Span;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A value in a YAML document and where it stands.
///
/// Aliases are resolved: the same node may stand in several places, and its span is where the
/// anchor is. A document is no deeper and, with aliases copied, no larger than {@link
/// Yaml#MAX_DEPTH} and {@link Yaml#MAX_NODES}, so that whoever walks it needs no bounds.
public sealed interface YamlNode {

    Span span();

    /// The tag written, such as `!Ref` or `tag:yaml.org,2002:str`; empty where none is.
    String tag();

    /// The value under a key of a mapping.
    default Optional<YamlNode> get(String key) {
        return Optional.empty();
    }

    /// The text of a scalar that is not null.
    default Optional<String> text() {
        return Optional.empty();
    }

    /// The items of a sequence; none of anything else.
    default List<YamlNode> items() {
        return List.of();
    }

    /// The entries of a mapping by key, in the order of the file; none of anything else.
    default Map<String, Entry> entries() {
        return Map.of();
    }

    /// @param key as the platform reads it: `on` is `true` where YAML 1.1 is read
    /// @param node where the key stands
    /// @param merged whether a merge key brought it here
    record Entry(String key, Scalar node, YamlNode value, boolean merged) {

        /// From the key to the end of its value, where both stand together.
        public Span span() {
            boolean together = value.span().start() >= node.span().start() && !merged;
            return together ? node.span().to(value.span()) : node.span();
        }
    }

    /// @param entries with what merge keys brought; of a duplicate key the first
    /// @param flow whether it is written in braces
    record Mapping(Map<String, Entry> entries, boolean flow, Span span, String tag)
            implements YamlNode {

        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        @Override
        public Optional<YamlNode> get(String key) {
            return entry(key).map(Entry::value);
        }

        public Optional<Entry> entry(String key) {
            return Optional.ofNullable(entries.get(key));
        }
    }

    /// @param flow whether it is written in brackets
    record Sequence(List<YamlNode> items, boolean flow, Span span, String tag) implements YamlNode {

        public Sequence {
            items = List.copyOf(items);
        }
    }

    /// @param content the characters, without quotes, escapes and block indentation
    /// @param value what the platform reads: a `String`, `Boolean`, `Long`, `Double` or null
    record Scalar(String content, @Nullable Object value, Style style, Span span, String tag)
            implements YamlNode {

        @Override
        public Optional<String> text() {
            return value == null ? Optional.empty() : Optional.of(content);
        }

        public boolean isNull() {
            return value == null;
        }

        /// The line of the file on which a character of the content stands. Exact for plain and
        /// quoted scalars of one line and for literal blocks; the first line of others.
        ///
        /// @param at index into the content
        public int lineAt(int at) {
            if (style != Style.LITERAL) {
                return style == Style.FOLDED ? span.line() + 1 : span.line();
            }
            int before = Math.clamp(at, 0, content.length());
            return span.line()
                    + 1
                    + (int) content.substring(0, before).chars().filter(c -> c == '\n').count();
        }
    }

    /// How a scalar is written.
    enum Style {
        PLAIN,
        SINGLE_QUOTED,
        DOUBLE_QUOTED,
        /// A block after `|`.
        LITERAL,
        /// A block after `>`.
        FOLDED
    }
}
