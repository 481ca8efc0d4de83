package dev.devopspack.intake;

import com.google.re2j.Pattern;
import dev.devopspack.language.data.DataNode;
import dev.devopspack.task.Field;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.task.Nearest;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns the input of a task into a capability's input record.
///
/// Field names in documents are the record's in snake case: `nodeCount` is `node_count`. Unknown
/// fields, wrong types and missing fields are refused with pointer, line, what is expected and a
/// filled example.
public final class InputReader {

    private final String example;

    private InputReader(Class<? extends Record> type) {
        this.example = InputSchema.of(type).exampleText();
    }

    /// @param at the JSON pointer of the input, for example `/task/input`
    public static <I extends Record> I read(DataNode.Mapping input, Class<I> type, String at) {
        return type.cast(new InputReader(type).object(input, type, at));
    }

    private Object object(DataNode.Mapping given, Class<?> type, String at) {
        RecordComponent[] components = type.getRecordComponents();
        List<String> names = Arrays.stream(components).map(InputSchema::nameOf).toList();
        given.entries()
                .forEach((key, entry) -> {
                    if (!names.contains(key)) {
                        throw refused(
                                at + "/" + Pointer.escaped(key),
                                entry.key(),
                                "there is no field of this name",
                                didYouMean(key, names));
                    }
                });
        @Nullable Object[] values = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = component(given, components[i], at);
        }
        return construct(type, components, values, given, at);
    }

    private @Nullable Object component(
            DataNode.Mapping given, RecordComponent component, String at) {
        String name = InputSchema.nameOf(component);
        DataNode.Entry entry = given.entries().get(name);
        if (entry == null || entry.value() instanceof DataNode.Null) {
            if (InputSchema.isOptional(component)) {
                return null;
            }
            throw refused(
                    at.isEmpty() ? "/" : at,
                    given.place(),
                    "the field '" + name + "' is missing",
                    "Add it: " + InputSchema.describe(component));
        }
        Object value = value(entry.value(), component.getGenericType(), at + "/" + name);
        Field field = component.getAnnotation(Field.class);
        if (field != null) {
            checkConstraints(value, field, at + "/" + name, entry.value());
        }
        return value;
    }

    private Object value(DataNode node, Type type, String at) {
        if (type instanceof ParameterizedType generic) {
            return genericValue(node, generic, at);
        }
        Class<?> plain = (Class<?>) type;
        if (plain == String.class && node instanceof DataNode.Text text) {
            return text.value();
        }
        if ((plain == boolean.class || plain == Boolean.class)
                && node instanceof DataNode.Bool bool) {
            return bool.value();
        }
        if (isInteger(plain) && node instanceof DataNode.Number number) {
            return integer(number, plain, at);
        }
        if (plain == BigDecimal.class && node instanceof DataNode.Number number) {
            return number.value();
        }
        if (plain == Object.class) {
            return node.plain();
        }
        if (plain.isEnum() && node instanceof DataNode.Text text) {
            return enumValue(text, plain, at);
        }
        if (plain.isRecord()) {
            return recordValue(node, plain, at);
        }
        throw wrongType(node, plain, at);
    }

    private Object recordValue(DataNode node, Class<?> plain, String at) {
        if (InputSchema.isTextValue(plain) && node instanceof DataNode.Text) {
            return construct(
                    plain, plain.getRecordComponents(), new Object[] {node.plain()}, node, at);
        }
        if (node instanceof DataNode.Mapping mapping && !InputSchema.isTextValue(plain)) {
            return object(mapping, plain, at);
        }
        throw wrongType(node, plain, at);
    }

    private Object genericValue(DataNode node, ParameterizedType type, String at) {
        Class<?> raw = (Class<?>) type.getRawType();
        if (raw == List.class && node instanceof DataNode.Sequence list) {
            List<Object> items = new ArrayList<>();
            for (int i = 0; i < list.items().size(); i++) {
                items.add(
                        value(list.items().get(i), type.getActualTypeArguments()[0], at + "/" + i));
            }
            return List.copyOf(items);
        }
        if (raw == Map.class && node instanceof DataNode.Mapping mapping) {
            Map<String, Object> values = new LinkedHashMap<>();
            mapping.entries()
                    .forEach((key, entry) ->
                            values.put(
                                    key,
                                    value(
                                            entry.value(),
                                            type.getActualTypeArguments()[1],
                                            at + "/" + Pointer.escaped(key))));
            return values;
        }
        throw wrongType(node, raw, at);
    }

    private static boolean isInteger(Class<?> type) {
        return type == int.class
                || type == Integer.class
                || type == long.class
                || type == Long.class;
    }

    private Object integer(DataNode.Number number, Class<?> type, String at) {
        try {
            boolean small = type == int.class || type == Integer.class;
            return small
                    ? (Object) number.value().intValueExact()
                    : number.value().longValueExact();
        } catch (ArithmeticException _) {
            throw refused(
                    at,
                    number.place(),
                    number.value() + " is no whole number in range",
                    "Write a whole number.");
        }
    }

    private Object enumValue(DataNode.Text text, Class<?> type, String at) {
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().toLowerCase(Locale.ROOT).equals(text.value())) {
                return constant;
            }
        }
        throw refused(
                at,
                text.place(),
                "'" + Pointer.escaped(text.value()) + "' is not one of the values",
                "Use one of " + InputSchema.enumNames(type) + ".");
    }

    private void checkConstraints(Object value, Field field, String at, DataNode node) {
        if (value instanceof String text) {
            if (field.oneOf().length > 0 && !List.of(field.oneOf()).contains(text)) {
                throw refused(
                        at,
                        node.place(),
                        "'" + Pointer.escaped(text) + "' is not offered",
                        didYouMean(text, List.of(field.oneOf())));
            }
            if (!field.pattern().isEmpty() && !Pattern.matches(field.pattern(), text)) {
                throw refused(
                        at,
                        node.place(),
                        "'" + Pointer.escaped(text) + "' is not of the form " + field.pattern(),
                        field.value());
            }
        }
        if (value instanceof Number number
                && (number.longValue() < field.min() || number.longValue() > field.max())) {
            throw refused(
                    at,
                    node.place(),
                    number + " is out of range",
                    "Use " + field.min() + " to " + field.max() + ".");
        }
    }

    private Object construct(
            Class<?> type,
            RecordComponent[] components,
            @Nullable Object[] values,
            DataNode node,
            String at) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof InvalidInput refused) {
                throw refused(at, node.place(), refused.problem(), refused.mend());
            }
            throw new IllegalStateException("the input record " + type.getName() + " failed", e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "the input record " + type.getName() + " is not usable", e);
        }
    }

    private static String didYouMean(String name, List<String> names) {
        List<String> near = Nearest.to(name, names, 1);
        return near.isEmpty()
                ? "Use " + String.join(", ", names) + "."
                : "Did you mean '" + near.getFirst() + "'?";
    }

    private InvalidInput wrongType(DataNode node, Class<?> wanted, String at) {
        return refused(
                at,
                node.place(),
                "this is " + node.kind() + ", not " + InputSchema.typeName(wanted),
                "Write " + InputSchema.typeName(wanted) + ".");
    }

    private InvalidInput refused(String at, DataNode.Place place, String problem, String mend) {
        return new InvalidInput(at + " (" + place + ")", problem, mend, example);
    }
}
