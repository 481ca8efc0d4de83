package dev.devopspack.adapter.database.embedded;

import dev.devopspack.adapter.database.DatabaseUnavailable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Runs PostgreSQL's programs, as the user `nobody` of a namespace of its own where we are root:
/// PostgreSQL refuses to run as root.
final class Programs {

    /// Enough for the sentence that says what went wrong.
    private static final int MAX_OUTPUT_BYTES = 8_192;

    private final Binaries binaries;
    private final Path output;
    private final List<String> prefix;

    private Programs(Binaries binaries, Path output, List<String> prefix) {
        this.binaries = binaries;
        this.output = output;
        this.prefix = prefix;
    }

    record Result(int exitCode, String output) {
        boolean succeeded() {
            return exitCode == 0;
        }
    }

    /// @param output a file that takes what the programs print
    static Programs with(Binaries binaries, Path output) throws IOException {
        if (!weAreRoot(output)) {
            return new Programs(binaries, output, List.of());
        }
        Programs programs = new Programs(binaries, output, List.of("unshare", "-U"));
        programs.checkNamespaces();
        return programs;
    }

    /// A new file belongs to whom this process runs as, whatever the environment says.
    private static boolean weAreRoot(Path output) throws IOException {
        PrivateFiles.write(output, "");
        return Integer.valueOf(0).equals(Files.getAttribute(output, "unix:uid"));
    }

    private void checkNamespaces() {
        String why;
        try {
            Result result = run(List.of("unshare", "-U", "true"), Duration.ofSeconds(10));
            if (result.succeeded()) {
                return;
            }
            why = result.output().strip();
        } catch (IOException e) {
            why = String.valueOf(e.getMessage());
        }
        throw new DatabaseUnavailable(
                "PostgreSQL does not run as root, and this system refuses a user namespace ("
                        + why
                        + "). Start DevOps Pack as another user, or set DEVOPS_PACK_DATABASE_URL to"
                        + " a PostgreSQL 15 or newer.");
    }

    Result run(Duration limit, String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(binaries.program(program).toString());
        command.addAll(List.of(arguments));
        return run(command, limit);
    }

    private Result run(List<String> command, Duration limit) throws IOException {
        Files.deleteIfExists(output);
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> environment = builder.environment();
        String path = environment.getOrDefault("PATH", "/usr/bin:/bin");
        environment.clear();
        environment.put("PATH", path);
        environment.put("LC_ALL", "C");
        builder.redirectErrorStream(true).redirectOutput(output.toFile());
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        Process process = builder.start();
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
                return new Result(-1, "it did not end within " + limit.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + command.getLast() + " ran", e);
        }
        try (InputStream printed = Files.newInputStream(output)) {
            String text = new String(printed.readNBytes(MAX_OUTPUT_BYTES), StandardCharsets.UTF_8);
            return new Result(process.exitValue(), text);
        }
    }
}
