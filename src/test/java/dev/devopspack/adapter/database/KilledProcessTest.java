package dev.devopspack.adapter.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.adapter.database.embedded.DataFolder;
import dev.devopspack.adapter.database.embedded.DataFolder.Claim;
import dev.devopspack.adapter.database.embedded.DataFolder.Owner;
import dev.devopspack.audit.AuditVerifier;
import dev.devopspack.audit.AuditVerifier.Result.Intact;
import dev.devopspack.audit.ExportedEntry;
import dev.devopspack.testing.ScratchDatabase;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What survives `kill -9`.
class KilledProcessTest {

    private static final int ENOUGH = 300;
    private static final Duration LIMIT = Duration.ofSeconds(120);

    @TempDir Path folder;

    private @Nullable Process child;

    @AfterEach
    void endTheChild() throws InterruptedException {
        if (child != null) {
            child.destroyForcibly().waitFor();
        }
        postmaster().ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    void nothingAcknowledgedIsLostWithTheProgram() throws Exception {
        Process appending = start();
        awaitAcknowledgements();

        assertEquals(
                new Claim.Taken(
                        new Owner(
                                appending.pid(), Optional.of(URI.create("http://localhost:4711")))),
                DataFolder.claim(data()));
        appending.destroyForcibly().waitFor();

        assertTrue(postmaster().isPresent(), "its PostgreSQL runs on");
        try (ScratchDatabase again = ScratchDatabase.open(data())) {
            assertTrue(again.database().adopted());
            assertEverythingAcknowledgedIsThere(again);
        }
        assertEquals(Optional.empty(), postmaster());
    }

    @Test
    void nothingAcknowledgedIsLostWithTheDatabase() throws Exception {
        Process appending = start();
        awaitAcknowledgements();

        postmaster().orElseThrow().destroyForcibly();

        assertTrue(appending.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS));
        try (ScratchDatabase again = ScratchDatabase.open(data())) {
            assertFalse(again.database().adopted());
            assertEverythingAcknowledgedIsThere(again);
        }
    }

    private void assertEverythingAcknowledgedIsThere(ScratchDatabase database)
            throws SQLException, IOException {
        List<ExportedEntry> entries;
        try (Connection app = database.app()) {
            entries = AuditAttackTest.export(app);
        }
        AuditVerifier verifier = AuditVerifier.fromTheBeginning();
        entries.forEach(verifier::add);
        assertInstanceOf(Intact.class, verifier.result());

        Set<Long> kept = entries.stream().map(ExportedEntry::sequence).collect(Collectors.toSet());
        List<Long> lost =
                acknowledgements().stream().filter(sequence -> !kept.contains(sequence)).toList();
        assertEquals(List.of(), lost);
    }

    private Process start() throws IOException {
        Process started =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                AppendingProcess.class.getName(),
                                data().toString(),
                                folder.resolve("acknowledged").toString())
                        .redirectErrorStream(true)
                        .redirectOutput(new File(folder.toFile(), "output"))
                        .start();
        child = started;
        return started;
    }

    private Path data() {
        return folder.resolve("data");
    }

    private void awaitAcknowledgements() throws Exception {
        Instant until = Instant.now().plus(LIMIT);
        while (acknowledgements().size() < ENOUGH) {
            assertTrue(
                    Instant.now().isBefore(until) && child != null && child.isAlive(),
                    () -> "it does not append: " + output());
            Thread.sleep(50);
        }
    }

    private String output() {
        try {
            return Files.readString(folder.resolve("output"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /// The last line may have been cut off by the kill: it was not acknowledged.
    private List<Long> acknowledgements() throws IOException {
        Path file = folder.resolve("acknowledged");
        if (!Files.exists(file)) {
            return List.of();
        }
        String text = Files.readString(file);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().map(Long::parseLong).toList();
    }

    private Optional<ProcessHandle> postmaster() {
        try {
            List<String> lines =
                    Files.readAllLines(data().resolve("database").resolve("postmaster.pid"));
            return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
