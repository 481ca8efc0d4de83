package dev.devopspack.policy.condition;

import dev.cel.common.values.NullValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// The operators and functions of CEL that conditions use, on known values. What they do not take
/// is a problem, never a yes or no.
final class Operators {

    @FunctionalInterface
    interface Operator {
        /// Applies it to known values.
        ///
        /// @param right null where the operator takes one argument
        Object of(Object left, Object right);
    }

    private static final Map<String, Operator> BINARY =
            Map.of(
                    "_+_",
                    Operators::sum,
                    "_-_",
                    Operators::difference,
                    "_*_",
                    Operators::product,
                    "_<_",
                    (a, b) -> compared(a, b, order -> order < 0),
                    "_<=_",
                    (a, b) -> compared(a, b, order -> order <= 0),
                    "_>_",
                    (a, b) -> compared(a, b, order -> order > 0),
                    "_>=_",
                    (a, b) -> compared(a, b, order -> order >= 0),
                    "_[_]",
                    Operators::at);

    private static final Map<String, Operator> UNARY =
            Map.of(
                    "size", (a, none) -> size(a),
                    "-_", (a, none) -> negated(a),
                    "int", (a, none) -> whole(a),
                    "double", (a, none) -> real(a),
                    "duration", (a, none) -> Durations.of(a));

    private Operators() {}

    static Optional<Operator> find(String name, int arguments) {
        return Optional.ofNullable(
                switch (arguments) {
                    case 1 -> UNARY.get(name);
                    case 2 -> BINARY.get(name);
                    default -> null;
                });
    }

    private static Object sum(Object left, Object right) {
        try {
            return switch (left) {
                case Long a when right instanceof Long b -> Math.addExact(a, b);
                case Double a when right instanceof Double b -> a + b;
                case String a when right instanceof String b -> a + b;
                case Duration a when right instanceof Duration b -> a.plus(b);
                case List<?> a when right instanceof List<?> b -> {
                    List<Object> joined = new ArrayList<>(a);
                    joined.addAll(b);
                    yield joined;
                }
                default -> cannot("+", left, right);
            };
        } catch (ArithmeticException _) {
            return new Problem("the sum is too large");
        }
    }

    private static Object difference(Object left, Object right) {
        try {
            return switch (left) {
                case Long a when right instanceof Long b -> Math.subtractExact(a, b);
                case Double a when right instanceof Double b -> a - b;
                case Duration a when right instanceof Duration b -> a.minus(b);
                default -> cannot("-", left, right);
            };
        } catch (ArithmeticException _) {
            return new Problem("the difference is too large");
        }
    }

    private static Object product(Object left, Object right) {
        try {
            return switch (left) {
                case Long a when right instanceof Long b -> Math.multiplyExact(a, b);
                case Double a when right instanceof Double b -> a * b;
                default -> cannot("*", left, right);
            };
        } catch (ArithmeticException _) {
            return new Problem("the product is too large");
        }
    }

    private static Object compared(Object left, Object right, IntPredicate wanted) {
        Integer order = order(left, right);
        return order == null ? cannot("<", left, right) : (Object) wanted.test(order);
    }

    /// @return null where the two cannot be compared
    private static @Nullable Integer order(Object left, Object right) {
        return switch (left) {
            case Long a when right instanceof Long b -> Long.compare(a, b);
            case Long a when right instanceof Double b -> reals((double) a, b);
            case Double a when right instanceof Long b -> reals(a, (double) b);
            case Double a when right instanceof Double b -> reals(a, b);
            case String a when right instanceof String b -> a.compareTo(b);
            case Boolean a when right instanceof Boolean b -> Boolean.compare(a, b);
            case Duration a when right instanceof Duration b -> a.compareTo(b);
            default -> null;
        };
    }

    private static @Nullable Integer reals(double left, double right) {
        return Double.isNaN(left) || Double.isNaN(right) ? null : Double.compare(left, right);
    }

    private static Object at(Object container, Object index) {
        return switch (container) {
            case Map<?, ?> map -> Values.got(map, index);
            case List<?> list when index instanceof Long at ->
                    at >= 0 && at < list.size()
                            ? Values.plain(list.get(at.intValue()))
                            : new Problem("the list has no item " + at);
            default -> cannot("[]", container, index);
        };
    }

    private static Object size(Object value) {
        return switch (value) {
            case String text -> (long) text.codePointCount(0, text.length());
            case List<?> list -> (long) list.size();
            case Map<?, ?> map -> (long) map.size();
            default -> cannot("size", value, NullValue.NULL_VALUE);
        };
    }

    private static Object negated(Object value) {
        return switch (value) {
            case Long whole when whole != Long.MIN_VALUE -> -whole;
            case Double real -> -real;
            default -> cannot("-", value, NullValue.NULL_VALUE);
        };
    }

    private static Object whole(Object value) {
        try {
            return switch (value) {
                case Long whole -> whole;
                case Double real when Math.abs(real) < Long.MAX_VALUE -> real.longValue();
                case String text -> Long.valueOf(text);
                default -> cannot("int", value, NullValue.NULL_VALUE);
            };
        } catch (NumberFormatException _) {
            return new Problem("the text is no whole number");
        }
    }

    private static Object real(Object value) {
        try {
            return switch (value) {
                case Long whole -> (double) whole;
                case Double real -> real;
                case String text -> Double.valueOf(text);
                default -> cannot("double", value, NullValue.NULL_VALUE);
            };
        } catch (NumberFormatException _) {
            return new Problem("the text is no number");
        }
    }

    private static Problem cannot(String operator, Object left, Object right) {
        return new Problem(
                "'"
                        + operator
                        + "' does not take "
                        + kind(left)
                        + (right == NullValue.NULL_VALUE ? "" : " and " + kind(right)));
    }

    private static String kind(Object value) {
        return switch (value) {
            case Long _, Double _ -> "a number";
            case String _ -> "a text";
            case Boolean _ -> "yes or no";
            case List<?> _ -> "a list";
            case Map<?, ?> _ -> "an object";
            case NullValue _ -> "nothing";
            default -> "that";
        };
    }
}
