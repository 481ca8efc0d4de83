package dev.devopspack.policy.kubernetes;

import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelUnknownSet;
import dev.devopspack.language.kubernetes.Patterns;
import dev.devopspack.policy.Unknowns;
import dev.devopspack.policy.condition.Function;
import dev.devopspack.policy.condition.Function.Kind;
import dev.devopspack.policy.condition.Problem;
import dev.devopspack.policy.condition.Turns;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// The functions of rules in CEL as Kubernetes has them, where their cost grows with what they are
/// given or where ours differ. Each takes its cost from the turns of the set.
final class DefinitionFunctions {

    /// A text that a rule makes is a name or a message; what doubles in each turn of a macro would
    /// fill the memory.
    private static final int MAX_MADE = 10_000;

    /// A pattern of a rule with its counts written out; all that are kept take a few megabytes.
    private static final long MAX_PATTERN = 20_000;

    /// About so many characters or items are looked at in the time of a turn.
    private static final int LOOKS_OF_A_TURN = 100;

    /// Making a pattern costs more than looking at its characters.
    private static final int PATTERN_OF_A_TURN = 20;

    private final Turns turns;
    private final Patterns patterns = new Patterns(MAX_PATTERN);
    private final Map<String, Function> byName = new HashMap<>();

    DefinitionFunctions(Turns turns) {
        this.turns = turns;
        two("_==_", (a, b) -> equal(a, b));
        two("_!=_", this::notEqual);
        two("@in", this::in);
        two("_+_", this::sum);
        two("_/_", DefinitionFunctions::quotient);
        two("_%_", DefinitionFunctions::rest);
        two("has", DefinitionFunctions::has);
        two("matches", (a, b) -> matches((String) a, (String) b));
        two("startsWith", (a, b) -> ((String) a).startsWith((String) b));
        two("endsWith", (a, b) -> ((String) a).endsWith((String) b));
        two("contains", (a, b) -> contains((String) a, (String) b));
        two("split", (a, b) -> split((String) a, (String) b));
        one("size", this::size);
        one("string", DefinitionFunctions::text);
        one("dyn", a -> a);
        one("lowerAscii", a -> looked((String) a, ((String) a).length(), true));
        one("upperAscii", a -> looked((String) a, ((String) a).length(), false));
    }

    Map<String, Function> byName() {
        return Map.copyOf(byName);
    }

    /// What stands for what is not worked out here.
    ///
    /// @param why in words that follow `not judged: `
    static CelUnknownSet notDone(String why) {
        return Unknowns.because(why);
    }

    /// A list that Kubernetes compares without its order.
    static final class Unordered extends AbstractList<Object> {

        private final List<Object> items;

        Unordered(List<Object> items) {
            this.items = items;
        }

        @Override
        public @Nullable Object get(int index) {
            return items.get(index);
        }

        @Override
        public int size() {
            return items.size();
        }
    }

    @FunctionalInterface
    private interface One {
        Object of(Object value);
    }

    @FunctionalInterface
    private interface Two {
        Object of(Object left, Object right);
    }

    private void one(String name, One body) {
        add(name, 1, values -> body.of(values[0]));
    }

    private void two(String name, Two body) {
        add(name, 2, values -> body.of(values[0], values[1]));
    }

    private void add(String name, int parameters, Function.Body body) {
        List<Kind> kinds = List.of(Kind.ANY, Kind.ANY).subList(0, parameters);
        byName.put(
                name,
                new Function(
                        name,
                        false,
                        Kind.ANY,
                        kinds,
                        values -> {
                            for (Object value : values) {
                                if (value instanceof CelUnknownSet) {
                                    return value;
                                }
                            }
                            return body.apply(values);
                        }));
    }

    private boolean take(long looks) {
        return turns.take((int) Math.min(looks / LOOKS_OF_A_TURN, Integer.MAX_VALUE));
    }

    private static Problem tooMuch() {
        return new Problem("too much work");
    }

    /// Numbers are equal whatever their kind is.
    private Object equal(@Nullable Object left, @Nullable Object right) {
        if (left instanceof CelUnknownSet unknown) {
            return unknown;
        }
        if (right instanceof CelUnknownSet unknown) {
            return unknown;
        }
        if (left instanceof Unordered || right instanceof Unordered) {
            return notDone("it compares lists without their order");
        }
        if (left instanceof List<?> a && right instanceof List<?> b) {
            return a.size() == b.size() ? equalItems(a, b) : false;
        }
        if (left instanceof Map<?, ?> a && right instanceof Map<?, ?> b) {
            if (!take(a.size())) {
                return tooMuch();
            }
            if (!a.keySet().equals(b.keySet())) {
                return false;
            }
            List<Object> values = new ArrayList<>();
            a.keySet().forEach(key -> values.add(b.get(key)));
            return equalItems(new ArrayList<>(a.values()), values);
        }
        if (left instanceof String a && right instanceof String b) {
            return take(Math.min(a.length(), b.length())) ? a.equals(b) : tooMuch();
        }
        if (left instanceof Number a && right instanceof Number b && a.getClass() != b.getClass()) {
            return a.doubleValue() == b.doubleValue();
        }
        return plain(left).equals(plain(right));
    }

    private Object notEqual(Object left, Object right) {
        Object same = equal(left, right);
        return same instanceof Boolean yes ? !yes : same;
    }

    private Object equalItems(List<?> left, List<?> right) {
        Object open = true;
        for (int i = 0; i < left.size(); i++) {
            Object same = turns.take(1) ? equal(left.get(i), right.get(i)) : tooMuch();
            if ((same instanceof Boolean yes && !yes) || same instanceof Problem) {
                return same;
            }
            open = same instanceof CelUnknownSet ? same : open;
        }
        return open;
    }

    private static Object plain(@Nullable Object value) {
        return value == null ? NullValue.NULL_VALUE : value;
    }

    private Object in(Object item, Object container) {
        if (container instanceof Map<?, ?> map) {
            return map.containsKey(item);
        }
        Object open = false;
        for (Object each : (List<?>) container) {
            Object same = take(LOOKS_OF_A_TURN) ? equal(item, each) : tooMuch();
            if ((same instanceof Boolean yes && yes) || same instanceof Problem) {
                return same;
            }
            open = same instanceof CelUnknownSet ? same : open;
        }
        return open;
    }

    private Object sum(Object left, Object right) {
        try {
            return switch (left) {
                case Long a when right instanceof Long b -> Math.addExact(a, b);
                case Double a when right instanceof Double b -> a + b;
                case String a when right instanceof String b -> {
                    Object stop = made(a.length() + b.length());
                    yield stop == null ? a + b : stop;
                }
                case Unordered _ -> notDone("it joins lists without their order");
                case List<?> a when right instanceof List<?> b -> {
                    Object stop = made(a.size() + b.size());
                    if (stop != null) {
                        yield stop;
                    }
                    List<Object> joined = new ArrayList<>(a);
                    joined.addAll(b);
                    yield joined;
                }
                default -> notDone("it adds what is not added here");
            };
        } catch (ArithmeticException _) {
            return new Problem("the sum is too large");
        }
    }

    /// @return what to answer instead; null where so much may be made
    private @Nullable Object made(int size) {
        if (size > MAX_MADE) {
            return notDone("it makes a value that is too large");
        }
        return take(size) ? null : tooMuch();
    }

    private static Object quotient(Object left, Object right) {
        return switch (left) {
            case Long a when right instanceof Long b ->
                    b == 0 || (a == Long.MIN_VALUE && b == -1)
                            ? new Problem("it divides by zero or beyond the numbers")
                            : (Object) (a / b);
            case Double a when right instanceof Double b -> a / b;
            default -> notDone("it divides what is not divided here");
        };
    }

    private static Object rest(Object left, Object right) {
        return left instanceof Long a && right instanceof Long b
                ? b == 0 ? new Problem("it divides by zero") : (Object) (a % b)
                : notDone("it divides what is not divided here");
    }

    private static Object has(Object of, Object name) {
        return ((Map<?, ?>) of).containsKey(name);
    }

    private Object matches(String text, String pattern) {
        OptionalInt cost = patterns.cost(pattern, text);
        if (cost.isEmpty()) {
            return notDone("a pattern or the text that it is for is too large");
        }
        boolean enough = turns.take(1 + cost.getAsInt() + pattern.length() / PATTERN_OF_A_TURN);
        return enough
                ? patterns.isIn(pattern, text)
                        .<Object>map(yes -> yes)
                        .orElseGet(() -> notDone("a pattern is of another kind"))
                : tooMuch();
    }

    /// The parts may be looked for at each place of the text.
    private Object contains(String text, String part) {
        return take((long) text.length() * Math.min(part.length(), LOOKS_OF_A_TURN))
                ? text.contains(part)
                : tooMuch();
    }

    private Object split(String text, String by) {
        if (by.isEmpty()) {
            return notDone("it splits a text into its characters");
        }
        return take((long) text.length() * by.length())
                ? List.<Object>copyOf(Arrays.asList(text.split(quoted(by), -1)))
                : tooMuch();
    }

    private static String quoted(String text) {
        return java.util.regex.Pattern.quote(text);
    }

    private Object size(Object value) {
        return switch (value) {
            case String text ->
                    take(text.length())
                            ? (Object) (long) text.codePointCount(0, text.length())
                            : tooMuch();
            case List<?> list -> (long) list.size();
            case Map<?, ?> map -> (long) map.size();
            default -> notDone("it asks for the size of what has none here");
        };
    }

    private static Object text(Object value) {
        return switch (value) {
            case String text -> text;
            case Long whole -> String.valueOf(whole);
            case Boolean yes -> String.valueOf(yes);
            default -> notDone("it makes a text of what is not written here");
        };
    }

    /// Only the letters of ASCII change.
    private Object looked(String text, int cost, boolean lower) {
        if (!take(cost)) {
            return tooMuch();
        }
        StringBuilder changed = new StringBuilder(text.length());
        text.codePoints()
                .forEach(c ->
                        changed.appendCodePoint(
                                c > 127
                                        ? c
                                        : lower
                                                ? Character.toLowerCase(c)
                                                : Character.toUpperCase(c)));
        return changed.toString();
    }
}
