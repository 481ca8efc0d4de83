package dev.devopspack.language.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devopspack.language.schema.NestedSchema.Nesting;
import java.util.LinkedHashMap;
import java.util.Map;

/// Reads one block of a schema pack from its JSON.
final class BlockReader {
    private BlockReader() {}

    static BlockSchema read(JsonNode json) {
        Map<String, AttributeSchema> attributes = new LinkedHashMap<>();
        json.path("a")
                .properties()
                .forEach(entry ->
                        attributes.put(entry.getKey(), attribute(entry.getValue().asText())));
        Map<String, NestedSchema> nested = new LinkedHashMap<>();
        json.path("b")
                .properties()
                .forEach(entry -> nested.put(entry.getKey(), nested(entry.getValue())));
        return attributes.isEmpty() && nested.isEmpty()
                ? BlockSchema.EMPTY
                : new BlockSchema(attributes, nested);
    }

    private static NestedSchema nested(JsonNode json) {
        Nesting nesting =
                switch (json.path("k").asText()) {
                    case "single", "struct" -> Nesting.SINGLE;
                    case "list" -> Nesting.LIST;
                    case "set" -> Nesting.SET;
                    case "map" -> Nesting.MAP;
                    default ->
                            throw new SchemaPackException(
                                    "'"
                                            + json.path("k").asText()
                                            + "' is not a nesting: use single, struct, list, set or map");
                };
        return new NestedSchema(
                nesting,
                presence(json.path("f").asText("o")),
                json.path("max").asInt() == 1,
                json.path("n").asInt() == 1,
                read(json));
    }

    /// `L(s)ro` is a required or optional list of strings: a type, then the flags.
    static AttributeSchema attribute(String code) {
        int end = typeEnd(code, 0);
        return new AttributeSchema(type(code.substring(0, end)), presence(code.substring(end)));
    }

    private static int typeEnd(String code, int start) {
        if (start >= code.length()) {
            throw new SchemaPackException(
                    "'" + code + "' is not a type: use s, n, b, y, L(...), S(...) or M(...)");
        }
        return start + 1 < code.length() && code.charAt(start + 1) == '('
                ? typeEnd(code, start + 2) + 1
                : start + 1;
    }

    private static AttributeType type(String code) {
        return switch (code.charAt(0)) {
            case 's' -> AttributeType.Primitive.STRING;
            case 'n' -> AttributeType.Primitive.NUMBER;
            case 'b' -> AttributeType.Primitive.BOOL;
            case 'y' -> new AttributeType.Any();
            case 'L' -> new AttributeType.ListOf(type(inner(code)));
            case 'S' -> new AttributeType.SetOf(type(inner(code)));
            case 'M' -> new AttributeType.MapOf(type(inner(code)));
            default ->
                    throw new SchemaPackException(
                            "'"
                                    + code
                                    + "' is not a type: use s, n, b, y, L(...), S(...) or M(...)");
        };
    }

    private static String inner(String code) {
        return code.substring(2, code.length() - 1);
    }

    private static Presence presence(String flags) {
        return new Presence(flags.contains("r"), flags.contains("o"), flags.contains("c"));
    }
}
