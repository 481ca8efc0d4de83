package dev.devopspack.testing;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Runs lines of bash in a folder, with exactly these variables. Programs in its `bin` folder come
/// before those of the machine.
///
/// @param env besides `PATH` and `HOME`
public record Bash(Path folder, Map<String, String> env) {

    private static final int LONGEST_SECONDS = 120;

    public Bash {
        env = Map.copyOf(env);
    }

    public static Bash in(Path folder) {
        return new Bash(folder, Map.of());
    }

    public Bash with(String name, String value) {
        Map<String, String> more = new HashMap<>(env);
        more.put(name, value);
        return new Bash(folder, more);
    }

    /// What a run left behind.
    public record Ended(int code, String out, String err) {}

    public Ended run(String line) {
        try {
            Path out = Files.createTempFile("bash", ".out");
            Path err = Files.createTempFile("bash", ".err");
            ProcessBuilder builder =
                    new ProcessBuilder(Tools.require("bash").toString(), "-c", line)
                            .directory(folder.toFile())
                            .redirectOutput(out.toFile())
                            .redirectError(err.toFile());
            builder.environment().clear();
            builder.environment().putAll(env);
            builder.environment()
                    .put("PATH", folder.resolve("bin") + ":" + System.getenv().get("PATH"));
            builder.environment().put("HOME", folder.toString());
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
                fail("bash did not end: " + line);
            }
            Ended ended =
                    new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
            Files.delete(out);
            Files.delete(err);
            return ended;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
