package dev.devopspack.specialist;

import com.google.re2j.Pattern;
import dev.devopspack.change.Hidden;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.task.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the value of one input must be, besides its type.
///
/// Texts are matched in linear time: they come from outside.
final class Constraints {

    /// Longer than any name, ARN or tag; it bounds what a pattern is matched against.
    private static final int LONGEST_TEXT = 2_048;

    private final BlueprintFile.Input written;
    private final @Nullable Pattern pattern;
    private final @Nullable Pattern keyPattern;

    Constraints(BlueprintFile.Input written) {
        this.written = written;
        this.pattern = written.pattern() == null ? null : Pattern.compile(written.pattern());
        this.keyPattern =
                written.keyPattern() == null ? null : Pattern.compile(written.keyPattern());
    }

    /// @return the value in the form in which it is kept: `String`, `Integer`, `Boolean`,
    ///   `List<String>` or `Map<String, String>`
    Object check(InputType type, Object given, String pointer) {
        return switch (type) {
            case TEXT -> text(given, pointer);
            case WHOLE_NUMBER -> number(given, pointer);
            case FLAG -> given instanceof Boolean ? given : wrongType(type, given, pointer);
            case TEXTS ->
                    given instanceof List<?> items
                            ? texts(items, pointer)
                            : wrongType(type, given, pointer);
            case PAIRS ->
                    given instanceof Map<?, ?> pairs
                            ? pairs(pairs, pointer)
                            : wrongType(type, given, pointer);
        };
    }

    private List<String> texts(List<?> items, String pointer) {
        checkCount(items.size(), pointer);
        List<String> texts = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            String item = text(items.get(i), Pointer.item(pointer, i));
            if (texts.contains(item)) {
                throw refused(
                        Pointer.item(pointer, i),
                        "'" + Pointer.shown(item) + "' is named twice",
                        "Name each once.");
            }
            texts.add(item);
        }
        return List.copyOf(texts);
    }

    private Map<String, String> pairs(Map<?, ?> pairs, String pointer) {
        checkCount(pairs.size(), pointer);
        Map<String, String> read = new LinkedHashMap<>();
        pairs.forEach((key, value) -> {
            String name = key(String.valueOf(key), pointer);
            read.put(name, text(value, Pointer.child(pointer, name)));
        });
        return read;
    }

    private String key(String key, String pointer) {
        List<String> keys = written.keys();
        if (keys != null && !keys.contains(key)) {
            throw InputReader.unknown(key, keys, pointer);
        }
        if (key.length() > LONGEST_TEXT
                || Hidden.firstIn(key) >= 0
                || (keyPattern != null && !keyPattern.matches(key))) {
            throw refused(
                    Pointer.child(pointer, key),
                    "the name '" + Pointer.shown(key) + "' is not usable",
                    "Use a name that matches " + written.keyPattern() + ".");
        }
        return key;
    }

    private String text(@Nullable Object given, String pointer) {
        if (!(given instanceof String text)) {
            throw InputReader.wrongType(InputType.TEXT.words(), given, pointer);
        }
        if (text.length() > LONGEST_TEXT) {
            throw refused(
                    pointer,
                    "the text has " + text.length() + " characters",
                    "Use at most " + LONGEST_TEXT + ".");
        }
        int hidden = Hidden.firstIn(text);
        if (hidden >= 0) {
            throw refused(
                    pointer,
                    "the text holds the invisible character " + Hidden.nameOf(hidden),
                    "Remove it.");
        }
        checkChoice(text, pointer);
        if (pattern != null && !pattern.matches(text)) {
            throw refused(
                    pointer,
                    "'" + Pointer.shown(text) + "' is not " + written.shape(),
                    "Use " + written.shape() + exampleText() + ".");
        }
        checkFormat(text, pointer);
        return text;
    }

    private Integer number(Object given, String pointer) {
        int number = InputReader.wholeNumber(given, pointer);
        Integer min = written.min();
        Integer max = written.max();
        if ((min != null && number < min) || (max != null && number > max)) {
            throw refused(
                    pointer,
                    number + " is out of bounds",
                    "Use a whole number from " + min + " to " + max + ".");
        }
        checkChoice(number, pointer);
        return number;
    }

    private void checkChoice(Object given, String pointer) {
        List<Object> choices = written.choices();
        if (choices == null || choices.contains(given)) {
            return;
        }
        List<String> offered = choices.stream().map(String::valueOf).toList();
        List<String> near = Nearest.to(given.toString(), offered, 1);
        throw refused(
                pointer,
                "'" + Pointer.shown(given.toString()) + "' is not offered",
                (near.isEmpty() ? "" : "Did you mean '" + near.getFirst() + "'? ")
                        + "Offered: "
                        + String.join(", ", offered)
                        + ".");
    }

    private void checkCount(int count, String pointer) {
        Integer min = written.minItems();
        Integer max = written.maxItems();
        if ((min != null && count < min) || (max != null && count > max)) {
            throw refused(
                    pointer,
                    "there are " + count,
                    "Give " + (min == null ? 0 : min) + " to " + max + exampleText() + ".");
        }
    }

    private void checkFormat(String text, String pointer) {
        String format = written.format();
        Integer least = written.minPrefix();
        Integer greatest = written.maxPrefix();
        if (format == null || least == null || greatest == null) {
            return;
        }
        boolean onlyPrivate = format.equals("private-ipv4-cidr");
        boolean fits =
                Ipv4Range.parse(text)
                        .filter(Ipv4Range::isNetwork)
                        .filter(range -> range.prefix() >= least && range.prefix() <= greatest)
                        .filter(range -> !onlyPrivate || range.isPrivate())
                        .isPresent();
        if (!fits) {
            throw refused(
                    pointer,
                    "'" + Pointer.shown(text) + "' is not a usable network",
                    "Use "
                            + (onlyPrivate ? "a private" : "an")
                            + " IPv4 network with a prefix of /"
                            + least
                            + " to /"
                            + greatest
                            + exampleText()
                            + ".");
        }
    }

    /// The part of the JSON schema that says the same.
    Map<String, Object> schema(InputType type) {
        Map<String, Object> item = new LinkedHashMap<>();
        put(item, "enum", written.choices());
        put(item, "minimum", written.min());
        put(item, "maximum", written.max());
        put(item, "pattern", written.pattern() == null ? null : "^" + written.pattern() + "$");
        Map<String, Object> schema = type.schema(item);
        boolean list = type == InputType.TEXTS;
        put(schema, list ? "minItems" : "minProperties", written.minItems());
        put(schema, list ? "maxItems" : "maxProperties", written.maxItems());
        put(schema, "propertyNames", names());
        return schema;
    }

    private @Nullable Map<String, Object> names() {
        if (written.keys() != null) {
            return Map.of("enum", written.keys());
        }
        return written.keyPattern() == null
                ? null
                : Map.of("pattern", "^" + written.keyPattern() + "$");
    }

    private static void put(Map<String, Object> schema, String key, @Nullable Object value) {
        if (value != null) {
            schema.put(key, value);
        }
    }

    private String exampleText() {
        Object example = written.example();
        return example == null ? "" : ", for example " + example;
    }

    private InvalidInput refused(String pointer, String problem, String mend) {
        return new InvalidInput(pointer, problem, mend);
    }

    private static Object wrongType(InputType type, Object given, String pointer) {
        throw InputReader.wrongType(type.words(), given, pointer);
    }
}
