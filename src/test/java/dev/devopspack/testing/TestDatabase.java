package dev.devopspack.testing;

import dev.devopspack.adapter.database.ConnectionSettings;
import dev.devopspack.adapter.database.embedded.DataFolder;
import dev.devopspack.adapter.database.embedded.EmbeddedDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The PostgreSQL of this run of the tests: a real one in a temporary folder, with the two roles of
/// production. It is started by the first test that asks for it and ends with the process.
public final class TestDatabase {

    private static @Nullable ConnectionSettings settings;

    private TestDatabase() {}

    public static synchronized ConnectionSettings settings() {
        if (settings == null) {
            settings = start();
        }
        return settings;
    }

    /// PostgreSQL's programs are unpacked once into the build's folder.
    public static Path programs() {
        return Path.of("target", "postgresql").toAbsolutePath();
    }

    private static ConnectionSettings start() {
        try {
            Path place = Files.createTempDirectory("devops-pack-tests");
            if (!(DataFolder.claim(place) instanceof DataFolder.Claim.Mine mine)) {
                throw new IllegalStateException("a new folder has no owner");
            }
            EmbeddedDatabase database = EmbeddedDatabase.open(mine.folder(), programs());
            Runtime.getRuntime()
                    .addShutdownHook(
                            new Thread(() -> {
                                database.close();
                                mine.folder().close();
                                delete(place);
                            }));
            return database.settings();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
