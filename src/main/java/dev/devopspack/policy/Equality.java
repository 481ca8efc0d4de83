package dev.devopspack.policy;

import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelUnknownSet;
import dev.devopspack.policy.subject.Attributes;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Equality in rules, with Terraform's conversions and three answers.
///
/// `"true"` equals `true` and `"22"` equals `22`, because Terraform converts them for an attribute.
/// Where it depends on something unknown, the answer is that unknown.
final class Equality {

    private Equality() {}

    /// `Boolean` or `CelUnknownSet`.
    static Object equal(@Nullable Object a, @Nullable Object b) {
        if (a instanceof CelUnknownSet unknown) {
            return isNull(b) && Unknowns.isGiven(unknown) ? false : unknown;
        }
        if (b instanceof CelUnknownSet unknown) {
            return isNull(a) && Unknowns.isGiven(unknown) ? false : unknown;
        }
        if (a == null || b == null || isNull(a) || isNull(b)) {
            return isNull(a) && isNull(b);
        }
        return switch (a) {
            case List<?> left -> b instanceof List<?> right ? equalLists(left, right) : false;
            case Map<?, ?> left -> b instanceof Map<?, ?> right ? equalMaps(left, right) : false;
            default -> equalScalars(a, b);
        };
    }

    static Object notEqual(@Nullable Object a, @Nullable Object b) {
        Object equal = equal(a, b);
        return equal instanceof Boolean known ? !known : equal;
    }

    /// Whether the list, or the object's names, hold the value.
    static Object in(@Nullable Object value, @Nullable Object container) {
        CelUnknownSet unknown = null;
        Iterable<?> items =
                switch (container) {
                    case CelUnknownSet none -> List.of(none);
                    case List<?> list -> list;
                    case Attributes map -> map.keySet().stream().filter(map::isWritten).toList();
                    case Map<?, ?> map -> map.keySet();
                    case null, default -> List.of();
                };
        for (Object item : items) {
            Object equal = equal(value, item);
            if (equal.equals(true)) {
                return true;
            }
            if (equal instanceof CelUnknownSet maybe) {
                unknown = maybe;
            }
        }
        return unknown == null ? false : unknown;
    }

    static boolean isNull(@Nullable Object value) {
        return value == null || value == NullValue.NULL_VALUE;
    }

    private static Object equalLists(List<?> left, List<?> right) {
        if (left.size() != right.size()) {
            return false;
        }
        Object result = true;
        for (int i = 0; i < left.size(); i++) {
            Object equal = equal(left.get(i), right.get(i));
            if (equal.equals(false)) {
                return false;
            }
            result = equal.equals(true) ? result : equal;
        }
        return result;
    }

    private static Object equalMaps(Map<?, ?> left, Map<?, ?> right) {
        if (!left.keySet().equals(right.keySet())) {
            return false;
        }
        Object result = true;
        for (Map.Entry<?, ?> entry : left.entrySet()) {
            Object equal = equal(entry.getValue(), right.get(entry.getKey()));
            if (equal.equals(false)) {
                return false;
            }
            result = equal.equals(true) ? result : equal;
        }
        return result;
    }

    private static boolean equalScalars(Object a, Object b) {
        if (a instanceof Boolean || b instanceof Boolean) {
            return a.toString().equals(b.toString());
        }
        if (a instanceof Number || b instanceof Number) {
            BigDecimal left = number(a);
            BigDecimal right = number(b);
            return left != null && right != null && left.compareTo(right) == 0;
        }
        return a.equals(b);
    }

    /// The number that the value is or spells, if it does.
    static @Nullable BigDecimal number(@Nullable Object value) {
        return switch (value) {
            case Long whole -> BigDecimal.valueOf(whole);
            case Integer whole -> BigDecimal.valueOf(whole);
            case Double real when Double.isFinite(real) -> BigDecimal.valueOf(real);
            // A port, a number of days, a size: nobody writes one with more than 18 digits.
            case String text when text.matches("-?[0-9]{1,18}(\\.[0-9]{1,9})?") ->
                    new BigDecimal(text);
            case null, default -> null;
        };
    }
}
