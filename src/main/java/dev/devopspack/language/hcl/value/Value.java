package dev.devopspack.language.hcl.value;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A value of Terraform's language. What cannot be known before an apply is [Unknown]: neither fine
/// nor bad.
public sealed interface Value {

    // Constants stand in the records that they are: whoever makes a record begins this interface as
    // well, and two threads that begin the two from both ends wait for each other.

    record Null() implements Value {
        public static final Null VALUE = new Null();
    }

    record Bool(boolean value) implements Value {
        public static final Bool TRUE = new Bool(true);
        public static final Bool FALSE = new Bool(false);
    }

    record Num(BigDecimal value) implements Value {
        /// Numbers are equal whatever their scale, so zeros behind the point are dropped.
        public Num {
            value = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
        }
    }

    /// Terraform holds text in composed form: an accent is part of its letter.
    record Str(String value) implements Value {

        /// Below this every character is composed already.
        private static final char FIRST_COMBINING = '\u0300';

        public Str {
            if (value.chars().anyMatch(c -> c >= FIRST_COMBINING)) {
                value = Normalizer.normalize(value, Normalizer.Form.NFC);
            }
        }
    }

    /// A list or tuple, or a set, whose items are distinct and in lexical order.
    record ListValue(List<Value> items, boolean set) implements Value {
        public ListValue {
            items = List.copyOf(items);
        }
    }

    /// An object or map, in lexical order of its keys.
    ///
    /// @param rest what any other member belongs to, for a resource whose remaining attributes are
    ///   only known after an apply; null where there are no other members
    record ObjectValue(Map<String, Value> members, @Nullable Reference rest) implements Value {
        public ObjectValue {
            Map<String, Value> ordered = new TreeMap<>(Conversions::compareText);
            ordered.putAll(members);
            members = Collections.unmodifiableMap(ordered);
        }

        /// A member; of an open object also one that is not known.
        public Optional<Value> member(String name) {
            Value known = members.get(name);
            if (known != null) {
                return Optional.of(known);
            }
            return Optional.ofNullable(rest).map(r -> Unknown.of(r.with(name)));
        }
    }

    /// A value that is not known.
    ///
    /// @param reason why, for people
    /// @param references the resources, data sources and variables it comes from
    /// @param hint what is known about it all the same
    record Unknown(String reason, Set<Reference> references, @Nullable Hint hint) implements Value {

        /// References kept with what is computed from unknown values: more say nothing.
        private static final int REFERENCES = 200;

        public Unknown {
            references = Collections.unmodifiableSet(new LinkedHashSet<>(references));
        }

        /// What a resource only has after an apply.
        public static Unknown of(Reference reference) {
            return new Unknown(
                    reference.text() + " is known after apply",
                    Set.of(reference),
                    new Hint.Itself(reference));
        }

        public static Unknown because(String reason) {
            return new Unknown(reason, Set.of(), null);
        }

        /// What is computed from unknown values.
        public static Unknown from(Collection<Unknown> sources) {
            return from(sources, null);
        }

        public static Unknown from(Collection<Unknown> sources, @Nullable Hint hint) {
            Set<Reference> references = new LinkedHashSet<>();
            for (Unknown source : sources) {
                source.references.stream()
                        .limit(REFERENCES - (long) Math.min(REFERENCES, references.size()))
                        .forEach(references::add);
            }
            String reason =
                    sources.stream().findFirst().map(Unknown::reason).orElse("it is not known");
            return new Unknown(reason, references, hint);
        }

        /// The text with a stand-in for what is not known, for a string that is partly known.
        public Optional<String> textWith(String standIn) {
            return hint instanceof Hint.Text text
                    ? Optional.of(text.withStandIn(standIn))
                    : Optional.empty();
        }
    }

    /// What is known about an unknown value.
    sealed interface Hint {

        /// It is what this reference names, nothing computed from it.
        record Itself(Reference reference) implements Hint {}

        /// It is the JSON text of this value, which is unknown only in parts.
        record Json(Value value) implements Hint {}

        /// It is these strings one after the other; each is a [Str] or an [Unknown].
        record Text(List<Value> pieces) implements Hint {
            public Text {
                pieces = List.copyOf(pieces);
            }

            String withStandIn(String standIn) {
                StringBuilder text = new StringBuilder();
                for (Value piece : pieces) {
                    text.append(piece instanceof Str s ? s.value() : standIn);
                }
                return text.toString();
            }
        }
    }

    static Value of(boolean value) {
        return value ? Bool.TRUE : Bool.FALSE;
    }

    static Num of(long value) {
        return new Num(BigDecimal.valueOf(value));
    }

    static Str of(String value) {
        return new Str(value);
    }

    static ListValue list(List<? extends Value> items) {
        return new ListValue(List.copyOf(items), false);
    }

    static ObjectValue object(Map<String, ? extends Value> members) {
        return new ObjectValue(Map.copyOf(members), null);
    }

    /// Whether nothing in it is unknown.
    default boolean wholly() {
        return switch (this) {
            case Unknown _ -> false;
            case ListValue list -> list.items.stream().allMatch(Value::wholly);
            case ObjectValue object ->
                    object.rest == null && object.members.values().stream().allMatch(Value::wholly);
            case Null _, Bool _, Num _, Str _ -> true;
        };
    }

    /// How a message calls its kind.
    default String kind() {
        return switch (this) {
            case Null _ -> "null";
            case Bool _ -> "a bool";
            case Num _ -> "a number";
            case Str _ -> "a string";
            case ListValue list -> list.set ? "a set" : "a list";
            case ObjectValue _ -> "an object";
            case Unknown _ -> "a value that is not known";
        };
    }
}
