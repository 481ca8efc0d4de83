package dev.devopspack.language.yaml.printer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.devopspack.language.yaml.printer.YamlValue.Block;
import dev.devopspack.language.yaml.printer.YamlValue.Bool;
import dev.devopspack.language.yaml.printer.YamlValue.Flow;
import dev.devopspack.language.yaml.printer.YamlValue.Item;
import dev.devopspack.language.yaml.printer.YamlValue.Mapping;
import dev.devopspack.language.yaml.printer.YamlValue.Sequence;
import dev.devopspack.language.yaml.printer.YamlValue.Text;
import dev.devopspack.language.yaml.printer.YamlValue.Whole;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

class YamlPrinterTest {

    /// Texts that one version of YAML or a careless reader takes for something else.
    private static final List<String> TRAPS =
            List.of(
                    "",
                    " ",
                    "on",
                    "Off",
                    "yes",
                    "NO",
                    "y",
                    "N",
                    "~",
                    "null",
                    "Null",
                    "true",
                    "=",
                    "<<",
                    "1",
                    "0",
                    "-1",
                    "+1",
                    "1.",
                    ".5",
                    "1e5",
                    "0x1F",
                    "0o17",
                    "017",
                    "0b11",
                    "1_000",
                    "190:20:30",
                    "12:30",
                    "2001-12-14",
                    "2001-12-14t21:59:43.10-05:00",
                    "2001-12-14 21:59:43.10 -5",
                    ".nan",
                    ".NaN",
                    ".inf",
                    "-.inf",
                    "---",
                    "...",
                    "-",
                    "- a",
                    "?",
                    "? a",
                    ":",
                    ": a",
                    "a:",
                    "a: b",
                    "a #b",
                    "#a",
                    "&a",
                    "*a",
                    "!a",
                    "|",
                    ">",
                    "'a",
                    "\"a",
                    "%a",
                    "@a",
                    "`a",
                    "[a",
                    "]",
                    "{a",
                    "}",
                    ",a",
                    "a,b",
                    "a, b",
                    " a",
                    "a ",
                    "\ta",
                    "a\tb",
                    "a\nb",
                    "a\r\nb",
                    "\n",
                    "a\n",
                    "a\n\n",
                    "\na",
                    "  a\nb",
                    "a\n  b\n",
                    "a\n \nb",
                    "a\u0085b",
                    "a\u2028b",
                    "a\u0000b",
                    "a\u001Bb",
                    "a\u202Eb",
                    "é",
                    "\uFEFFa",
                    "😀",
                    "\\",
                    "a\\nb",
                    "'",
                    "''",
                    "\"",
                    "${{ github.ref == 'refs/heads/main' }}",
                    "a]b",
                    "a}b",
                    "_",
                    "._",
                    "$",
                    "()",
                    "key",
                    "24",
                    "3.14",
                    "1.36.2",
                    "!!str a",
                    "a: |",
                    "--- a",
                    "a # b: c");

    @Test
    void everyTextIsReadBackBesideAKeyInAListAsKeyAndOnOneLine() {
        TRAPS.forEach(YamlPrinterTest::assertReadBack);
    }

    @Test
    void randomTextsAreReadBack() {
        Random random = new Random(7);
        String alphabet = "ab01 .:-#,[]{}&*!|>'\"%@`~=\n\t\\?+xeE_/$()\r\u00e9\u2028\u0007";
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(12);
            for (int j = 0; j < length; j++) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertReadBack(text.toString());
        }
    }

    private static void assertReadBack(String text) {
        List<Item> items = List.of(Item.of(new Text(text)), Item.of(new Block(text)));
        Mapping document =
                YamlValue.mapping()
                        .put("text", text)
                        .put("block", new Block(text))
                        .put("flow", new Flow(List.of(text, "z")))
                        .put("list", new Sequence(items))
                        .put("nested", YamlValue.mapping().put(text, text).build())
                        .put("after", "z")
                        .build();
        Map<String, Object> expected = new LinkedHashMap<>();
        expected.put("text", text);
        expected.put("block", text);
        expected.put("flow", List.of(text, "z"));
        expected.put("list", List.of(text, text));
        expected.put("nested", Map.of(text, text));
        expected.put("after", "z");

        String written = YamlPrinter.document(List.of(), document);

        assertEquals(expected, read12(written), written);
        assertEquals(expected, read11(written), written);
    }

    private static Object read12(String yaml) {
        return new Load(LoadSettings.builder().build()).loadFromString(yaml);
    }

    private static Object read11(String yaml) {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
    }

    @Test
    void commentsStandWhereTheyWereWritten() {
        Mapping step =
                YamlValue.mapping()
                        .put("uses", new Text("actions/checkout@0a"), "v7.0.1")
                        .put("with", YamlValue.mapping().put("fetch-depth", new Whole(1)).build())
                        .build();
        Mapping document =
                YamlValue.mapping()
                        .put("name", "pipeline")
                        .blank()
                        .comment("No rights", "but those that a job asks for")
                        .put("permissions", YamlValue.mapping().build())
                        .put("on", new Flow(List.of("push", "on")))
                        .put("fast", new Bool(true))
                        .put(
                                "steps",
                                new Sequence(
                                        List.of(
                                                new Item(step, List.of("Reads the files"), false),
                                                new Item(
                                                        YamlValue.mapping()
                                                                .put("run", new Block("a\n\n  b\n"))
                                                                .build(),
                                                        List.of(),
                                                        true))))
                        .build();

        assertEquals(
                """
                # Written by a program
                name: pipeline

                # No rights
                # but those that a job asks for
                permissions: {}
                "on": [push, "on"]
                fast: true
                steps:
                  # Reads the files
                  - uses: actions/checkout@0a # v7.0.1
                    with:
                      fetch-depth: 1

                  - run: |
                      a

                        b
                """,
                YamlPrinter.document(List.of("Written by a program"), document));
    }

    @Test
    void whatWouldEndACommentOrRepeatAKeyIsRefused() {
        for (String line : List.of("", "a\nb: c", "a\rb", "a\u2028b", "a\u202Eb")) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> YamlValue.mapping().put("a", new Text("b"), line));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> YamlValue.mapping().comment(line).put("a", "b"));
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> YamlValue.mapping().put("a", "b").put("a", "c").build());
        List<String> half = new ArrayList<>(List.of("\uD800", "a\uDC00"));
        half.forEach(text ->
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                YamlPrinter.document(
                                        List.of(), YamlValue.mapping().put("a", text).build())));
    }
}
