package dev.devopspack.language.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.language.Diagnostic;
import dev.devopspack.language.Span;
import dev.devopspack.language.yaml.YamlNode.Mapping;
import dev.devopspack.language.yaml.YamlNode.Scalar;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class YamlTest {

    private static YamlFile read(String text) {
        return Yaml.read("a.yaml", text, YamlSchema.KUBERNETES);
    }

    private static List<String> problems(String text) {
        return read(text).diagnostics().stream().map(Diagnostic::text).toList();
    }

    /// As one line, to compare whole documents.
    private static String shown(YamlNode node) {
        return switch (node) {
            case Scalar scalar ->
                    scalar.value() instanceof String text
                            ? "'" + text + "'"
                            : String.valueOf(scalar.value());
            case YamlNode.Sequence sequence ->
                    sequence.items().stream()
                            .map(YamlTest::shown)
                            .collect(Collectors.joining(", ", "[", "]"));
            case Mapping mapping ->
                    mapping.entries().values().stream()
                            .map(entry -> entry.key() + ": " + shown(entry.value()))
                            .collect(Collectors.joining(", ", "{", "}"));
        };
    }

    private static List<String> documents(String text, YamlSchema schema) {
        return Yaml.read("a.yaml", text, schema).documents().stream().map(YamlTest::shown).toList();
    }

    private static String place(Span span) {
        return span.line() + ":" + span.column() + "-" + span.endLine() + ":" + span.endColumn();
    }

    @Test
    void everyKeyAndValueHasItsPlace() {
        YamlFile file = read("a:\n  - b: 'x y'\n    c: |\n      one\n      two\nd: {e: 1}\n");

        Mapping root = assertInstanceOf(Mapping.class, file.documents().getFirst());
        Mapping item = assertInstanceOf(Mapping.class, root.get("a").orElseThrow().items().get(0));
        assertEquals("1:1-6:10", place(root.span()));
        assertEquals("1:1-1:2", place(root.entry("a").orElseThrow().node().span()));
        assertEquals("1:1-6:1", place(root.entry("a").orElseThrow().span()));
        assertEquals("2:5-6:1", place(item.span()));
        assertEquals("2:8-2:13", place(item.get("b").orElseThrow().span()));
        assertEquals("'x y'", file.text(item.get("b").orElseThrow().span()));
        assertEquals("3:8-6:1", place(item.get("c").orElseThrow().span()));
        assertEquals("{e: 1}", file.text(root.get("d").orElseThrow().span()));
    }

    @Test
    void placesCountUtf16UnitsAsEditorsDo() {
        YamlFile file = read("\uFEFF# 😀\n😀: [é, 😀x]\r\nb: 2\n");

        Mapping root = assertInstanceOf(Mapping.class, file.documents().getFirst());
        YamlNode list = root.get("😀").orElseThrow();
        assertEquals("😀x", file.text(list.items().get(1).span()));
        assertEquals("2:9-2:12", place(list.items().get(1).span()));
        assertEquals("3:4-3:5", place(root.get("b").orElseThrow().span()));
    }

    @Test
    void lineOfCharacterInLiteralBlock() {
        Scalar script =
                assertInstanceOf(
                        Scalar.class,
                        read("run: |\n\n  one\n  two\n")
                                .documents()
                                .getFirst()
                                .get("run")
                                .orElseThrow());

        assertEquals(List.of(2, 3, 4), List.of(0, 1, 5).stream().map(script::lineAt).toList());
    }

    @Test
    void aPlatformReadsPlainScalarsItsOwnWay() {
        String text = "[on, y, True, 010, 0o10, 0x1F, 1_000, 1.50, 1e3, ~, .inf, 2024-01-01, '1']";

        assertEquals(
                List.of(
                        "[true, true, true, 8, 8, 31, 1000, 1.5, 1000.0, null, Infinity,"
                                + " '2024-01-01', '1']"),
                documents(text, YamlSchema.KUBERNETES));
        assertEquals(
                List.of(
                        "['on', 'y', true, 10, 8, 31, '1_000', 1.5, 1000.0, null, Infinity,"
                                + " '2024-01-01', '1']"),
                documents(text, YamlSchema.GITHUB));
        assertEquals(
                List.of(
                        "['on', 'y', true, 8, 8, 31, 1000, 1.5, 1000.0, null, Infinity,"
                                + " '2024-01-01', '1']"),
                documents(text, YamlSchema.COMPOSE));
    }

    @Test
    void keysAreReadAsTheirPlatformReadsThem() {
        assertEquals(List.of("{true: 1, 8: 2}"), documents("on: 1\n010: 2", YamlSchema.KUBERNETES));
        assertEquals(List.of("{on: 1, 010: 2}"), documents("on: 1\n010: 2", YamlSchema.GITHUB));
    }

    @Test
    void writtenTagsDecide() {
        assertEquals(
                List.of("['1', 1, true, null, 'a']"),
                documents(
                        "[!!str 1, !!int '1', !!bool \"yes\", !!null x, !Ref a]",
                        YamlSchema.KUBERNETES));
    }

    @Test
    void anchorsAliasesAndMergesAreResolved() {
        String text = "a: &a {x: 1, z: 2}\nb: {<<: *a, z: 3}\nc: {<<: [{z: 4}, *a], w: *a}\n";

        assertEquals(
                List.of(
                        "{a: {x: 1, z: 2}, b: {z: 3, x: 1},"
                                + " c: {w: {x: 1, z: 2}, z: 4, x: 1}}"),
                documents(text, YamlSchema.KUBERNETES));
        assertEquals(
                List.of("{a: {x: 1}, b: {<<: {x: 1}}}"),
                documents("a: &a {x: 1}\nb: {<<: *a}", YamlSchema.GITHUB));
    }

    @Test
    void documentsAreReadOneByOneAndAnchorsStayInTheirs() {
        YamlFile file = read("--- &a 1\n---\n# nothing\n---\n- *a\n");

        assertEquals(
                List.of("1", "null", "[null]"),
                file.documents().stream().map(YamlTest::shown).toList());
        assertEquals(
                List.of(
                        "a.yaml:5:3: the alias '*a' has no anchor before it. Write the anchor '&a'"
                                + " at the value meant."),
                file.diagnostics().stream().map(Diagnostic::text).toList());
    }

    @Test
    void jsonIsRead() {
        assertEquals(
                List.of("{a: [1, true, null, 'b\n/\u00e9😀']}"),
                documents(
                        "{\n\t\"a\": [1, true, null, \"b\\n\\/\\u00e9\\ud83d\\ude00\"]\n}",
                        YamlSchema.KUBERNETES));
    }

    @Test
    void aDuplicateKeyIsToldAndTheFirstIsKept() {
        YamlFile file = read("a: 1\nb: 2\na: 3\n");

        assertEquals("{a: 1, b: 2}", shown(file.documents().getFirst()));
        assertEquals(
                List.of(
                        "a.yaml:3:1: the key 'a' stands twice, first on line 1. Remove one of"
                                + " them."),
                file.diagnostics().stream().map(Diagnostic::text).toList());
    }

    @Test
    void whatIsNoKeyOrMergeIsTold() {
        assertEquals(
                List.of(
                        "a.yaml:1:1: a key is a sequence. Use a text as the key; quote it where it"
                                + " begins with a bracket or brace."),
                problems("[a]: 1"));
        assertEquals(
                List.of(
                        "a.yaml:1:5: the merge key '<<' has no mapping to merge. Give it an alias"
                                + " of a mapping, such as '<<: *defaults'."),
                problems("<<: 1"));
    }

    @Test
    void aRecursiveAliasIsTold() {
        assertEquals(
                List.of(
                        "a.yaml:1:8: the alias '*a' stands inside the value it names. Write the"
                                + " value out."),
                problems("&a [1, *a]"));
    }

    @Test
    void aBombOfAliasesIsRefusedAtOnce() {
        String bomb =
                "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
                        + IntStream.range(1, 30)
                                .mapToObj(i ->
                                        "a"
                                                + i
                                                + ": &a"
                                                + i
                                                + " ["
                                                + ("*a" + (i - 1) + ", ").repeat(9)
                                                + "*a"
                                                + (i - 1)
                                                + "]\n")
                                .collect(Collectors.joining());

        YamlFile file = read(bomb + "---\nb: 1\n");

        assertEquals(List.of("{b: 1}"), file.documents().stream().map(YamlTest::shown).toList());
        assertEquals(
                List.of(
                        "a.yaml:6:30: the file has more than 600000 values, counting each alias as"
                                + " what it stands for. Split the file, or use fewer aliases."),
                file.diagnostics().stream().map(Diagnostic::text).toList());
    }

    @Test
    void depthIsBoundedAlsoThroughAliases() {
        String deeper =
                "a.yaml:1:151: the document nests deeper than 150 levels. Write it flatter.";
        assertEquals(List.of(deeper), problems("[".repeat(100_000)));
        assertEquals(List.of(), problems("[".repeat(149) + "a" + "]".repeat(149)));
        assertEquals(
                List.of(
                        "a.yaml:2:81: the document nests deeper than 150 levels. Write it"
                                + " flatter."),
                problems(
                        "- &a "
                                + "[".repeat(80)
                                + "]".repeat(80)
                                + "\n- "
                                + "[".repeat(78)
                                + "*a"
                                + "]".repeat(78)));
        assertEquals(
                "the document nests deeper than 150 levels",
                read("- ".repeat(200_000)).diagnostics().getFirst().message());
    }

    @Test
    void documentsAroundABrokenOneAreRead() {
        YamlFile file = read("a: 1\n---\nb: [1\nc: 2\n---\nd: 4\n--- x\n");

        assertEquals(
                List.of("{a: 1}", "{d: 4}", "'x'"),
                file.documents().stream().map(YamlTest::shown).toList());
        assertEquals(List.of(4), file.diagnostics().stream().map(d -> d.span().line()).toList());
    }

    @Test
    void tabsAndControlCharactersAreTold() {
        assertEquals(
                List.of(
                        "a.yaml:2:1: the YAML cannot be read: found character '\\t(TAB)' that"
                                + " cannot start any token. (Do not use \\t(TAB) for"
                                + " indentation). Indent with spaces instead of tabs."),
                problems("a:\n\tb: 1\n"));
        assertEquals(
                List.of("a.yaml:2:4: a control character stands here. Remove it."),
                problems("a: 1\nb: \u0000\n"));
    }

    @Test
    void aBrokenEscapeIsTold() {
        assertEquals(
                List.of(
                        "a.yaml:1:2: the YAML cannot be read after this place. Look for a broken"
                                + " escape or a missing quote."),
                problems("a: \"\\u"));
    }

    @Test
    void commentsAreFoundOutsideOfScalars() {
        YamlFile file =
                read(
                        """
                        # one
                        a: b#c # two
                        d: "# no" # three
                        e: | # four
                          # no
                          echo # no
                        f: 'x
                          # no'
                          # five
                        g: [1, # six
                          2]
                        """);

        assertEquals(
                List.of("1 # one", "2 # two", "3 # three", "4 # four", "9 # five", "10 # six"),
                file.comments().stream()
                        .map(comment -> comment.span().line() + " " + comment.text())
                        .toList());
        assertEquals("# three", file.commentOn(3).orElseThrow().text());
        assertTrue(file.commentOn(5).isEmpty());
        assertEquals(
                List.of(true, false, false, false, true, false),
                file.comments().stream().map(YamlFile.Comment::alone).toList());
    }

    @Test
    void nothingIsReadOfWhatIsEmptyOrTooLong() {
        assertEquals(List.of(), read("").documents());
        assertEquals(List.of(), read("# only a comment").documents());
        char[] many = new char[Yaml.MAX_CHARACTERS + 1];
        Arrays.fill(many, 'a');
        assertEquals(
                List.of(
                        "a.yaml:1:1: the file has 4194305 characters. Split it into files of at"
                                + " most 4194304 characters."),
                problems(new String(many)));
    }

    @Test
    void aNullHasNoText() {
        YamlNode root = read("a: null\nb: 'null'\n").documents().getFirst();

        assertTrue(root.get("a").orElseThrow().text().isEmpty());
        assertEquals("null", root.get("b").orElseThrow().text().orElseThrow());
        assertNull(assertInstanceOf(Scalar.class, root.get("a").orElseThrow()).value());
    }
}
