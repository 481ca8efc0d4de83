package dev.devopspack.language.hcl.function;

import dev.devopspack.language.hcl.value.Value;
import dev.devopspack.language.hcl.value.Value.ListValue;
import dev.devopspack.language.hcl.value.Value.ObjectValue;
import dev.devopspack.language.hcl.value.Value.Str;
import dev.devopspack.language.hcl.value.Value.Unknown;
import java.util.Map;

/// Writes YAML in the layout of `yamlencode`: strings and keys in double quotes, two spaces a
/// level.
final class YamlWriter {

    private final Arguments arguments;
    private final StringBuilder text = new StringBuilder();

    YamlWriter(Arguments arguments) {
        this.arguments = arguments;
    }

    String text() {
        return text.toString();
    }

    void document(Value value) {
        switch (value) {
            case Str _ -> scalar(value, "  ");
            case Value.Null _, Value.Bool _, Value.Num _ -> {
                flow(value);
                text.append("\n...\n");
            }
            default -> {
                if (isBlock(value)) {
                    block(value, "", false);
                } else {
                    flow(value);
                    text.append('\n');
                }
            }
        }
    }

    private static boolean isBlock(Value value) {
        return (value instanceof ListValue list && !list.items().isEmpty())
                || (value instanceof ObjectValue object && !object.members().isEmpty());
    }

    /// @param onLine whether the first item continues a line that was begun
    private void block(Value value, String indent, boolean onLine) {
        boolean first = onLine;
        switch (value) {
            case ListValue list -> {
                for (Value item : list.items()) {
                    begin(indent, first);
                    first = false;
                    text.append("- ");
                    nested(item, indent + "  ", true);
                }
            }
            case ObjectValue object -> {
                for (Map.Entry<String, Value> member : object.members().entrySet()) {
                    begin(indent, first);
                    first = false;
                    Json.quote(member.getKey(), text);
                    text.append(':');
                    member(member.getValue(), indent);
                }
            }
            default -> throw new IllegalArgumentException("no block: " + value.kind());
        }
    }

    private void begin(String indent, boolean onLine) {
        arguments.budget().chargeText(text.length() / 1024);
        if (text.length() > Budget.TEXT_CHARS) {
            arguments.budget().chargeText(text.length());
        }
        text.append(onLine ? "" : indent);
    }

    private void member(Value value, String indent) {
        if (isBlock(value)) {
            text.append('\n');
            block(value, value instanceof ListValue ? indent : indent + "  ", false);
        } else {
            text.append(' ');
            scalar(value, indent + "  ");
        }
    }

    private void nested(Value value, String indent, boolean onLine) {
        if (isBlock(value)) {
            block(value, indent, onLine);
        } else {
            scalar(value, indent);
        }
    }

    private void scalar(Value value, String indent) {
        if (value instanceof Str(String s) && isLiteral(s)) {
            literal(s, indent);
        } else {
            flow(value);
            text.append('\n');
        }
    }

    /// The block style `|`, which is used for text of several lines.
    private void literal(String value, String indent) {
        boolean hint = value.startsWith(" ") || value.startsWith("\n");
        boolean ends = value.endsWith("\n");
        boolean keeps = value.endsWith("\n\n") || value.equals("\n");
        text.append('|').append(hint ? "2" : "").append(keeps ? "+" : ends ? "" : "-").append('\n');
        String lines = ends ? value.substring(0, value.length() - 1) : value;
        for (String line : lines.split("\n", -1)) {
            text.append(line.isEmpty() ? "" : indent).append(line).append('\n');
        }
    }

    private static boolean isLiteral(String value) {
        return value.contains("\n")
                && value.chars()
                        .allMatch(c ->
                                c == '\n'
                                        || (c >= ' ' && c != 0x7f && c < Character.MIN_SURROGATE));
    }

    private void flow(Value value) {
        switch (value) {
            case Value.Null _ -> text.append("null");
            case Value.Bool b -> text.append(b.value());
            case Value.Num n -> text.append(n.value().toPlainString());
            case Str s -> Json.quote(s.value(), text);
            case ListValue _ -> text.append("[]");
            case ObjectValue _ -> text.append("{}");
            case Unknown unknown ->
                    throw arguments.problem(unknown.reason(), "Give it a known value");
        }
    }
}
