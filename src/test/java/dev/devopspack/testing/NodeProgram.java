package dev.devopspack.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// Runs a program of Node in a folder of its own, which is also its home.
public final class NodeProgram {

    /// The oldest that the tools of MCP run on.
    private static final int OLDEST = 22;

    private static final Pattern VERSION = Pattern.compile("v(\\d+)\\..*", Pattern.DOTALL);

    private final Path node;
    private final Path folder;

    private NodeProgram(Path node, Path folder) {
        this.node = node;
        this.folder = folder;
    }

    /// @param folder where the programs run and leave what they write
    public static NodeProgram require(Path folder) {
        NodeProgram program = new NodeProgram(Tools.require("node"), folder);
        String version = program.run("", Duration.ofSeconds(20), "--version").out();
        var matcher = VERSION.matcher(version);
        if (!matcher.matches() || Integer.parseInt(matcher.group(1)) < OLDEST) {
            String message =
                    "node on the PATH is "
                            + version.strip()
                            + "; this test needs "
                            + OLDEST
                            + " or later, see .ci/run";
            Tools.missing(message, Boolean.getBoolean("tests.requireTools"));
        }
        return program;
    }

    /// Ends the program when it takes longer than it may.
    public Ended run(String input, Duration longest, String... arguments) {
        List<String> command = new ArrayList<>(List.of(node.toString()));
        command.addAll(Arrays.asList(arguments));
        try {
            Path in = Files.writeString(folder.resolve("stdin"), input);
            Path out = folder.resolve("stdout");
            Path err = folder.resolve("stderr");
            ProcessBuilder builder =
                    new ProcessBuilder(command)
                            .directory(folder.toFile())
                            .redirectInput(in.toFile())
                            .redirectOutput(out.toFile())
                            .redirectError(err.toFile());
            builder.environment().put("HOME", folder.toString());
            builder.environment().put("NO_COLOR", "1");
            Process process = builder.start();
            boolean ended = process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
            String complaints = Files.readString(err, StandardCharsets.UTF_8);
            return new Ended(
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    ended ? complaints : complaints + "\nended after " + longest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// What a program left behind.
    public record Ended(int exitCode, String out, String err) {}
}
