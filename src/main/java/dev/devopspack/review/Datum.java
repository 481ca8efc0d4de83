package dev.devopspack.review;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A value of a plan or of an evaluated module.
///
/// Numbers are kept as they were written, so that none is rounded: `1.0` is not `1`.
public sealed interface Datum {

    record Text(String value) implements Datum {}

    /// @param source the number as it stands in the JSON, for example `1.50`
    record Number(String source) implements Datum {}

    record Flag(boolean value) implements Datum {}

    /// JSON's `null`, and what is not there.
    record Nothing() implements Datum {
        static final Nothing VALUE = new Nothing();
    }

    record Items(List<Datum> list) implements Datum {
        public Items {
            list = List.copyOf(list);
        }
    }

    /// @param map sorted by name, so that the same object is walked alike wherever it came from
    record Members(SortedMap<String, Datum> map) implements Datum {
        static final Members EMPTY = new Members(new TreeMap<>());

        public Members {
            map = Collections.unmodifiableSortedMap(new TreeMap<>(map));
        }

        static Members of(Map<String, Datum> map) {
            return new Members(new TreeMap<>(map));
        }
    }

    /// Known only after the change was made.
    ///
    /// @param from what it will come from, for example `aws_kms_key.disks.arn`; empty where that is
    ///   not told
    record Unknown(String from) implements Datum {
        static final Unknown WHOLE = new Unknown("");
    }

    /// A sensitive value, which nobody is shown.
    ///
    /// @param changed whether it differs from the value before
    record Masked(boolean changed) implements Datum {}

    /// The member of that name; [Nothing] where there is none or where this is no object.
    default Datum at(String name) {
        return this instanceof Members members
                ? members.map().getOrDefault(name, Nothing.VALUE)
                : Nothing.VALUE;
    }

    /// The item at that place; [Nothing] where there is none or where this is no list.
    default Datum at(int index) {
        return this instanceof Items items && index < items.list().size()
                ? items.list().get(index)
                : Nothing.VALUE;
    }

    /// The items of a list; empty where this is none.
    default List<Datum> items() {
        return this instanceof Items items ? items.list() : List.of();
    }

    /// The members of an object; empty where this is none.
    default SortedMap<String, Datum> members() {
        return this instanceof Members members ? members.map() : Members.EMPTY.map();
    }

    default Optional<String> text() {
        return this instanceof Text text ? Optional.of(text.value()) : Optional.empty();
    }

    default boolean isTrue() {
        return this instanceof Flag flag && flag.value();
    }

    default boolean isFalse() {
        return this instanceof Flag flag && !flag.value();
    }

    default boolean isNothing() {
        return this instanceof Nothing;
    }

    /// Whether what is asked for cannot be told: unknown or masked.
    default boolean isOpaque() {
        return this instanceof Unknown || this instanceof Masked;
    }
}
