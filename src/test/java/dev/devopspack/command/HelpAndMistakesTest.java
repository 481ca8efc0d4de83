package dev.devopspack.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.command.CommandsAtServer.Said;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a person reads who does not know a command yet, or who mistyped it. No server is asked.
class HelpAndMistakesTest {

    private static final Pattern LISTED = Pattern.compile("(?m)^  ([a-z-]+) {2,}\\S");
    private static final Pattern FLOWING = Pattern.compile("(?s)\\nCommands:\\n(.*?)\\n\\n");

    /// As wide as terminals are; a longer line would be broken where it is pasted from.
    private static final int WIDTH = 80;

    @TempDir Path folder;

    @Test
    void everyCommandIsListedWithAWholeSentence() {
        String listed = first(FLOWING, run("--help").out());

        for (String entry : listed.split("\n(?=  [a-z])", -1)) {
            assertTrue(entry.strip().endsWith("."), entry);
        }
    }

    @Test
    void anExampleStandsOnLinesThatCanBePasted() {
        List<String> broken = new ArrayList<>();
        for (String command : commands()) {
            Said said = run(command, "--help");
            assertEquals(ExitCode.OK, said.exitCode(), command);
            String examples = said.out().replaceFirst("(?s).*\\nExamples?:\\n", "");
            for (String line : examples.split("\n", -1)) {
                if (!examples.equals(said.out())
                        && !line.isBlank()
                        && (!line.startsWith("  ") || line.length() > WIDTH)) {
                    broken.add(command + ": " + line);
                }
            }
        }

        assertEquals(List.of(), broken);
    }

    @Test
    void aSettingIsNotBrokenInTheMiddle() {
        String help = run("serve", "--help").out();

        assertTrue(help.contains("(default ~/.devops-pack)"), help);
        assertTrue(help.contains("postgresql://user:password@host:5432/name"), help);
    }

    @Test
    void aFileThatIsNotThereIsWrongInput() throws Exception {
        Path module = Files.createDirectory(folder.resolve("module"));
        Files.writeString(module.resolve("main.tf"), "locals {}\n");
        String nowhere = folder.resolve("nowhere").toString();

        assertMissing(
                nowhere,
                run(
                        "submit",
                        module.toString(),
                        "--stack=web/production",
                        "--environment=production",
                        "--plan=" + nowhere));
        assertMissing(nowhere, run("run", nowhere));
        assertMissing(nowhere, run("verify-audit", nowhere));
        assertMissing(
                nowhere,
                run(
                        "verify",
                        module.toString(),
                        "--grant=" + nowhere,
                        "--keys=" + nowhere,
                        "--environment=staging"));
    }

    @Test
    void aFolderInPlaceOfAFileIsCalledOne() {
        Said said = run("run", folder.toString());

        assertEquals(ExitCode.BAD_INPUT, said.exitCode());
        assertEquals(folder + ": this is a folder. Name a file in it.\n", said.err());
    }

    @Test
    void anAddressThatIsNoneIsWrongInput() throws Exception {
        Path task = Files.writeString(folder.resolve("task.yaml"), "task: {}\n");

        for (String address : List.of("ftp://example.com", "example", "file:///etc", "http:x")) {
            Said said = run("run", task.toString(), "--server=" + address);

            assertEquals(ExitCode.BAD_INPUT, said.exitCode(), address);
            assertEquals(
                    "--server: '"
                            + address
                            + "' is no address of a server. Give its address, for example"
                            + " https://devops-pack.example.com.\n",
                    said.err());
        }
    }

    @Test
    void aServerThatDoesNotAnswerIsNotTheCallersMistake() throws Exception {
        Path task = Files.writeString(folder.resolve("task.yaml"), "task: {}\n");

        Said said = run("run", task.toString(), "--server=http://localhost:1");

        assertEquals(ExitCode.FAILURE, said.exitCode());
        assertEquals(
                "The server at http://localhost:1 does not answer. Start it, or name another with"
                        + " --server.\n",
                said.err());
    }

    private static void assertMissing(String file, Said said) {
        assertEquals(file + ": there is no such file. Name a file that exists.\n", said.err());
        assertEquals(ExitCode.BAD_INPUT, said.exitCode());
    }

    private List<String> commands() {
        Matcher listed = LISTED.matcher(first(FLOWING, run("--help").out()));
        List<String> commands = new ArrayList<>();
        while (listed.find()) {
            commands.add(listed.group(1));
        }
        assertTrue(commands.contains("verify-audit"), commands::toString);
        return commands;
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertTrue(matcher.find(), text);
        return matcher.group(1);
    }

    private Said run(String... arguments) {
        return new CommandsAtServer(1, folder).run(arguments);
    }
}
