package dev.devopspack.adapter.checkpoints;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.audit.Checkpoint;
import dev.devopspack.audit.CheckpointKey;
import dev.devopspack.audit.SignedCheckpoint;
import dev.devopspack.change.Digest;
import dev.devopspack.testing.FixedCheckpointKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFileTest {

    private static final CheckpointKey KEY = new FixedCheckpointKey("log");

    @TempDir Path folder;

    @Test
    void whatIsAppendedIsOnlyEverAddedTo() throws Exception {
        Path path = folder.resolve("new").resolve("checkpoints.txt");
        CheckpointFile file = CheckpointFile.archive(path);
        assertEquals(Optional.empty(), file.newest());

        file.append(List.of(signed(1), signed(2)));
        String before = Files.readString(path);
        // Another replica may have been faster: what is there is not written again.
        file.append(List.of(signed(2), signed(5)));

        assertEquals(signed(1).note() + "\n" + signed(2).note() + "\n", before);
        assertEquals(before + signed(5).note() + "\n", Files.readString(path));
        assertEquals(Optional.of(signed(5)), CheckpointFile.archive(path).newest());
    }

    @Test
    void aNoteThatACrashCutShortIsPassedOver() throws Exception {
        Path path = folder.resolve("checkpoints.txt");
        String whole = signed(1).note() + "\n";
        String torn = signed(2).note();
        for (int length = 1; length < torn.length() - 1; length++) {
            Files.writeString(path, whole + torn.substring(0, length));
            CheckpointFile file = CheckpointFile.archive(path);
            assertEquals(Optional.of(signed(1)), file.newest());

            file.append(List.of(signed(3)));

            assertEquals(Optional.of(signed(3)), file.newest());
            assertTrue(Files.readString(path).startsWith(whole + torn.substring(0, length)));
        }
    }

    @Test
    void whereItMayHaveASizeTheOldestGiveWay() throws Exception {
        Path path = folder.resolve("checkpoints.txt");
        int note = signed(100).note().length();
        int most = 20 * note;
        CheckpointFile file = new CheckpointFile(path, most);

        for (long size = 100; size < 300; size += 2) {
            file.append(List.of(signed(size), signed(size + 1)));

            assertEquals(Optional.of(signed(size + 1)), file.newest());
            assertTrue(Files.size(path) <= most, () -> "it has " + path.toFile().length());
        }

        String kept = Files.readString(path);
        StringBuilder newest = new StringBuilder();
        for (long size = 299; !newest.toString().equals(kept); size--) {
            assertTrue(size > 100, kept);
            newest.insert(0, signed(size).note() + "\n");
        }
        assertTrue(kept.length() > 8 * note, kept);
    }

    @Test
    void aNoteThatWasCutShortGivesWayToo() throws Exception {
        Path path = folder.resolve("checkpoints.txt");
        int most = 6 * signed(100).note().length();
        CheckpointFile file = new CheckpointFile(path, most);
        for (long size = 100; size < 160; size++) {
            file.append(List.of(signed(size)));
            Files.writeString(
                    path, signed(size + 1).note().substring(0, 40), StandardOpenOption.APPEND);

            assertEquals(Optional.of(signed(size)), file.newest());
            assertTrue(Files.size(path) <= most + 40, () -> "it has " + path.toFile().length());
        }
    }

    private static SignedCheckpoint signed(long size) {
        return SignedCheckpoint.sign(new Checkpoint("log", size, Digest.of("root " + size)), KEY);
    }
}
