package dev.devopspack.language.shell.print;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.testing.Tools;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptTest {

    private static final List<String> WORDS =
            List.of(
                    "plain",
                    "",
                    "with space",
                    "'",
                    "''",
                    "a'b\"c",
                    "$(touch x)",
                    "`touch x`",
                    "$HOME",
                    "\\",
                    "a\\",
                    ";touch x",
                    "|x",
                    "&",
                    "> x",
                    "~",
                    "*",
                    "{a,b}",
                    "!!",
                    "#x",
                    "-n",
                    "é–ß");

    @TempDir Path folder;

    @Test
    void bashReadsEveryTextAsTheOneWordThatItIs() throws Exception {
        Object[] words = new Object[WORDS.size() + 1];
        words[0] = "%s\\n";
        for (int i = 0; i < WORDS.size(); i++) {
            words[i + 1] = Word.text(WORDS.get(i));
        }

        String out = run(Script.of(Invocation.of("printf", words)), Map.of());

        assertEquals(String.join("\n", WORDS) + "\n", out);
        try (var files = Files.list(folder)) {
            assertEquals(2, files.count());
        }
    }

    @Test
    void aVariableIsOneWordWhateverItHolds() throws Exception {
        Script script =
                Script.of(
                                Invocation.of(
                                        "printf",
                                        "<%s>",
                                        Word.option("--name", Word.variable("NAME"))))
                        .needing("NAME", "Set NAME");

        assertEquals("<--name=a b$(id);*>", run(script, Map.of("NAME", "a b$(id);*")));
    }

    @Test
    void nothingRunsWhileAVariableIsMissing() throws Exception {
        Script script =
                Script.of(Invocation.of("echo", "one"), Invocation.of("echo", "two"))
                        .needing("NAME", "Set NAME to something");

        String out = run(script, Map.of());

        assertTrue(out.endsWith("NAME: Set NAME to something\n"), out);
        assertEquals("one\ntwo\n", run(script, Map.of("NAME", "x")));
    }

    @Test
    void whatStopsAtFailureRunsNothingAfterIt() throws Exception {
        Script script = Script.of(Invocation.of("false"), Invocation.of("echo", "two"));

        assertEquals("two\n", run(script, Map.of()));
        assertEquals("", run(script.stoppingAtFailure(), Map.of()));
    }

    @Test
    void linesAreReadAsTheyStand() throws Exception {
        Script script =
                Script.of(
                                Pipeline.of(
                                        Invocation.of("cat")
                                                .reading("END", List.of("$HOME `id`", "it's"))),
                                Pipeline.of(Invocation.of("echo", "after")))
                        .stoppingAtFailure();

        assertEquals("$HOME `id`\nit's\nafter\n", run(script, Map.of()));
    }

    @Test
    void whatACommandWroteBecomesAVariable() throws Exception {
        Script script =
                Script.of(Invocation.of("printf", "<%s>", Word.variable("NAME")))
                        .after(
                                List.of(
                                        new Script.Preparation.Capture(
                                                "NAME",
                                                Pipeline.of(
                                                        Invocation.of("echo", "a 'b' \"c\")"),
                                                        Invocation.of("cat")))));

        assertEquals("<a 'b' \"c\")>", run(script, Map.of()));
    }

    @Test
    void outputIsKeptInAFileBesideTheReader() throws Exception {
        run(Script.of(Pipeline.of(Invocation.of("echo", "kept")).into("kept.txt")), Map.of());

        assertEquals("kept\n", Files.readString(folder.resolve("kept.txt")));
    }

    @Test
    void aTypedLineIsItsWordsAndWhatFollowsStaysWhole() {
        assertEquals(
                Invocation.of("grep", "-E", "--", "no space left"),
                Invocation.typed("grep -E --", "no space left"));
        for (String line : List.of("$(id) x", "echo $(id)", "grep a|b", "echo 'a b'", "df  -h")) {
            assertThrows(IllegalArgumentException.class, () -> Invocation.typed(line), line);
        }
    }

    @Test
    void whatCannotBePrintedCannotBeMade() {
        assertThrows(IllegalArgumentException.class, () -> Word.text("a\nb"));
        assertThrows(IllegalArgumentException.class, () -> Word.text("a\u202Eb"));
        assertThrows(IllegalArgumentException.class, () -> Word.variable("a b"));
        assertThrows(IllegalArgumentException.class, () -> Invocation.of("a b"));
        assertThrows(
                IllegalArgumentException.class,
                () -> Invocation.of("cat").reading("END", List.of("END")));
        assertThrows(
                IllegalArgumentException.class,
                () -> Script.of(Invocation.of("df")).needing("A", "$(id)"));
        assertThrows(
                IllegalArgumentException.class,
                () -> Pipeline.of(Invocation.of("df")).into("../a.txt"));
    }

    private String run(Script script, Map<String, String> variables) throws Exception {
        Path out = folder.resolve("out");
        Path file = Files.writeString(folder.resolve("script"), script.printed() + "\n");
        ProcessBuilder builder =
                new ProcessBuilder(Tools.require("bash").toString(), file.toString())
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(out.toFile());
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().remove("NAME");
        builder.environment().putAll(variables);
        Process process = builder.start();
        assertTrue(process.waitFor(1, TimeUnit.MINUTES));
        return Files.readString(out, StandardCharsets.UTF_8);
    }
}
