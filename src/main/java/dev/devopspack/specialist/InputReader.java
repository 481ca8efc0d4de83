package dev.devopspack.specialist;

import dev.devopspack.task.InvalidInput;
import dev.devopspack.task.Nearest;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads plain JSON values into a record: nothing unknown, nothing missing, every value of its
/// type.
///
/// Fields are written in snake case (`node_count` for `nodeCount`). A field whose type is
/// `@Nullable` may be left out.
public final class InputReader {

    private static final String TEXT = "a text";

    /// Versions and ports have fewer digits; what has more could be a secret.
    private static final BigDecimal SHOWN_BELOW = BigDecimal.valueOf(100_000);

    private InputReader() {}

    /// @param pointer where the values stand, for messages
    /// @throws InvalidInput at the first value that does not fit
    public static <R extends Record> R read(
            Class<R> type, Map<String, Object> values, String pointer) {
        RecordComponent[] fields = type.getRecordComponents();
        refuseUnknown(fields, values, pointer);
        Class<?>[] types = new Class<?>[fields.length];
        @Nullable Object[] arguments = new @Nullable Object[fields.length];
        for (int i = 0; i < fields.length; i++) {
            types[i] = fields[i].getType();
            arguments[i] = field(fields[i], values, pointer);
        }
        return construct(type, types, arguments, pointer);
    }

    /// The name of a record's field as callers write it.
    static String nameOf(RecordComponent field) {
        StringBuilder name = new StringBuilder();
        for (char c : field.getName().toCharArray()) {
            if (Character.isUpperCase(c)) {
                name.append('_');
            }
            name.append(Character.toLowerCase(c));
        }
        return name.toString();
    }

    static boolean isOptional(RecordComponent field) {
        return field.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static void refuseUnknown(
            RecordComponent[] fields, Map<String, Object> values, String pointer) {
        List<String> known = Arrays.stream(fields).map(InputReader::nameOf).toList();
        for (String name : values.keySet()) {
            if (!known.contains(name)) {
                throw unknown(name, known, pointer);
            }
        }
    }

    /// What is said of a name that nobody knows: the nearest ones and all that there are.
    public static InvalidInput unknown(String name, List<String> known, String pointer) {
        List<String> near = Nearest.to(name, known, 1);
        return new InvalidInput(
                Pointer.child(pointer, name),
                "there is no input '" + Pointer.shown(name) + "'",
                (near.isEmpty() ? "" : "Did you mean '" + near.getFirst() + "'? ")
                        + "Known here: "
                        + String.join(", ", known)
                        + ".");
    }

    private static @Nullable Object field(
            RecordComponent field, Map<String, Object> values, String pointer) {
        String name = nameOf(field);
        Object given = values.get(name);
        if (given != null) {
            return value(field.getGenericType(), given, Pointer.child(pointer, name));
        }
        if (isOptional(field)) {
            return null;
        }
        throw new InvalidInput(
                Pointer.child(pointer, name),
                "'" + name + "' is missing",
                "Add it"
                        + Optional.ofNullable(field.getAnnotation(Described.class))
                                .map(text -> ": " + text.value())
                                .orElse("."));
    }

    private static Object value(Type type, Object given, String pointer) {
        if (type instanceof ParameterizedType generic) {
            return generic.getRawType() == List.class
                    ? list(generic.getActualTypeArguments()[0], given, pointer)
                    : map(generic.getActualTypeArguments()[1], given, pointer);
        }
        if (!(type instanceof Class<?> plain)) {
            throw new IllegalArgumentException("no input has the type " + type);
        }
        if (plain == Object.class) {
            return given;
        }
        if (plain == String.class) {
            return expect(String.class, given, TEXT, pointer);
        }
        if (plain == boolean.class || plain == Boolean.class) {
            return expect(Boolean.class, given, "true or false", pointer);
        }
        if (plain == int.class || plain == Integer.class) {
            return wholeNumber(given, pointer);
        }
        if (plain.isEnum()) {
            return choice(plain, expect(String.class, given, TEXT, pointer), pointer);
        }
        if (plain.isRecord()) {
            return read(plain.asSubclass(Record.class), strings(given, pointer), pointer);
        }
        throw new IllegalArgumentException("no input has the type " + type);
    }

    private static List<Object> list(Type element, Object given, String pointer) {
        List<?> items = expect(List.class, given, "a list", pointer);
        List<Object> read = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            read.add(value(element, items.get(i), Pointer.item(pointer, i)));
        }
        return List.copyOf(read);
    }

    private static Map<String, Object> map(Type element, Object given, String pointer) {
        Map<String, Object> read = new LinkedHashMap<>();
        strings(given, pointer)
                .forEach((key, item) ->
                        read.put(key, value(element, item, Pointer.child(pointer, key))));
        return read;
    }

    private static Map<String, Object> strings(Object given, String pointer) {
        Map<String, Object> result = new LinkedHashMap<>();
        expect(Map.class, given, "an object", pointer)
                .forEach((key, item) -> {
                    if (!(key instanceof String name) || item == null) {
                        throw wrongType(
                                "an object with text keys and no empty values", given, pointer);
                    }
                    result.put(name, item);
                });
        return result;
    }

    static Integer wholeNumber(Object given, String pointer) {
        boolean whole =
                given instanceof Long
                        || given instanceof Integer
                        || given instanceof BigInteger
                        || (given instanceof BigDecimal number
                                && number.precision() - number.scale() <= 10
                                && number.stripTrailingZeros().scale() <= 0);
        if (!whole) {
            throw wrongType("a whole number", given, pointer);
        }
        long number = ((Number) given).longValue();
        if (number < Integer.MIN_VALUE || number > Integer.MAX_VALUE) {
            throw wrongType("a whole number of at most nine digits", given, pointer);
        }
        return (int) number;
    }

    private static Object choice(Class<?> type, String given, String pointer) {
        List<String> names = names(type);
        int found = names.indexOf(given);
        if (found >= 0) {
            return type.getEnumConstants()[found];
        }
        List<String> near = Nearest.to(given, names, 1);
        throw new InvalidInput(
                pointer,
                "'" + Pointer.shown(given) + "' is not offered",
                (near.isEmpty() ? "" : "Did you mean '" + near.getFirst() + "'? ")
                        + "Offered: "
                        + String.join(", ", names)
                        + ".");
    }

    /// The constants of an enum as callers write them.
    static List<String> names(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
                .toList();
    }

    private static <T> T expect(Class<T> type, Object given, String what, String pointer) {
        if (type.isInstance(given)) {
            return type.cast(given);
        }
        throw wrongType(what, given, pointer);
    }

    /// What is said of a value of the wrong type. The value itself is not repeated, as it could be
    /// a secret; only a small number is, where it was meant as a text.
    public static InvalidInput wrongType(String expected, @Nullable Object given, String pointer) {
        return new InvalidInput(
                pointer,
                "this is " + kind(given),
                "Give " + expected + " here" + (expected.equals(TEXT) ? quoted(given) : "") + ".");
    }

    /// What a YAML or JSON reader took for a number or a flag is a text in quotes. A decimal number
    /// is not shown: what was written as 3.10 came as 3.1.
    private static String quoted(@Nullable Object given) {
        return switch (given) {
            case BigDecimal _, Double _ ->
                    ": write it in quotes, because 3.10 without them is the number 3.1";
            case Number number
                    when new BigDecimal(number.toString()).abs().compareTo(SHOWN_BELOW) < 0 ->
                    ": write it in quotes: \"" + number + "\"";
            case Number _, Boolean _ -> ": write it in quotes";
            case null, default -> "";
        };
    }

    private static String kind(@Nullable Object given) {
        return switch (given) {
            case null -> "empty";
            case String _ -> "a text";
            case Boolean _ -> "true or false";
            case BigDecimal _, Double _ -> "a decimal number";
            case Number _ -> "a whole number";
            case List<?> _ -> "a list";
            case Map<?, ?> _ -> "an object";
            default -> "of another type";
        };
    }

    private static <R extends Record> R construct(
            Class<R> type, Class<?>[] types, @Nullable Object[] arguments, String pointer) {
        try {
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof InvalidInput refused) {
                throw refused.where().startsWith("/")
                        ? refused.within(pointer)
                        : refused.within(pointer + "/");
            }
            throw new IllegalStateException("cannot make a " + type.getName(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make a " + type.getName(), e);
        }
    }
}
