package dev.devopspack.language.hcl.function;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.devopspack.language.hcl.value.Value;
import dev.devopspack.language.hcl.value.Value.ListValue;
import dev.devopspack.language.hcl.value.Value.ObjectValue;
import dev.devopspack.language.hcl.value.Value.Str;
import dev.devopspack.language.hcl.value.Value.Unknown;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// JSON as Terraform reads and writes it.
final class Json {

    /// Levels of nesting: each costs stack for whoever walks the value.
    private static final int DEPTH = 100;

    private static final int NUMBER_CHARS = 500;

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(DEPTH)
                                    .maxNumberLength(NUMBER_CHARS)
                                    .build())
                    .build();

    private Json() {}

    static Value read(String text, Arguments arguments) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            parser.nextToken();
            Value value = value(parser, arguments);
            if (parser.nextToken() != null) {
                throw arguments.problem("text follows the JSON value", "Give it one value");
            }
            return value;
        } catch (IOException notJson) {
            throw arguments.problem("the text is not JSON", "Give it one JSON value");
        }
    }

    private static Value value(JsonParser parser, Arguments arguments) throws IOException {
        arguments.budget().charge(1);
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw arguments.problem("the JSON text ends early", "Give it one JSON value");
        }
        return switch (token) {
            case VALUE_NULL -> Value.Null.VALUE;
            case VALUE_TRUE -> Value.Bool.TRUE;
            case VALUE_FALSE -> Value.Bool.FALSE;
            case VALUE_STRING -> new Str(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getText(), arguments);
            case START_ARRAY -> array(parser, arguments);
            case START_OBJECT -> object(parser, arguments);
            case NOT_AVAILABLE, END_ARRAY, END_OBJECT, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
                    throw arguments.problem("the text is not JSON", "Give it one JSON value");
        };
    }

    private static Value number(String text, Arguments arguments) {
        BigDecimal number = new BigDecimal(text);
        if (Math.abs((long) number.scale()) > NUMBER_CHARS) {
            throw arguments.problem("a number is too large or too small", "Use smaller numbers");
        }
        return new Value.Num(number);
    }

    private static Value array(JsonParser parser, Arguments arguments) throws IOException {
        List<Value> items = new ArrayList<>();
        while (next(parser, arguments) != JsonToken.END_ARRAY) {
            items.add(value(parser, arguments));
        }
        return Value.list(items);
    }

    private static Value object(JsonParser parser, Arguments arguments) throws IOException {
        Map<String, Value> members = new TreeMap<>();
        while (next(parser, arguments) != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            next(parser, arguments);
            members.put(name, value(parser, arguments));
        }
        return new ObjectValue(members, null);
    }

    private static JsonToken next(JsonParser parser, Arguments arguments) throws IOException {
        @Nullable JsonToken token = parser.nextToken();
        if (token == null) {
            throw arguments.problem("the JSON text ends early", "Give it one JSON value");
        }
        return token;
    }

    static String write(Value value, Arguments arguments) {
        StringBuilder text = new StringBuilder();
        write(value, text, arguments);
        return text.toString();
    }

    private static void write(Value value, StringBuilder text, Arguments arguments) {
        arguments.budget().chargeText(text.length() / 1024);
        switch (value) {
            case Value.Null _ -> text.append("null");
            case Value.Bool b -> text.append(b.value());
            case Value.Num n -> text.append(n.value().toPlainString());
            case Str s -> quote(s.value(), text);
            case ListValue list -> {
                text.append('[');
                for (int i = 0; i < list.items().size(); i++) {
                    text.append(i == 0 ? "" : ",");
                    write(list.items().get(i), text, arguments);
                }
                text.append(']');
            }
            case ObjectValue object -> {
                text.append('{');
                boolean first = true;
                for (Map.Entry<String, Value> member : object.members().entrySet()) {
                    text.append(first ? "" : ",");
                    first = false;
                    quote(member.getKey(), text);
                    text.append(':');
                    write(member.getValue(), text, arguments);
                }
                text.append('}');
            }
            case Unknown unknown ->
                    throw arguments.problem(unknown.reason(), "Give it a known value");
        }
        if (text.length() > Budget.TEXT_CHARS) {
            arguments.budget().chargeText(text.length());
        }
    }

    /// Terraform writes `<`, `>` and `&` as escapes, as the Go library does by default.
    static void quote(String value, StringBuilder text) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                case '\b' -> text.append("\\b");
                case '\f' -> text.append("\\f");
                default -> {
                    if (c < ' '
                            || c == '<'
                            || c == '>'
                            || c == '&'
                            || c == '\u2028'
                            || c == '\u2029') {
                        text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }
}
