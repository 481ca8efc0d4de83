package dev.devopspack.language.hcl.function;

import dev.devopspack.language.hcl.value.Value;
import dev.devopspack.language.hcl.value.Value.Str;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.Map;

/// Functions of points in time that are given; the clock is not read.
final class TimeFunctions {

    private static final Map<String, BigDecimal> UNITS =
            Map.of(
                    "ns", BigDecimal.ONE,
                    "us", BigDecimal.valueOf(1_000),
                    "µs", BigDecimal.valueOf(1_000),
                    "ms", BigDecimal.valueOf(1_000_000),
                    "s", BigDecimal.valueOf(1_000_000_000L),
                    "m", BigDecimal.valueOf(60_000_000_000L),
                    "h", BigDecimal.valueOf(3_600_000_000_000L));

    private TimeFunctions() {}

    static void addTo(Registry all) {
        all.whole("timeadd", 2, TimeFunctions::add);
        all.whole("timecmp", 2, TimeFunctions::compare);
        all.whole("formatdate", 2, TimeFunctions::format);
    }

    private static OffsetDateTime time(Arguments arguments, int index) {
        try {
            return OffsetDateTime.parse(
                    arguments.text(index), DateTimeFormatter.ISO_OFFSET_DATE_TIME);
        } catch (DateTimeException notATime) {
            throw arguments.problem(
                    "\"" + arguments.text(index) + "\" is no point in time",
                    "Write it as 2026-01-31T12:00:00Z");
        }
    }

    private static Value add(Arguments arguments) {
        try {
            OffsetDateTime result = time(arguments, 0).plus(duration(arguments, arguments.text(1)));
            return new Str(written(result));
        } catch (DateTimeException | ArithmeticException tooFar) {
            throw arguments.problem("the result is out of range", "Use a shorter duration");
        }
    }

    private static String written(OffsetDateTime time) {
        return DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssXXX", Locale.ROOT).format(time);
    }

    private static Duration duration(Arguments arguments, String text) {
        String rest = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
        BigDecimal nanos = BigDecimal.ZERO;
        boolean any = rest.equals("0");
        while (!rest.isEmpty() && !rest.equals("0")) {
            int digits = count(rest, "0123456789.");
            int unit = count(rest.substring(digits), "nuµmsh");
            BigDecimal factor = UNITS.get(rest.substring(digits, digits + unit));
            String number = rest.substring(0, digits);
            boolean readable =
                    factor != null
                            && digits > 0
                            && digits < 20
                            && number.indexOf('.') == number.lastIndexOf('.')
                            && !number.equals(".");
            if (!readable) {
                throw arguments.problem(
                        "\"" + text + "\" is no duration", "Write it as 1h30m, with h, m, s or ms");
            }
            nanos = nanos.add(new BigDecimal(number).multiply(factor));
            rest = rest.substring(digits + unit);
            any = true;
        }
        if (!any) {
            throw arguments.problem("the duration is empty", "Write it as 1h30m");
        }
        Duration duration = Duration.ofNanos(nanos.toBigInteger().longValueExact());
        return text.startsWith("-") ? duration.negated() : duration;
    }

    private static int count(String text, String characters) {
        int count = 0;
        while (count < text.length() && characters.indexOf(text.charAt(count)) >= 0) {
            count++;
        }
        return count;
    }

    private static Value compare(Arguments arguments) {
        return Value.of(
                Integer.signum(
                        time(arguments, 0).toInstant().compareTo(time(arguments, 1).toInstant())));
    }

    private static Value format(Arguments arguments) {
        String format = arguments.text(0);
        OffsetDateTime time = time(arguments, 1);
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (at < format.length()) {
            char c = format.charAt(at);
            if (c == '\'') {
                at = quoted(arguments, format, at, text);
            } else if (c < 128 && Character.isLetter(c)) {
                int end = at;
                while (end < format.length() && format.charAt(end) == c) {
                    end++;
                }
                text.append(field(arguments, format.substring(at, end), time));
                at = end;
            } else {
                text.append(c);
                at++;
            }
        }
        return new Str(text.toString());
    }

    private static int quoted(Arguments arguments, String format, int start, StringBuilder text) {
        int at = start + 1;
        while (at < format.length()) {
            if (format.charAt(at) != '\'') {
                text.append(format.charAt(at++));
            } else if (format.startsWith("''", at)) {
                text.append('\'');
                at += 2;
            } else {
                return at + 1;
            }
        }
        throw arguments.problem("a quote is not closed", "Close it with '");
    }

    private static String field(Arguments arguments, String field, OffsetDateTime time) {
        int twelve = time.getHour() % 12 == 0 ? 12 : time.getHour() % 12;
        boolean morning = time.getHour() < 12;
        return switch (field) {
            case "YYYY" -> padded(time.getYear(), 4);
            case "YY" -> padded(time.getYear() % 100, 2);
            case "MMMM" -> time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case "MMM" ->
                    time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH).substring(0, 3);
            case "MM" -> padded(time.getMonthValue(), 2);
            case "M" -> String.valueOf(time.getMonthValue());
            case "DD" -> padded(time.getDayOfMonth(), 2);
            case "D" -> String.valueOf(time.getDayOfMonth());
            case "EEEE" -> time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case "EEE" ->
                    time.getDayOfWeek()
                            .getDisplayName(TextStyle.FULL, Locale.ENGLISH)
                            .substring(0, 3);
            case "hh" -> padded(time.getHour(), 2);
            case "h" -> String.valueOf(time.getHour());
            case "HH" -> padded(twelve, 2);
            case "H" -> String.valueOf(twelve);
            case "AA" -> morning ? "AM" : "PM";
            case "aa" -> morning ? "am" : "pm";
            case "mm" -> padded(time.getMinute(), 2);
            case "m" -> String.valueOf(time.getMinute());
            case "ss" -> padded(time.getSecond(), 2);
            case "s" -> String.valueOf(time.getSecond());
            case "ZZZZZ" -> DateTimeFormatter.ofPattern("xxx", Locale.ROOT).format(time);
            case "ZZZZ" -> DateTimeFormatter.ofPattern("xx", Locale.ROOT).format(time);
            case "ZZZ" ->
                    time.getOffset().getTotalSeconds() == 0
                            ? "UTC"
                            : DateTimeFormatter.ofPattern("xx", Locale.ROOT).format(time);
            case "Z" -> DateTimeFormatter.ofPattern("XXX", Locale.ROOT).format(time);
            default ->
                    throw arguments.problem(
                            "\"" + field + "\" is no part of a time",
                            "Put plain text in single quotes");
        };
    }

    private static String padded(int number, int digits) {
        return String.format(Locale.ROOT, "%0" + digits + "d", number);
    }
}
