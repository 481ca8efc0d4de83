package dev.devopspack.specialist;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The JSON schema (draft 2020-12) of an input record.
public final class InputSchema {

    private InputSchema() {}

    public static Map<String, Object> of(Class<? extends Record> type) {
        List<Object> required = new ArrayList<>();
        for (RecordComponent field : type.getRecordComponents()) {
            if (!InputReader.isOptional(field)) {
                required.add(InputReader.nameOf(field));
            }
        }
        return object(properties(type), required);
    }

    /// The schemas of the record's fields by name; the map may be changed.
    public static Map<String, Object> properties(Class<? extends Record> type) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (RecordComponent field : type.getRecordComponents()) {
            properties.put(InputReader.nameOf(field), described(field));
        }
        return properties;
    }

    /// An object that has these properties and no others.
    public static Map<String, Object> object(
            Map<String, Object> properties, List<Object> required) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.put("additionalProperties", false);
        return schema;
    }

    private static Map<String, Object> described(RecordComponent field) {
        Map<String, Object> schema = new LinkedHashMap<>(schema(field.getGenericType()));
        Described text = field.getAnnotation(Described.class);
        if (text != null) {
            schema.put("description", text.value());
            if (!text.example().isEmpty()) {
                schema.put("examples", List.of(text.example()));
            }
        }
        return schema;
    }

    private static Map<String, Object> schema(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            return generic.getRawType() == List.class
                    ? with("array", "items", schema(arguments[0]))
                    : with("object", "additionalProperties", schema(arguments[1]));
        }
        if (!(type instanceof Class<?> plain)) {
            throw new IllegalArgumentException("no input has the type " + type);
        }
        if (plain.isEnum()) {
            return with("string", "enum", List.copyOf(InputReader.names(plain)));
        }
        if (plain.isRecord()) {
            return of(plain.asSubclass(Record.class));
        }
        return switch (plain.getSimpleName()) {
            case "String" -> Map.of("type", "string");
            case "boolean", "Boolean" -> Map.of("type", "boolean");
            case "int", "Integer" -> Map.of("type", "integer");
            case "Object" -> Map.of();
            default -> throw new IllegalArgumentException("no input has the type " + type);
        };
    }

    /// In the order written, always: what is shown and hashed may not differ between two runs.
    private static Map<String, Object> with(String type, String key, Object value) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", type);
        schema.put(key, value);
        return schema;
    }
}
