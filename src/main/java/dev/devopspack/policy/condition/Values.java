package dev.devopspack.policy.condition;

import com.google.common.collect.ImmutableSet;
import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelAttribute;
import dev.cel.runtime.CelUnknownSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the parts of a condition hand to each other.
final class Values {

    static final Problem TOO_OFTEN = new Problem("the condition goes through too many items");

    private Values() {}

    /// Whether there is no value to go on with.
    static boolean stops(Object value) {
        return value instanceof CelUnknownSet || value instanceof Problem;
    }

    static Object firstStop(Object first, Object second) {
        return stops(first) ? stops(second) ? undecided(first, second) : first : second;
    }

    /// What a yes or no was wanted of and is none.
    static Object noTruth(Object value) {
        return stops(value) ? value : new Problem("the condition gave no yes or no");
    }

    /// What is not known outweighs what has no value: known, it might have decided.
    static Object undecided(@Nullable Object before, Object now) {
        if (before == null || before instanceof Problem) {
            return before == null || now instanceof CelUnknownSet ? now : before;
        }
        if (now instanceof CelUnknownSet more && before instanceof CelUnknownSet known) {
            ImmutableSet<CelAttribute> attributes =
                    ImmutableSet.<CelAttribute>builder()
                            .addAll(known.attributes())
                            .addAll(more.attributes())
                            .build();
            return CelUnknownSet.create(attributes);
        }
        return before;
    }

    /// The value of a name; objects that do not know a name have no value for it.
    static Object got(Map<?, ?> map, Object key) {
        Object value = map.get(key);
        if (value != null) {
            return plain(value);
        }
        return map.containsKey(key)
                ? NullValue.NULL_VALUE
                : new Problem("there is no '" + key + "'");
    }

    /// CEL has one kind of whole numbers and one of others.
    static Object plain(@Nullable Object value) {
        return switch (value) {
            case null -> NullValue.NULL_VALUE;
            case Integer whole -> (long) whole;
            case Float real -> (double) real;
            default -> value;
        };
    }
}
