package dev.devopspack.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Compares text that we produce with a file kept under `src/test/resources/golden/`.
///
/// `-Dgolden=update` rewrites the file; the difference is reviewed like code.
public final class Golden {

    private static final Path ROOT = Path.of("src/test/resources/golden");

    private Golden() {}

    /// @param name a path below the golden folder, for example `terraform/eks/main.tf`
    public static void assertMatches(String name, String actual) {
        compare(ROOT.resolve(name), actual);
    }

    /// For pages under `docs/` that are written from the code.
    public static void assertDocument(String name, String actual) {
        compare(Path.of("docs").resolve(name), actual);
    }

    private static void compare(Path file, String actual) {
        try {
            if ("update".equals(System.getProperty("golden"))) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, actual);
                return;
            }
            if (!Files.exists(file)) {
                fail(file + " does not exist. Write it with -Dgolden=update and review it.");
            }
            assertEquals(
                    Files.readString(file),
                    actual,
                    file + " differs. If the change is meant, rewrite it with -Dgolden=update.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
