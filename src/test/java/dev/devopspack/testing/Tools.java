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
        Optional<Path> found = find(name);
        if (found.isEmpty()) {
            String message = name + " is not on the PATH; install it to run this test";
            if (Boolean.getBoolean("tests.requireTools")) {
                fail(message);
            }
            Assumptions.abort(message);
        }
        return found.orElseThrow();
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
