package dev.devopspack.language.yaml;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Numbers as plain scalars write them.
final class Numbers {

    /// A longer run of digits is a text to us: it fits no number type and costs time to convert.
    private static final int MAX_LENGTH = 64;

    private Numbers() {}

    /// @param go whether Go's spellings count: `0b1`, `010` as 8, `1_000`
    /// @return a `Long`, a `Double`, or null where the text is no number
    static @Nullable Object of(String text, boolean go) {
        if (text.isEmpty() || text.length() > MAX_LENGTH || !mayBeNumber(text.charAt(0))) {
            return null;
        }
        Long integer = integer(go ? text.replace("_", "") : text, go);
        if (integer != null) {
            return integer;
        }
        return decimal(text);
    }

    private static boolean mayBeNumber(char first) {
        return (first >= '0' && first <= '9') || first == '-' || first == '+' || first == '.';
    }

    private static @Nullable Long integer(String text, boolean go) {
        boolean signed = text.startsWith("-") || text.startsWith("+");
        String digits = signed ? text.substring(1) : text;
        String sign = text.startsWith("-") ? "-" : "";
        String prefix = digits.length() > 2 ? digits.substring(0, 2).toLowerCase(Locale.ROOT) : "";
        // Only Go takes a sign before a prefix.
        boolean prefixed = go || !signed;
        if (prefix.equals("0x") && prefixed) {
            return parsed(sign, digits.substring(2), 16);
        }
        if (prefix.equals("0o") && prefixed) {
            return parsed(sign, digits.substring(2), 8);
        }
        if (prefix.equals("0b") && go) {
            return parsed(sign, digits.substring(2), 2);
        }
        if (go && digits.length() > 1 && digits.startsWith("0")) {
            return parsed(sign, digits.substring(1), 8);
        }
        return parsed(sign, digits, 10);
    }

    private static @Nullable Long parsed(String sign, String digits, int radix) {
        for (int i = 0; i < digits.length(); i++) {
            char digit = digits.charAt(i);
            if (digit >= 128 || Character.digit(digit, radix) < 0) {
                return null;
            }
        }
        try {
            return Long.valueOf(sign + digits, radix);
        } catch (NumberFormatException _) {
            return null;
        }
    }

    private static @Nullable Double decimal(String text) {
        String unsigned = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
        return switch (unsigned) {
            case ".inf", ".Inf", ".INF" ->
                    text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
            case ".nan", ".NaN", ".NAN" ->
                    unsigned.equals(text) ? Double.valueOf(Double.NaN) : null;
            default -> isDecimal(unsigned) ? Double.valueOf(text) : null;
        };
    }

    /// `[0-9]+(\.[0-9]*)?|\.[0-9]+`, then `([eE][-+]?[0-9]+)?`.
    private static boolean isDecimal(String text) {
        int whole = digits(text, 0);
        int at = whole;
        int digits = whole;
        if (at < text.length() && text.charAt(at) == '.') {
            int end = digits(text, at + 1);
            digits += end - at - 1;
            at = end;
        }
        if (digits == 0) {
            return false;
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            at++;
            if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
                at++;
            }
            int end = digits(text, at);
            return end > at && end == text.length();
        }
        return at == text.length();
    }

    private static int digits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }
}
