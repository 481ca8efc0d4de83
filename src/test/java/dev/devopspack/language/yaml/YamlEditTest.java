package dev.devopspack.language.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlEditTest {

    @Test
    void scalarIsReplacedAndItsCommentStays() {
        assertEquals(
                Optional.of("a:\n  b: true # why\n  c: 1\n"),
                set("a:\n  b: false # why\n  c: 1\n", List.of("a"), List.of("b"), true));
    }

    @Test
    void missingMappingsAreMadeBehindTheLastPlainKey() {
        assertEquals(
                Optional.of("a:\n- x: 1\n  d:\n    e: [ALL]\n  y:\n    z: 1\n"),
                set(
                        "a:\n- x: 1\n  y:\n    z: 1\n",
                        List.of("a", "0"),
                        List.of("d", "e"),
                        List.of("ALL")));
    }

    @Test
    void mappingOfMappingsGetsItsKeyInFront() {
        assertEquals(
                Optional.of("a:\n  d: 1\n  b:\n    c: |\n      # text\n"),
                set("a:\n  b:\n    c: |\n      # text\n", List.of("a"), List.of("d"), 1L));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
                    a: {}; a: {b: true}
                    a: {c: 1}; a: {c: 1, b: true}
                    a: { c: 1 }; a: { c: 1, b: true }
                    """)
    void mappingsInBracesAreAddedTo(String before, String after) {
        assertEquals(Optional.of(after), set(before, List.of("a"), List.of("b"), true));
    }

    @Test
    void textsThatLookLikeSomethingElseAreQuoted() {
        for (String word :
                List.of("yes", "On", "null", "1.5", "", "a: b", "0x1", "~", "- a", "{")) {
            String text = set("a: 1\nb: 2\n", List.of(), List.of("b"), word).orElseThrow();

            assertEquals("a: 1\nb: \"" + word + "\"\n", text);
        }
        assertEquals(
                Optional.of("a: 1\nb: RuntimeDefault\n"),
                set("a: 1\nb: 2\n", List.of(), List.of("b"), "RuntimeDefault"));
    }

    @Test
    void lineEndsOfWindowsStay() {
        assertEquals(
                Optional.of("a: 1\r\nb:\r\n  c: 2\r\n"),
                set("a: 1\r\n", List.of(), List.of("b", "c"), 2L));
    }

    @Test
    void fileWithoutALastLineEndIsAddedTo() {
        assertEquals(Optional.of("a: 1\nb: 2"), set("a: 1", List.of(), List.of("b"), 2L));
    }

    /// What stands there is somewhere else as well, or is more than one value.
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
                    x: &x {b: 1}|a: *x; a
                    x: &x {b: 1}|a: {<<: *x}; a.b
                    {"a": {"c": 1}}; a
                    a: [1]; a
                    a: text; a
                    a: |-|  text; a
                    a: [; a
                    b: 1; a
                    """)
    void whatIsSharedOrNoMappingIsLeftAlone(String text, String path) {
        List<String> steps = List.of(path.split("\\."));

        assertEquals(
                Optional.empty(),
                set(text.replace("|", "\n").replace(": \n-", ": |-"), steps, List.of("b"), true));
    }

    @Test
    void keyIsCutOutWithItsLine() {
        assertEquals(
                Optional.of("a:\n  c: 1\n"),
                YamlEdit.remove(
                        "a:\n  b: true # x\n  c: 1\n",
                        YamlSchema.KUBERNETES,
                        0,
                        List.of("a"),
                        List.of("b")));
        for (String left :
                List.of("a:\n  b: true\n", "a:\n- b: 1\n  c: 2\n", "a: {b: 1, c: 2}\n")) {
            List<String> steps = left.contains("- ") ? List.of("a", "0") : List.of("a");
            assertEquals(
                    Optional.empty(),
                    YamlEdit.remove(left, YamlSchema.KUBERNETES, 0, steps, List.of("b")),
                    left);
        }
    }

    @Test
    void mappingIsFoundByWhereItBegins() {
        String text = "a: 1\n---\nb:\n- c: 1\n- d: 1\n";

        assertEquals(
                Optional.of(new YamlEdit.Where(1, List.of("b", "1"))),
                YamlEdit.find(text, YamlSchema.KUBERNETES, text.indexOf("d:")));
        assertEquals(Optional.empty(), YamlEdit.find(text, YamlSchema.KUBERNETES, 3));
    }

    private static Optional<String> set(
            String text, List<String> steps, List<String> path, Object value) {
        return YamlEdit.set(text, YamlSchema.KUBERNETES, 0, steps, path, value);
    }
}
