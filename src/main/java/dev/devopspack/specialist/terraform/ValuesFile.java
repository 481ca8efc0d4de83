package dev.devopspack.specialist.terraform;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Writes values as an HCL file of attributes, such as `production.auto.tfvars`, in the form that
/// `terraform fmt` leaves alone. No value can break out of the text around it.
final class ValuesFile {

    private ValuesFile() {}

    /// @param header a comment of ours, one line
    /// @param values by attribute name; `String`, `Integer`, `Boolean`, lists and maps of texts
    static String of(String header, Map<String, Object> values) {
        int width = values.keySet().stream().mapToInt(String::length).max().orElse(0);
        StringBuilder text = new StringBuilder("# ").append(header).append("\n\n");
        values.forEach((name, value) ->
                text.append(name)
                        .append(" ".repeat(width - name.length()))
                        .append(" = ")
                        .append(expression(value))
                        .append('\n'));
        return text.toString();
    }

    private static String expression(Object value) {
        return switch (value) {
            case String text -> quoted(text);
            case Boolean flag -> flag.toString();
            case Integer number -> number.toString();
            case List<?> items ->
                    items.stream()
                            .map(ValuesFile::expression)
                            .collect(Collectors.joining(", ", "[", "]"));
            case Map<?, ?> pairs ->
                    pairs.isEmpty()
                            ? "{}"
                            : pairs.entrySet().stream()
                                    .map(pair ->
                                            quoted(pair.getKey().toString())
                                                    + " = "
                                                    + expression(pair.getValue()))
                                    .collect(Collectors.joining(", ", "{ ", " }"));
            default -> throw new IllegalArgumentException("no HCL for " + value.getClass());
        };
    }

    /// `${` and `%{` would begin a template. A brace written as an escape begins none, whatever
    /// stands before it; doubling the sign would depend on how many stand there already.
    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        int before = 0;
        for (int c : text.codePoints().toArray()) {
            boolean opens = c == '{' && (before == '$' || before == '%');
            append(out, c, opens);
            before = c;
        }
        return out.append('"').toString();
    }

    private static void append(StringBuilder out, int c, boolean opens) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> out.append(isPlain(c) && !opens ? Character.toString(c) : escaped(c));
        }
    }

    private static boolean isPlain(int c) {
        return c >= ' ' && Character.getType(c) != Character.FORMAT && !Character.isISOControl(c);
    }

    private static String escaped(int c) {
        return c > 0xFFFF ? String.format("\\U%08X", c) : String.format("\\u%04X", c);
    }
}
