package dev.devopspack.specialist.security;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/// Values as they stand in other languages, so that nothing breaks out of the text around it.
final class Texts {

    private static final ObjectWriter JSON = new ObjectMapper().writerWithDefaultPrettyPrinter();
    private static final ObjectMapper COMPACT = new ObjectMapper();

    private Texts() {}

    static String json(Map<String, Object> document) {
        try {
            return JSON.writeValueAsString(document) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps, lists and texts can be written", e);
        }
    }

    /// Without white space between tokens, on one line that does not end.
    static String compact(Map<String, Object> document) {
        try {
            return COMPACT.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps, lists and texts can be written", e);
        }
    }

    /// A literal of CEL and of Rego alike: JSON's escapes are known to both.
    static String literal(Object value) {
        return switch (value) {
            case String text -> quoted(text);
            case Collection<?> items ->
                    items.stream().map(Texts::literal).collect(Collectors.joining(", ", "[", "]"));
            default -> value.toString();
        };
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }
}
