package dev.devopspack.policy.kubernetes;

import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelUnknownSet;
import dev.devopspack.policy.subject.Attributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads values of a manifest as what the field should be; what is written as something else counts
/// as not written, and what is not known stays unknown.
final class Values {

    static final Attributes NOTHING = new Attributes(Map.of());

    private Values() {}

    /// The object under a key; an empty one where none is written.
    static Attributes object(Map<String, Object> in, String key) {
        return in.get(key) instanceof Attributes object ? object : NOTHING;
    }

    /// The object at the end of some keys; an empty one where none is written.
    static Attributes object(Map<String, Object> in, List<String> path) {
        Map<String, Object> at = in;
        for (String key : path) {
            at = object(at, key);
        }
        return at instanceof Attributes found ? found : NOTHING;
    }

    /// The objects of a list.
    static List<Attributes> objects(Map<String, Object> in, String key) {
        return in.get(key) instanceof List<?> list
                ? list.stream()
                        .filter(Attributes.class::isInstance)
                        .map(Attributes.class::cast)
                        .toList()
                : List.of();
    }

    /// The scalars of a list as texts; a single scalar counts as a list of one.
    static List<String> texts(@Nullable Object value) {
        if (!(value instanceof List<?> list)) {
            return value == null || text(value).isEmpty() ? List.of() : List.of(text(value));
        }
        List<String> texts = new ArrayList<>();
        for (Object item : list) {
            if (item instanceof String || item instanceof Number || item instanceof Boolean) {
                texts.add(text(item));
            }
        }
        return texts;
    }

    /// A scalar as a text, empty where there is none.
    static String text(@Nullable Object value) {
        return switch (value) {
            case String text -> text;
            case Boolean truth -> truth.toString();
            case Long number -> number.toString();
            case Double number -> number.toString();
            case null, default -> "";
        };
    }

    static String text(Map<String, Object> in, String key) {
        return text(in.get(key));
    }

    /// As a text for rules: unknown where it is, empty where there is none.
    static Object knownText(Map<String, Object> in, String key) {
        return in.get(key) instanceof CelUnknownSet unknown ? unknown : text(in, key);
    }

    /// The first of some values that is written.
    static Object first(@Nullable Object... values) {
        for (Object value : values) {
            if (value != null && value != NullValue.NULL_VALUE) {
                return value;
            }
        }
        return NullValue.NULL_VALUE;
    }

    static boolean isWritten(@Nullable Object value) {
        return value != null && value != NullValue.NULL_VALUE;
    }

    /// A capability without its prefix, in upper case, as the kernel's list has it.
    static String capability(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return upper.startsWith("CAP_") ? upper.substring(4) : upper;
    }
}
