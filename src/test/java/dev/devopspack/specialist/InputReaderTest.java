package dev.devopspack.specialist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.devopspack.task.InvalidInput;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InputReaderTest {

    enum Colour {
        RED,
        GREEN
    }

    record Part(String name, int nodeCount) {}

    record Whole(
            @Described(value = "Its name.", example = "orders") String name,
            Colour colour,
            boolean flag,
            List<Part> parts,
            @Nullable Map<String, String> tags,
            @Nullable Integer limit) {}

    private static final Map<String, Object> GOOD =
            Map.of(
                    "name",
                    "orders",
                    "colour",
                    "green",
                    "flag",
                    true,
                    "parts",
                    List.of(Map.of("name", "a", "node_count", 3L)));

    @Test
    void plainValuesBecomeARecord() {
        assertEquals(
                new Whole("orders", Colour.GREEN, true, List.of(new Part("a", 3)), null, null),
                read(GOOD));
        assertEquals(
                new Whole(
                        "orders",
                        Colour.GREEN,
                        true,
                        List.of(new Part("a", 3)),
                        Map.of("k", "v"),
                        12),
                read(with(with("tags", Map.of("k", "v")), "limit", new BigDecimal("12.0"))));
    }

    @Test
    void everyRefusalSaysWhereAndWhatToTypeNext() {
        assertEquals(
                "/input/nam: there is no input 'nam'. Did you mean 'name'? Known here: name,"
                        + " colour, flag, parts, tags, limit.",
                refusal(with("nam", "x")));
        assertEquals(
                "/input/name: this is a whole number. Give a text here: write it in quotes: \"24\".",
                refusal(with("name", 24L)));
        assertEquals(
                "/input/name: this is a whole number. Give a text here: write it in quotes.",
                refusal(with("name", 1_234_567L)));
        assertEquals(
                "/input/name: this is a decimal number. Give a text here: write it in quotes, because"
                        + " 3.10 without them is the number 3.1.",
                refusal(with("name", new BigDecimal("3.1"))));
        assertEquals(
                "/input/name: this is true or false. Give a text here: write it in quotes.",
                refusal(with("name", true)));
        assertEquals(
                "/input/colour: 'gren' is not offered. Did you mean 'green'? Offered: red, green.",
                refusal(with("colour", "gren")));
        assertEquals(
                "/input/parts/0/node_count: this is a text. Give a whole number here.",
                refusal(with("parts", List.of(Map.of("name", "a", "node_count", "3")))));
        assertEquals(
                "/input/parts/1/name: 'name' is missing. Add it.",
                refusal(
                        with(
                                "parts",
                                List.of(
                                        Map.of("name", "a", "node_count", 3L),
                                        Map.of("node_count", 3L)))));
        assertEquals(
                "/input/flag: this is a text. Give true or false here.",
                refusal(with("flag", "true")));
        assertEquals(
                "/input/limit: this is a decimal number. Give a whole number here.",
                refusal(with("limit", new BigDecimal("1.5"))));
        assertEquals(
                "/input/limit: this is a whole number. Give a whole number of at most nine digits"
                        + " here.",
                refusal(with("limit", 3_000_000_000L)));
        assertEquals(
                "/input/limit: this is a decimal number. Give a whole number here.",
                refusal(with("limit", new BigDecimal("1e1000000000"))));
        assertEquals(
                "/input/tags/a~1b: this is a list. Give a text here.",
                refusal(with("tags", Map.of("a/b", List.of()))));
    }

    @Test
    void hostileNamesAreShownAsMarks() {
        assertEquals(
                "/input/‹U+202E›x‹U+000A›: there is no input '‹U+202E›x‹U+000A›'. Known here:"
                        + " name, colour, flag, parts, tags, limit.",
                refusal(with("\u202Ex\n", 1L)));
    }

    @Test
    void theSchemaSaysWhatTheReaderTakes() {
        assertEquals(
                "{type=object, properties={name={type=string, description=Its name.,"
                        + " examples=[orders]}, colour={type=string, enum=[red, green]},"
                        + " flag={type=boolean}, parts={type=array, items={type=object,"
                        + " properties={name={type=string}, node_count={type=integer}},"
                        + " required=[name, node_count], additionalProperties=false}},"
                        + " tags={type=object, additionalProperties={type=string}},"
                        + " limit={type=integer}}, required=[name, colour, flag, parts],"
                        + " additionalProperties=false}",
                InputSchema.of(Whole.class).toString());
    }

    private static Map<String, Object> with(String name, Object value) {
        return with(GOOD, name, value);
    }

    private static Map<String, Object> with(Map<String, Object> values, String name, Object value) {
        Map<String, Object> changed = new java.util.LinkedHashMap<>(values);
        changed.put(name, value);
        return changed;
    }

    private static Whole read(Map<String, Object> values) {
        return InputReader.read(Whole.class, values, "/input");
    }

    private static String refusal(Map<String, Object> values) {
        return assertThrows(InvalidInput.class, () -> read(values)).getMessage();
    }
}
