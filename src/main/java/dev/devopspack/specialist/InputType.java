package dev.devopspack.specialist;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The types that an input of a blueprint can have, named as Terraform names them.
public enum InputType {
    TEXT("string", "a text"),
    WHOLE_NUMBER("integer", "a whole number"),
    FLAG("boolean", "true or false"),
    TEXTS("list(string)", "a list of texts"),
    PAIRS("map(string)", "an object with texts as values");

    private final String label;
    private final String words;

    InputType(String label, String words) {
        this.label = label;
        this.words = words;
    }

    static Optional<InputType> of(String label) {
        return Arrays.stream(values()).filter(type -> type.label.equals(label)).findFirst();
    }

    static List<String> labels() {
        return Arrays.stream(values()).map(type -> type.label).toList();
    }

    /// As a blueprint file says it.
    public String label() {
        return label;
    }

    /// As a message says it.
    String words() {
        return words;
    }

    /// @param item what every text of the value must be
    Map<String, Object> schema(Map<String, Object> item) {
        Map<String, Object> schema = new LinkedHashMap<>();
        switch (this) {
            case TEXT -> {
                schema.put("type", "string");
                schema.putAll(item);
            }
            case WHOLE_NUMBER -> {
                schema.put("type", "integer");
                schema.putAll(item);
            }
            case FLAG -> schema.put("type", "boolean");
            case TEXTS -> {
                schema.put("type", "array");
                schema.put("items", TEXT.schema(item));
            }
            case PAIRS -> {
                schema.put("type", "object");
                schema.put("additionalProperties", TEXT.schema(item));
            }
        }
        return schema;
    }
}
