package dev.devopspack.policy.condition;

import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelUnknownSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A part of a condition, bound to its functions and variables. Stateless: what changes is in the
/// frame.
///
/// Values are those of subjects, `CelUnknownSet` for what is not known and {@link Problem} for what
/// has no value.
sealed interface Node {

    Object in(Frame frame);

    /// One evaluation: the subject, the variables of the macros around, and how often they turned.
    final class Frame {

        private static final Object[] NONE = {};

        private final Object self;
        private final Object[] variables;
        private final Turns turns;
        private final int cost;

        Frame(Object self, int variables, Turns turns, int cost) {
            this.self = self;
            this.cost = cost;
            this.turns = turns;
            this.variables = variables == 0 ? NONE : new Object[variables];
        }

        boolean turnedTooOften() {
            return !turns.take(cost);
        }
    }

    record Constant(Object value) implements Node {
        @Override
        public Object in(Frame frame) {
            return value;
        }
    }

    record Self() implements Node {
        @Override
        public Object in(Frame frame) {
            return frame.self;
        }
    }

    record Variable(int slot) implements Node {
        @Override
        public Object in(Frame frame) {
            return frame.variables[slot];
        }
    }

    record Select(Node of, String field) implements Node {
        @Override
        public Object in(Frame frame) {
            Object value = of.in(frame);
            if (value instanceof Map<?, ?> map) {
                return Values.got(map, field);
            }
            return Values.stops(value)
                    ? value
                    : new Problem("'" + field + "' is asked of what has no attributes");
        }
    }

    record Not(Node of) implements Node {
        @Override
        public Object in(Frame frame) {
            Object value = of.in(frame);
            return value instanceof Boolean yes ? !yes : Values.noTruth(value);
        }
    }

    /// `&&` or `||`: the first that decides ends it, whatever stands before.
    record Chain(List<Node> terms, boolean decides) implements Node {
        @Override
        public Object in(Frame frame) {
            Object undecided = null;
            for (int i = 0; i < terms.size(); i++) {
                Object value = terms.get(i).in(frame);
                if (!(value instanceof Boolean yes)) {
                    undecided = Values.undecided(undecided, Values.noTruth(value));
                } else if (yes == decides) {
                    return value;
                }
            }
            return undecided == null ? (Object) !decides : undecided;
        }
    }

    record Choice(Node condition, Node then, Node otherwise) implements Node {
        @Override
        public Object in(Frame frame) {
            Object value = condition.in(frame);
            if (!(value instanceof Boolean yes)) {
                return Values.noTruth(value);
            }
            return yes ? then.in(frame) : otherwise.in(frame);
        }
    }

    /// Items may be unknown one by one.
    record Items(List<Node> items) implements Node {
        @Override
        public Object in(Frame frame) {
            List<Object> values = new ArrayList<>(items.size());
            for (Node item : items) {
                Object value = item.in(frame);
                if (value instanceof Problem) {
                    return value;
                }
                values.add(value);
            }
            return values;
        }
    }

    record Entries(List<Node> keys, List<Node> values) implements Node {
        @Override
        public Object in(Frame frame) {
            Map<Object, Object> entries = new LinkedHashMap<>();
            for (int i = 0; i < keys.size(); i++) {
                Object key = keys.get(i).in(frame);
                Object value = values.get(i).in(frame);
                if (Values.stops(key) || value instanceof Problem) {
                    return Values.stops(key) ? key : value;
                }
                if (entries.put(key, value) != null) {
                    return new Problem("a name is given twice");
                }
            }
            return entries;
        }
    }

    /// CEL's own operators and functions: of what is not known they know nothing.
    record Standard(Operators.Operator operator, Node left, @Nullable Node right) implements Node {
        @Override
        public Object in(Frame frame) {
            Object first = left.in(frame);
            Object second = right == null ? NullValue.NULL_VALUE : right.in(frame);
            if (Values.stops(first) || Values.stops(second)) {
                return Values.firstStop(first, second);
            }
            return operator.of(first, second);
        }
    }

    /// A function of ours, which says itself what follows from the unknown.
    record Call(Function function, List<Node> arguments) implements Node {
        @Override
        public Object in(Frame frame) {
            Object[] values = new Object[arguments.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = arguments.get(i).in(frame);
                if (values[i] instanceof Problem) {
                    return values[i];
                }
            }
            try {
                return function.body().apply(values);
            } catch (RuntimeException e) {
                for (Object value : values) {
                    if (value instanceof CelUnknownSet) {
                        return value;
                    }
                }
                String what = "'" + function.name() + "' ";
                return new Problem(
                        e instanceof ClassCastException
                                ? what + "does not take what it is given"
                                : what + "failed: " + e.getMessage());
            }
        }
    }

    /// A macro over the items of a list or the names of an object.
    record Each(Term.Macro macro, Node range, int slot, Node test, Node result) implements Node {
        @Override
        public Object in(Frame frame) {
            Object over = range.in(frame);
            Iterable<?> items;
            switch (over) {
                case List<?> list -> items = list;
                case Map<?, ?> map -> items = map.keySet();
                default -> {
                    return Values.stops(over)
                            ? over
                            : new Problem("what is gone through is neither a list nor an object");
                }
            }
            return switch (macro) {
                case ALL -> decided(frame, items, false);
                case EXISTS -> decided(frame, items, true);
                case EXISTS_ONE -> one(frame, items);
                case LIST -> list(frame, items);
            };
        }

        private Object decided(Frame frame, Iterable<?> items, boolean decides) {
            Object undecided = null;
            for (Object item : items) {
                if (frame.turnedTooOften()) {
                    return Values.TOO_OFTEN;
                }
                frame.variables[slot] = Values.plain(item);
                Object value = test.in(frame);
                if (!(value instanceof Boolean yes)) {
                    undecided = Values.undecided(undecided, Values.noTruth(value));
                } else if (yes == decides) {
                    return value;
                }
            }
            return undecided == null ? (Object) !decides : undecided;
        }

        private Object one(Frame frame, Iterable<?> items) {
            Object undecided = null;
            int found = 0;
            for (Object item : items) {
                if (frame.turnedTooOften()) {
                    return Values.TOO_OFTEN;
                }
                frame.variables[slot] = Values.plain(item);
                Object value = test.in(frame);
                if (!(value instanceof Boolean yes)) {
                    undecided = Values.undecided(undecided, Values.noTruth(value));
                } else if (yes) {
                    found++;
                }
            }
            return undecided == null ? (Object) (found == 1) : undecided;
        }

        private Object list(Frame frame, Iterable<?> items) {
            Object undecided = null;
            List<Object> chosen = new ArrayList<>();
            for (Object item : items) {
                if (frame.turnedTooOften()) {
                    return Values.TOO_OFTEN;
                }
                frame.variables[slot] = Values.plain(item);
                Object value = test.in(frame);
                if (!(value instanceof Boolean yes)) {
                    undecided = Values.undecided(undecided, Values.noTruth(value));
                } else if (yes) {
                    Object made = result.in(frame);
                    if (made instanceof Problem) {
                        return made;
                    }
                    chosen.add(made);
                }
            }
            return undecided == null ? chosen : undecided;
        }
    }
}
