package dev.devopspack.language.hcl.value;

import dev.devopspack.language.hcl.value.Value.Bool;
import dev.devopspack.language.hcl.value.Value.ListValue;
import dev.devopspack.language.hcl.value.Value.Null;
import dev.devopspack.language.hcl.value.Value.Num;
import dev.devopspack.language.hcl.value.Value.ObjectValue;
import dev.devopspack.language.hcl.value.Value.Str;
import dev.devopspack.language.hcl.value.Value.Unknown;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/// Terraform's conversions between kinds of value, its equality and its order.
public final class Conversions {

    /// Digits of a number, as in the parser: a longer one is no measure of anything.
    private static final int NUMBER_DIGITS = 1000;

    private Conversions() {}

    /// Text of a string, number or bool.
    public static Optional<String> text(Value value) {
        return switch (value) {
            case Str s -> Optional.of(s.value());
            case Num n -> Optional.of(n.value().toPlainString());
            case Bool b -> Optional.of(Boolean.toString(b.value()));
            case Null _, ListValue _, ObjectValue _, Unknown _ -> Optional.empty();
        };
    }

    /// Number of a number, or of a string that is one.
    public static Optional<BigDecimal> number(Value value) {
        return switch (value) {
            case Num n -> Optional.of(n.value());
            case Str s -> parsed(s.value());
            case Null _, Bool _, ListValue _, ObjectValue _, Unknown _ -> Optional.empty();
        };
    }

    private static Optional<BigDecimal> parsed(String text) {
        if (text.isEmpty() || text.length() > NUMBER_DIGITS || !looksLikeNumber(text)) {
            return Optional.empty();
        }
        try {
            BigDecimal number = new BigDecimal(text);
            boolean bounded =
                    (long) number.precision() + Math.abs((long) number.scale()) <= NUMBER_DIGITS;
            return bounded ? Optional.of(number) : Optional.empty();
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    private static boolean looksLikeNumber(String text) {
        return text.chars().allMatch(c -> (c >= '0' && c <= '9') || "+-.eE".indexOf(c) >= 0);
    }

    /// Bool of a bool, or of the strings `true`, `false`, `1` and `0`.
    public static Optional<Boolean> bool(Value value) {
        return switch (value) {
            case Bool b -> Optional.of(b.value());
            case Str(String s) when s.equals("true") || s.equals("1") -> Optional.of(true);
            case Str(String s) when s.equals("false") || s.equals("0") -> Optional.of(false);
            case Str _, Num _, Null _, ListValue _, ObjectValue _, Unknown _ -> Optional.empty();
        };
    }

    /// The items as a set: distinct, in order.
    public static ListValue set(List<Value> items) {
        List<Value> distinct = new ArrayList<>(new LinkedHashSet<>(items));
        distinct.sort(ORDER);
        return new ListValue(distinct, true);
    }

    /// The order in which Terraform lists the items of a set.
    public static final Comparator<Value> ORDER =
            (a, b) -> {
                if (a instanceof Num x && b instanceof Num y) {
                    return x.value().compareTo(y.value());
                }
                if (a instanceof Str x && b instanceof Str y) {
                    return compareText(x.value(), y.value());
                }
                if (a instanceof Bool x && b instanceof Bool y) {
                    return Boolean.compare(x.value(), y.value());
                }
                return Integer.compare(rank(a), rank(b));
            };

    private static int rank(Value value) {
        return switch (value) {
            case Bool _ -> 0;
            case Num _ -> 1;
            case Str _ -> 2;
            case ListValue _ -> 3;
            case ObjectValue _ -> 4;
            case Null _ -> 5;
            case Unknown _ -> 6;
        };
    }

    /// By code points, which is the order of UTF-8 bytes.
    public static int compareText(String a, String b) {
        int i = 0;
        while (i < a.length() && i < b.length()) {
            int x = a.codePointAt(i);
            int y = b.codePointAt(i);
            if (x != y) {
                return Integer.compare(x, y);
            }
            i += Character.charCount(x);
        }
        return Integer.compare(a.length(), b.length());
    }
}
