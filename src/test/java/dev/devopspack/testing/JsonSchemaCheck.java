package dev.devopspack.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Checks a document against a JSON schema (draft 4 or 7), as far as the schemas that we check
/// against go. A keyword that it does not know stops it: nothing passes because it was overlooked.
public final class JsonSchemaCheck {

    private static final Set<String> SAYS_NOTHING =
            Set.of(
                    "$schema",
                    "$id",
                    "id",
                    "$comment",
                    "title",
                    "description",
                    "default",
                    "definitions",
                    "format");

    private final JsonNode schema;
    private final List<String> problems = new ArrayList<>();

    private JsonSchemaCheck(JsonNode schema) {
        this.schema = schema;
    }

    /// @return what is wrong, each with its place; empty where nothing is
    public static List<String> problems(JsonNode schema, JsonNode document) {
        JsonSchemaCheck check = new JsonSchemaCheck(schema);
        check.check(schema, document, "");
        return check.problems;
    }

    private void check(JsonNode rule, JsonNode value, String at) {
        Iterator<Map.Entry<String, JsonNode>> fields = rule.fields();
        while (fields.hasNext()) {
            Map.Entry<String, JsonNode> field = fields.next();
            if (!SAYS_NOTHING.contains(field.getKey())) {
                check(field.getKey(), field.getValue(), rule, value, at);
            }
        }
    }

    private void check(String keyword, JsonNode says, JsonNode rule, JsonNode value, String at) {
        switch (keyword) {
            case "$ref" -> check(referred(says.asText()), value, at);
            case "type" -> expect(isOfType(value, says.asText()), at + " is no " + says.asText());
            case "properties" -> {
                Iterator<Map.Entry<String, JsonNode>> fields = value.fields();
                while (fields.hasNext()) {
                    Map.Entry<String, JsonNode> field = fields.next();
                    JsonNode known = says.get(field.getKey());
                    if (known != null) {
                        check(known, field.getValue(), at + "/" + field.getKey());
                    }
                }
            }
            case "required" ->
                    says.forEach(name ->
                            expect(
                                    !value.isObject() || value.has(name.asText()),
                                    at + " lacks " + name.asText()));
            case "additionalProperties" -> additional(says, rule, value, at);
            case "items" -> {
                for (int i = 0; value.isArray() && i < value.size(); i++) {
                    check(says, value.get(i), at + "/" + i);
                }
            }
            case "minItems" ->
                    expect(
                            !value.isArray() || value.size() >= says.asInt(),
                            at + " has too few items");
            case "uniqueItems" -> {
                Set<JsonNode> seen = new HashSet<>();
                value.forEach(item -> expect(seen.add(item), at + " has an item twice"));
            }
            case "minimum" ->
                    expect(
                            !value.isNumber() || value.asDouble() >= says.asDouble(),
                            at + " is too small");
            case "maximum" ->
                    expect(
                            !value.isNumber() || value.asDouble() <= says.asDouble(),
                            at + " is too large");
            case "enum" -> {
                Set<JsonNode> allowed = new HashSet<>();
                says.forEach(allowed::add);
                expect(allowed.contains(value), at + " is '" + value.asText() + "'");
            }
            case "const" -> expect(says.equals(value), at + " is '" + value.asText() + "'");
            case "pattern" ->
                    expect(
                            !value.isTextual()
                                    || Pattern.compile(says.asText())
                                            .matcher(value.asText())
                                            .find(),
                            at + " '" + value.asText() + "' is not " + says.asText());
            case "allOf" -> says.forEach(one -> check(one, value, at));
            case "anyOf" -> expect(matching(says, value) >= 1, at + " is none of what it may be");
            case "oneOf" ->
                    expect(matching(says, value) == 1, at + " is not one of what it may be");
            default -> throw new IllegalStateException("unknown keyword " + keyword);
        }
    }

    private void additional(JsonNode says, JsonNode rule, JsonNode value, String at) {
        Iterator<Map.Entry<String, JsonNode>> fields = value.fields();
        while (fields.hasNext()) {
            Map.Entry<String, JsonNode> field = fields.next();
            if (rule.path("properties").has(field.getKey())) {
                continue;
            }
            if (says.isBoolean()) {
                expect(says.asBoolean(), at + " has " + field.getKey());
            } else {
                check(says, field.getValue(), at + "/" + field.getKey());
            }
        }
    }

    private long matching(JsonNode choices, JsonNode value) {
        long count = 0;
        for (JsonNode choice : choices) {
            JsonSchemaCheck tried = new JsonSchemaCheck(schema);
            tried.check(choice, value, "");
            count += tried.problems.isEmpty() ? 1 : 0;
        }
        return count;
    }

    private JsonNode referred(String reference) {
        JsonNode found = schema.at(reference.substring(1));
        if (found.isMissingNode()) {
            throw new IllegalStateException("the schema has no " + reference);
        }
        return found;
    }

    private static boolean isOfType(JsonNode value, String type) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            default -> throw new IllegalStateException("unknown type " + type);
        };
    }

    private void expect(boolean holds, String problem) {
        if (!holds) {
            problems.add(problem);
        }
    }
}
