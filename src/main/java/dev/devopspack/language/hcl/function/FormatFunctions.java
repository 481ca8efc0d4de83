package dev.devopspack.language.hcl.function;

import dev.devopspack.language.hcl.value.Conversions;
import dev.devopspack.language.hcl.value.Value;
import dev.devopspack.language.hcl.value.Value.ListValue;
import dev.devopspack.language.hcl.value.Value.Null;
import dev.devopspack.language.hcl.value.Value.Num;
import dev.devopspack.language.hcl.value.Value.Str;
import dev.devopspack.language.hcl.value.Value.Unknown;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/// `format` and `formatlist`.
final class FormatFunctions {

    private FormatFunctions() {}

    static void addTo(Registry all) {
        all.any("format", 1, Function.ANY, FormatFunctions::format);
        all.any("formatlist", 1, Function.ANY, FormatFunctions::formatList);
    }

    private static Value format(Arguments arguments) {
        if (arguments.value(0) instanceof Unknown unknown) {
            return Unknown.from(List.of(unknown));
        }
        List<Value> values = arguments.values().subList(1, arguments.count());
        return new Formatter(arguments, arguments.text(0), values).result();
    }

    /// Lists among the arguments are gone through together; other arguments stay the same.
    private static Value formatList(Arguments arguments) {
        for (Value value : arguments.values()) {
            if (value instanceof Unknown unknown) {
                return Unknown.from(List.of(unknown));
            }
        }
        int length = -1;
        for (Value value : arguments.values()) {
            if (value instanceof ListValue list) {
                if (length >= 0 && length != list.items().size()) {
                    throw arguments.problem(
                            "the lists differ in length", "Give it lists of the same length");
                }
                length = list.items().size();
            }
        }
        List<Value> results = new ArrayList<>();
        for (int i = 0; i < (length < 0 ? 1 : length); i++) {
            List<Value> row = new ArrayList<>();
            for (Value value : arguments.values().subList(1, arguments.count())) {
                row.add(value instanceof ListValue list ? list.items().get(i) : value);
            }
            results.add(new Formatter(arguments, arguments.text(0), row).result());
        }
        return Value.list(results);
    }

    /// One run over a format string.
    private static final class Formatter {

        /// Width and precision: a text padded beyond this is no configuration.
        private static final int WIDTH = 1000;

        private final Arguments arguments;
        private final String format;
        private final List<Value> values;
        private final StringBuilder text = new StringBuilder();
        private final List<Value> pieces = new ArrayList<>();
        private final List<Unknown> unknown = new ArrayList<>();
        private int at;
        private int next;
        private int highest;

        Formatter(Arguments arguments, String format, List<Value> values) {
            this.arguments = arguments;
            this.format = format;
            this.values = values;
        }

        Value result() {
            while (at < format.length()) {
                char c = format.charAt(at++);
                if (c != '%') {
                    text.append(c);
                } else if (at < format.length() && format.charAt(at) == '%') {
                    text.append('%');
                    at++;
                } else {
                    verb();
                }
                arguments.budget().chargeText(text.length());
            }
            if (highest < values.size()) {
                throw arguments.problem(
                        "there are " + values.size() + " values, and the format uses " + highest,
                        "Remove a value, or use it");
            }
            if (unknown.isEmpty()) {
                return new Str(text.toString());
            }
            flush();
            return Unknown.from(unknown, new Value.Hint.Text(pieces));
        }

        private void flush() {
            if (!text.isEmpty()) {
                pieces.add(new Str(text.toString()));
                text.setLength(0);
            }
        }

        private void verb() {
            int start = at;
            while (at < format.length() && "+-# 0".indexOf(format.charAt(at)) >= 0) {
                at++;
            }
            String flags = format.substring(start, at);
            int width = digits();
            int precision = -1;
            if (at < format.length() && format.charAt(at) == '.') {
                at++;
                precision = Math.max(0, digits());
            }
            if (at < format.length() && format.charAt(at) == '[') {
                at++;
                next = digits() - 1;
                at++;
            }
            if (at >= format.length()) {
                throw arguments.problem(
                        "the format ends inside a verb", "Write %% for a percent sign");
            }
            char verb = format.charAt(at++);
            if (next < 0 || next >= values.size()) {
                throw arguments.problem(
                        "there is no value for verb " + (next + 1), "Give it more values");
            }
            Value value = values.get(next++);
            highest = Math.max(highest, next);
            if (value instanceof Null && verb != 'v') {
                throw arguments.problem("a value is null", "Test for null before");
            }
            if (value instanceof Unknown u) {
                flush();
                unknown.add(u);
                pieces.add(u);
            } else {
                String shown = formatted(verb, value, flags, precision);
                text.append(verb == 't' ? shown : padded(shown, width, flags));
            }
        }

        private int digits() {
            int start = at;
            while (at < format.length() && Character.isDigit(format.charAt(at))) {
                at++;
            }
            String number = format.substring(start, at);
            if (number.length() > 4 || (!number.isEmpty() && Integer.parseInt(number) > WIDTH)) {
                throw arguments.problem("a width is beyond " + WIDTH, "Use a smaller one");
            }
            return number.isEmpty() ? -1 : Integer.parseInt(number);
        }

        private static String padded(String value, int width, String flags) {
            int missing = width - value.codePointCount(0, value.length());
            if (missing <= 0) {
                return value;
            }
            if (flags.contains("-")) {
                return value + " ".repeat(missing);
            }
            if (flags.contains("0")) {
                boolean signed = value.startsWith("-") || value.startsWith("+");
                return signed
                        ? value.charAt(0) + "0".repeat(missing) + value.substring(1)
                        : "0".repeat(missing) + value;
            }
            return " ".repeat(missing) + value;
        }

        private String formatted(char verb, Value value, String flags, int precision) {
            return switch (verb) {
                case 'v' -> flags.contains("#") ? Json.write(value, arguments) : plain(value);
                case 's' -> cut(string(value), precision);
                case 'q' -> {
                    StringBuilder quoted = new StringBuilder();
                    Json.quote(string(value), quoted);
                    yield quoted.toString();
                }
                case 't' ->
                        String.valueOf(
                                Conversions.bool(value).orElseThrow(() -> wrong(verb, value)));
                case 'b', 'd', 'o', 'x', 'X' ->
                        NumberFormat.formatted(verb, whole(verb, value), flags, precision);
                case 'e', 'E', 'f', 'F', 'g', 'G' ->
                        NumberFormat.formatted(verb, number(verb, value), flags, precision);
                default ->
                        throw arguments.problem(
                                "\"%" + verb + "\" is no verb",
                                "Use %s, %d, %v or one of the others");
            };
        }

        private String plain(Value value) {
            return switch (value) {
                case Num n -> NumberFormat.formatted('g', n.value(), "", -1);
                default -> Conversions.text(value).orElseGet(() -> Json.write(value, arguments));
            };
        }

        private String string(Value value) {
            return Conversions.text(value).orElseThrow(() -> wrong('s', value));
        }

        private static String cut(String value, int precision) {
            return precision < 0 || value.codePointCount(0, value.length()) <= precision
                    ? value
                    : value.substring(0, value.offsetByCodePoints(0, precision));
        }

        private BigDecimal number(char verb, Value value) {
            return Conversions.number(value).orElseThrow(() -> wrong(verb, value));
        }

        private BigDecimal whole(char verb, Value value) {
            BigDecimal number = number(verb, value);
            if (number.stripTrailingZeros().scale() > 0) {
                throw arguments.problem(
                        "\"%" + verb + "\" is used on a fraction", "Use %f, or round it before");
            }
            return number;
        }

        private RuntimeException wrong(char verb, Value value) {
            return arguments.problem(
                    "\"%" + verb + "\" is used on " + value.kind(), "Use %v, or another value");
        }
    }
}
