package dev.devopspack.adapter.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.audit.Checkpoint;
import dev.devopspack.audit.SignedCheckpoint;
import dev.devopspack.change.Digest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileCheckpointKeyTest {

    @TempDir Path folder;

    @Test
    void theKeyAndTheLogsNameStayTheSameWhenTheSiteIsRenamed() {
        FileCheckpointKey first = key(folder, "devops-pack.example.com");
        SignedCheckpoint signed =
                SignedCheckpoint.sign(
                        new Checkpoint(first.open().name(), 3, Digest.of("root")), first);

        FileCheckpointKey second = key(folder, "renamed.example.com");

        assertEquals(first.open(), second.open());
        assertTrue(signed.signedBy(second.open()));
        assertTrue(first.open().name().startsWith("devops-pack.example.com/audit/"));
    }

    @Test
    void itIsNotTheKeyOfGrantsNorThatOfAnotherInstallation() {
        FileCheckpointKey key = key(folder, "localhost");
        FileSigningKeys grants = new FileSigningKeys(folder, Optional.empty(), Clock.systemUTC());
        FileCheckpointKey other = key(folder.resolve("other"), "localhost");

        String x = key.open().x().replace('+', '-').replace('/', '_').replace("=", "");
        assertNotEquals(grants.published().keys().getFirst().x(), x);
        assertNotEquals(key.open().name(), other.open().name());
        assertNotEquals(key.open().x(), other.open().x());
    }

    @Test
    void aKeyThatOthersCanReadOrThatIsNoneIsRefused() throws Exception {
        Path file = folder.resolve("checkpoint-key");
        key(folder, "localhost").open();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThrows(IllegalStateException.class, () -> key(folder, "localhost").open());

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        key(folder, "localhost").open();
        String whole = Files.readString(file);
        for (String part : whole.lines().toList()) {
            Files.writeString(file, whole.replace(part, ""));
            assertThrows(IllegalStateException.class, () -> key(folder, "localhost").open(), part);
        }
    }

    private static FileCheckpointKey key(Path folder, String site) {
        return new FileCheckpointKey(folder, Optional.empty(), site, Clock.systemUTC());
    }
}
