package dev.devopspack.language.yaml.printer;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A value that is written as YAML.
public sealed interface YamlValue {

    /// A text, quoted where a reader could take it for something else.
    record Text(String value) implements YamlValue {}

    /// A text of several lines, written as a literal block where its characters allow that.
    record Block(String value) implements YamlValue {}

    record Bool(boolean value) implements YamlValue {}

    record Whole(long value) implements YamlValue {}

    /// A list of texts on one line, for example `[main, release]`.
    record Flow(List<String> items) implements YamlValue {
        public Flow {
            items = List.copyOf(items);
        }
    }

    record Sequence(List<Item> items) implements YamlValue {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    record Mapping(List<Entry> entries) implements YamlValue {
        public Mapping {
            entries = List.copyOf(entries);
            long distinct = entries.stream().map(Entry::key).distinct().count();
            if (distinct != entries.size()) {
                throw new IllegalArgumentException("a key stands twice in a mapping");
            }
        }
    }

    /// @param above comment lines before it, without `#`
    /// @param blankBefore whether an empty line divides it from what stands before
    record Item(YamlValue value, List<String> above, boolean blankBefore) {
        public Item {
            above = Comments.checked(above);
        }

        public static Item of(YamlValue value) {
            return new Item(value, List.of(), false);
        }
    }

    /// @param above comment lines before it, without `#`
    /// @param beside a comment on its own line, without `#`; only beside a scalar
    /// @param blankBefore whether an empty line divides it from what stands before
    record Entry(
            String key,
            YamlValue value,
            List<String> above,
            @Nullable String beside,
            boolean blankBefore) {
        public Entry {
            above = Comments.checked(above);
            if (beside != null) {
                Comments.check(beside);
                if (!(value instanceof Text)) {
                    throw new IllegalArgumentException("a comment stands beside a text only");
                }
            }
        }
    }

    /// Puts a mapping together, in the order of the calls.
    final class MappingBuilder {

        private final List<Entry> entries = new ArrayList<>();
        private List<String> above = List.of();
        private boolean blankBefore;

        /// Comment lines above the next entry.
        public MappingBuilder comment(String... lines) {
            above = List.of(lines);
            return this;
        }

        /// An empty line before the next entry.
        public MappingBuilder blank() {
            blankBefore = !entries.isEmpty();
            return this;
        }

        public MappingBuilder put(String key, YamlValue value) {
            return put(key, value, null);
        }

        public MappingBuilder put(String key, String text) {
            return put(key, new Text(text), null);
        }

        /// @param beside a comment on the same line
        public MappingBuilder put(String key, YamlValue value, @Nullable String beside) {
            entries.add(new Entry(key, value, above, beside, blankBefore));
            above = List.of();
            blankBefore = false;
            return this;
        }

        public Mapping build() {
            return new Mapping(entries);
        }
    }

    static MappingBuilder mapping() {
        return new MappingBuilder();
    }
}
