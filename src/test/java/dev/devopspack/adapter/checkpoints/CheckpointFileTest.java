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
        CheckpointFile file = new CheckpointFile(path);
        assertEquals(Optional.empty(), file.newest());

        file.append(List.of(signed(1), signed(2)));
        String before = Files.readString(path);
        // Another replica may have been faster: what is there is not written again.
        file.append(List.of(signed(2), signed(5)));

        assertEquals(signed(1).note() + "\n" + signed(2).note() + "\n", before);
        assertEquals(before + signed(5).note() + "\n", Files.readString(path));
        assertEquals(Optional.of(signed(5)), new CheckpointFile(path).newest());
    }

    @Test
    void aNoteThatACrashCutShortIsPassedOver() throws Exception {
        Path path = folder.resolve("checkpoints.txt");
        String whole = signed(1).note() + "\n";
        String torn = signed(2).note();
        for (int length = 1; length < torn.length() - 1; length++) {
            Files.writeString(path, whole + torn.substring(0, length));
            CheckpointFile file = new CheckpointFile(path);
            assertEquals(Optional.of(signed(1)), file.newest());

            file.append(List.of(signed(3)));

            assertEquals(Optional.of(signed(3)), file.newest());
            assertTrue(Files.readString(path).startsWith(whole + torn.substring(0, length)));
        }
    }

    private static SignedCheckpoint signed(long size) {
        return SignedCheckpoint.sign(new Checkpoint("log", size, Digest.of("root " + size)), KEY);
    }
}
