package dev.devopspack.testing;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/// Finds the outside tools that some tests need.
///
/// Where one is missing its tests are skipped by name; with `-Dtests.requireTools=true` they fail.
public final class Tools {

    private Tools() {}

    /// @return where the tool is
    public static Path require(String name) {
        return orSkip(find(name), name + " is not on the PATH; install it to run this test");
    }

    /// @param name of a module of npm, looked for in `NODE_PATH` and in
    ///   `src/test/node/node_modules`, where `npm ci --prefix src/test/node` puts it
    /// @return the folder of modules that holds it
    public static Path requireNodeModule(String name) {
        String folders =
                System.getenv().getOrDefault("NODE_PATH", "")
                        + File.pathSeparator
                        + "src/test/node/node_modules";
        Optional<Path> found =
                Arrays.stream(folders.split(Pattern.quote(File.pathSeparator)))
                        .filter(folder -> !folder.isBlank())
                        .map(folder -> Path.of(folder).toAbsolutePath())
                        .filter(folder -> Files.isDirectory(folder.resolve(name)))
                        .findFirst();
        return orSkip(
                found,
                "the npm module "
                        + name
                        + " is not there; install it with npm ci --prefix src/test/node");
    }

    private static Path orSkip(Optional<Path> found, String message) {
        return found.orElseGet(() -> missing(message, Boolean.getBoolean("tests.requireTools")));
    }

    /// @param required whether a missing tool is a failure; else the test is skipped
    static <T> T missing(String message, boolean required) {
        return required ? fail(message) : Assumptions.abort(message);
    }

    public static Optional<Path> find(String name) {
        return Arrays.stream(
                        System.getenv()
                                .getOrDefault("PATH", "")
                                .split(Pattern.quote(File.pathSeparator)))
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder).resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
