package dev.devopspack.language.data;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A value read from YAML or JSON, with the place where it begins.
public sealed interface DataNode {

    Place place();

    /// For messages: `text`, `number`, `true or false`, `null`, `list` or `object`.
    String kind();

    /// @param line from 1
    /// @param column from 1
    record Place(int line, int column) {

        @Override
        public String toString() {
            return "line " + line + ", column " + column;
        }
    }

    record Text(String value, Place place) implements DataNode {
        @Override
        public String kind() {
            return "text";
        }
    }

    record Number(BigDecimal value, Place place) implements DataNode {
        @Override
        public String kind() {
            return "number";
        }
    }

    record Bool(boolean value, Place place) implements DataNode {
        @Override
        public String kind() {
            return "true or false";
        }
    }

    record Null(Place place) implements DataNode {
        @Override
        public String kind() {
            return "null";
        }
    }

    record Sequence(List<DataNode> items, Place place) implements DataNode {

        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "list";
        }
    }

    /// @param entries in the order of the file
    record Mapping(Map<String, Entry> entries, Place place) implements DataNode {

        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        @Override
        public String kind() {
            return "object";
        }
    }

    /// @param key where the key stands
    record Entry(Place key, DataNode value) {}

    /// As plain values: `String`, `Long` or `BigDecimal`, `Boolean`, `List`, `LinkedHashMap`. Nulls
    /// in objects are left out and nulls in lists are refused by the callers that mind.
    default Object plain() {
        return switch (this) {
            case Text text -> text.value();
            case Number number -> plainNumber(number.value());
            case Bool bool -> bool.value();
            case Null _ -> "";
            case Sequence list -> list.items().stream().map(DataNode::plain).toList();
            case Mapping mapping -> {
                Map<String, Object> values = new LinkedHashMap<>();
                mapping.entries()
                        .forEach((key, entry) -> {
                            if (!(entry.value() instanceof Null)) {
                                values.put(key, entry.value().plain());
                            }
                        });
                yield values;
            }
        };
    }

    private static Object plainNumber(BigDecimal value) {
        try {
            return value.longValueExact();
        } catch (ArithmeticException _) {
            return value;
        }
    }
}
