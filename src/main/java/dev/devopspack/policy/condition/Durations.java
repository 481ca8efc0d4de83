package dev.devopspack.policy.condition;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;

/// Durations as CEL and Go write them: `90s`, `1h30m`, `-1.5h`.
final class Durations {

    private static final Map<String, BigDecimal> NANOS =
            Map.of(
                    "h", BigDecimal.valueOf(3_600_000_000_000L),
                    "m", BigDecimal.valueOf(60_000_000_000L),
                    "s", BigDecimal.valueOf(1_000_000_000L),
                    "ms", BigDecimal.valueOf(1_000_000L),
                    "us", BigDecimal.valueOf(1_000L),
                    "ns", BigDecimal.ONE);

    /// Ten thousand years in seconds have twelve digits.
    private static final int MAX_CHARACTERS = 40;

    private static final BigDecimal MAX = BigDecimal.valueOf(Long.MAX_VALUE);

    private Durations() {}

    static Object of(Object value) {
        return switch (value) {
            case Duration duration -> duration;
            case String text -> parsed(text);
            default -> new Problem("'duration' does not take that");
        };
    }

    private static Object parsed(String text) {
        Problem none = new Problem("the text is no duration such as 90s");
        boolean negative = text.startsWith("-");
        String rest = negative ? text.substring(1) : text;
        if (rest.isEmpty() || rest.length() > MAX_CHARACTERS) {
            return none;
        }
        BigDecimal nanos = BigDecimal.ZERO;
        while (!rest.isEmpty()) {
            int digits = lengthOf(rest, true);
            int unit = lengthOf(rest.substring(digits), false);
            BigDecimal factor = NANOS.get(rest.substring(digits, digits + unit));
            String number = rest.substring(0, digits);
            if (factor == null || !number.matches("[0-9]+(\\.[0-9]+)?")) {
                return none;
            }
            nanos = nanos.add(new BigDecimal(number).multiply(factor));
            rest = rest.substring(digits + unit);
        }
        if (nanos.compareTo(MAX) > 0) {
            return none;
        }
        long whole = nanos.setScale(0, RoundingMode.DOWN).longValueExact();
        return Duration.ofNanos(negative ? -whole : whole);
    }

    private static int lengthOf(String text, boolean number) {
        int length = 0;
        while (length < text.length()
                && number
                        == (Character.isDigit(text.charAt(length)) || text.charAt(length) == '.')) {
            length++;
        }
        return length;
    }
}
