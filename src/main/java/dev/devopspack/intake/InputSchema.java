package dev.devopspack.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devopspack.task.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The JSON schema and a filled example of an input record, made from its components.
public final class InputSchema {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Class<?> type;

    private InputSchema(Class<?> type) {
        this.type = type;
    }

    public static InputSchema of(Class<? extends Record> type) {
        return new InputSchema(type);
    }

    /// JSON Schema 2020-12 as plain values.
    public Map<String, Object> schema() {
        return objectSchema(type);
    }

    /// A filled example: every field that has one, required or not.
    public Map<String, Object> example() {
        return exampleOf(type);
    }

    public String exampleText() {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(example());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an example is plain JSON", e);
        }
    }

    private static Map<String, Object> objectSchema(Class<?> type) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            Map<String, Object> schema =
                    new LinkedHashMap<>(typeSchema(component.getGenericType()));
            Field field = component.getAnnotation(Field.class);
            if (field != null) {
                addField(schema, field);
            }
            properties.put(nameOf(component), schema);
            if (!isOptional(component)) {
                required.add(nameOf(component));
            }
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.put("additionalProperties", false);
        return schema;
    }

    private static void addField(Map<String, Object> schema, Field field) {
        schema.put("description", field.value());
        if (!field.pattern().isEmpty()) {
            schema.put("pattern", field.pattern());
        }
        if (field.min() != Long.MIN_VALUE) {
            schema.put("minimum", field.min());
        }
        if (field.max() != Long.MAX_VALUE) {
            schema.put("maximum", field.max());
        }
        if (field.oneOf().length > 0) {
            schema.put("enum", List.of(field.oneOf()));
        }
    }

    private static Map<String, Object> typeSchema(Type type) {
        if (type instanceof ParameterizedType generic) {
            return generic.getRawType() == List.class
                    ? Map.of(
                            "type",
                            "array",
                            "items",
                            typeSchema(generic.getActualTypeArguments()[0]))
                    : Map.of("type", "object");
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isEnum()) {
            return Map.of("type", "string", "enum", enumNames(plain));
        }
        if (plain.isRecord() && !isTextValue(plain)) {
            return objectSchema(plain);
        }
        return switch (typeName(plain)) {
            case "true or false" -> Map.of("type", "boolean");
            case "a whole number" -> Map.of("type", "integer");
            case "a number" -> Map.of("type", "number");
            case "any value" -> Map.of();
            default -> Map.of("type", "string");
        };
    }

    private static Map<String, Object> exampleOf(Class<?> type) {
        Map<String, Object> example = new LinkedHashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            Object value = exampleOf(component);
            if (value != null) {
                example.put(nameOf(component), value);
            }
        }
        return example;
    }

    private static @Nullable Object exampleOf(RecordComponent component) {
        Field field = component.getAnnotation(Field.class);
        if (field != null && !field.example().isEmpty()) {
            try {
                return JSON.readValue(field.example(), Object.class);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(
                        "the example of " + component.getName() + " is not JSON", e);
            }
        }
        Class<?> type = component.getType();
        if (component.getGenericType() instanceof ParameterizedType generic
                && generic.getRawType() == List.class
                && generic.getActualTypeArguments()[0] instanceof Class<?> item
                && item.isRecord()
                && !isTextValue(item)) {
            return List.of(exampleOf(item));
        }
        return type.isRecord() && !isTextValue(type) ? exampleOf(type) : null;
    }

    static String describe(RecordComponent component) {
        Field field = component.getAnnotation(Field.class);
        return field == null ? typeName(component.getType()) + "." : field.value();
    }

    static boolean isOptional(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    /// A record around one text, such as an environment, is written as that text.
    static boolean isTextValue(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        return components != null
                && components.length == 1
                && components[0].getType() == String.class
                && components[0].getName().equals("value");
    }

    /// The record's name in snake case.
    static String nameOf(RecordComponent component) {
        StringBuilder name = new StringBuilder();
        for (char c : component.getName().toCharArray()) {
            if (Character.isUpperCase(c)) {
                name.append('_').append(Character.toLowerCase(c));
            } else {
                name.append(c);
            }
        }
        return name.toString();
    }

    static List<String> enumNames(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
                .toList();
    }

    static String typeName(Class<?> type) {
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == int.class
                || type == Integer.class
                || type == long.class
                || type == Long.class) {
            return "a whole number";
        }
        if (Number.class.isAssignableFrom(type)) {
            return "a number";
        }
        if (type == List.class) {
            return "a list";
        }
        if (type == Map.class || (type.isRecord() && !isTextValue(type))) {
            return "an object";
        }
        return type == Object.class ? "any value" : "text";
    }
}
