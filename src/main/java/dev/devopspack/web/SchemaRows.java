package dev.devopspack.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// A JSON schema of an input as rows of a table: one a field, those inside of others after them.
final class SchemaRows {

    /// Our own schemas nest three or four deep; what is deeper is told by its type alone.
    private static final int MAX_DEPTH = 6;

    private final List<Row> rows = new ArrayList<>();

    private SchemaRows() {}

    /// @param depth how far inside of others, from 0
    /// @param limits what a value must keep to, for example `1 to 20` or `staging or production`
    /// @param example empty where none is given
    record Row(
            String name,
            int depth,
            String type,
            boolean required,
            String description,
            String limits,
            String example) {}

    static List<Row> of(Map<String, Object> schema) {
        SchemaRows table = new SchemaRows();
        table.fields(schema, 0);
        return List.copyOf(table.rows);
    }

    private void fields(Map<?, ?> schema, int depth) {
        if (depth >= MAX_DEPTH) {
            return;
        }
        List<?> required = list(schema.get("required"));
        map(schema.get("properties"))
                .forEach((name, field) -> {
                    Map<?, ?> values = map(field);
                    rows.add(row(name.toString(), values, required.contains(name), depth));
                    inside(values, depth + 1);
                });
    }

    private void inside(Map<?, ?> schema, int depth) {
        fields(schema, depth);
        Map<?, ?> items = map(schema.get("items"));
        if (!items.isEmpty()) {
            inside(items, depth);
        }
        for (String choice : List.of("oneOf", "anyOf")) {
            list(schema.get(choice)).forEach(each -> inside(map(each), depth));
        }
    }

    private static Row row(String name, Map<?, ?> schema, boolean required, int depth) {
        List<?> examples = list(schema.get("examples"));
        return new Row(
                name,
                depth,
                type(schema),
                required,
                text(schema.get("description")),
                limits(schema),
                examples.isEmpty() ? "" : String.valueOf(examples.getFirst()));
    }

    private static String type(Map<?, ?> schema) {
        Object type = schema.get("type");
        if ("array".equals(type)) {
            return "list of " + type(map(schema.get("items")));
        }
        if (schema.containsKey("oneOf") || schema.containsKey("anyOf")) {
            return "one of several shapes";
        }
        return switch (text(type)) {
            case "string" -> "text";
            case "integer" -> "whole number";
            case "boolean" -> "true or false";
            case "object" -> "object";
            case "" -> schema.containsKey("const") ? "text" : "any value";
            default -> text(type);
        };
    }

    private static String limits(Map<?, ?> schema) {
        StringJoiner limits = new StringJoiner("; ");
        if (schema.containsKey("const")) {
            limits.add("always " + schema.get("const"));
        }
        List<?> choices = list(schema.get("enum"));
        if (!choices.isEmpty()) {
            StringJoiner names = new StringJoiner(", ");
            choices.forEach(choice -> names.add(String.valueOf(choice)));
            limits.add(names.toString());
        }
        range(limits, schema, "minimum", "maximum", "");
        range(limits, schema, "minLength", "maxLength", " characters");
        range(limits, schema, "minItems", "maxItems", " items");
        if (schema.containsKey("default")) {
            limits.add("else " + schema.get("default"));
        }
        return limits.toString();
    }

    private static void range(
            StringJoiner limits, Map<?, ?> schema, String least, String most, String unit) {
        Object from = schema.get(least);
        Object to = schema.get(most);
        if (from != null && to != null) {
            limits.add(from + " to " + to + unit);
        } else if (from != null) {
            limits.add("at least " + from + unit);
        } else if (to != null) {
            limits.add("at most " + to + unit);
        }
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
