package dev.devopspack.adapter.checkpoints;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.audit.Checkpoint;
import dev.devopspack.audit.CheckpointKey;
import dev.devopspack.audit.Checkpoints;
import dev.devopspack.audit.ConsistencyProof;
import dev.devopspack.audit.CosignerKey;
import dev.devopspack.audit.InclusionProof;
import dev.devopspack.audit.LogKey;
import dev.devopspack.audit.SignedCheckpoint;
import dev.devopspack.audit.Tile;
import dev.devopspack.change.Digest;
import dev.devopspack.testing.FixedCheckpointKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTimerTest {

    private static final CheckpointKey KEY = new FixedCheckpointKey("log");

    @TempDir Path folder;

    private final Database database = new Database();
    private Path file;
    private CheckpointTimer timer;

    @BeforeEach
    void aTimer() {
        file = folder.resolve("checkpoints.txt");
        timer = new CheckpointTimer(database, folder, Optional.empty());
    }

    @Test
    void whatWaitsIsSignedAtOnceAndCopied() throws Exception {
        database.waiting.add(signed(1_000, "a"));
        database.waiting.add(signed(2_000, "b"));
        database.waiting.add(signed(2_001, "c"));

        assertEquals("", timer.tick());

        StringBuilder all = new StringBuilder();
        database.made.forEach(each -> all.append(each.note()).append('\n'));
        assertEquals(3, database.made.size());
        assertEquals(all.toString(), Files.readString(file));
        assertEquals("", timer.tick());
        assertEquals(all.toString(), Files.readString(file));
    }

    @Test
    void whatAnotherReplicaMadeIsCopiedToo() {
        for (int size = 1; size <= 250; size++) {
            database.made.add(signed(size, "root " + size));
        }

        assertEquals("", timer.tick());

        assertEquals(250, CheckpointFile.archive(file).newest().orElseThrow().checkpoint().size());
    }

    @Test
    void aNewFolderBeginsWithTheNewestAndAnArchiveWithTheFirst() throws Exception {
        for (int size = 1; size <= 250; size++) {
            database.made.add(signed(size, "root " + size));
        }
        database.waiting.add(signed(300, "next"));
        Path archive = folder.resolve("archive.txt");

        assertEquals("", timer.tick());
        assertEquals("", new CheckpointTimer(database, folder, Optional.of(archive)).tick());

        assertEquals(notes(249), Files.readString(file));
        assertEquals(notes(0), Files.readString(archive));
    }

    private String notes(int from) {
        StringBuilder notes = new StringBuilder();
        database.made.stream().skip(from).forEach(each -> notes.append(each.note()).append('\n'));
        return notes.toString();
    }

    @Test
    void aDatabaseThatLacksWhatTheFileHasIsSignedNoFurther() throws Exception {
        database.waiting.add(signed(10, "a"));
        timer.tick();
        String before = Files.readString(file);
        database.made.clear();
        database.made.add(signed(10, "another"));
        database.waiting.add(signed(12, "b"));

        String complaint = timer.tick();

        assertTrue(complaint.contains("a checkpoint of 10 entries"), complaint);
        assertEquals(1, database.made.size());
        assertEquals(before, Files.readString(file));
    }

    private static SignedCheckpoint signed(long size, String root) {
        return SignedCheckpoint.sign(new Checkpoint("log", size, Digest.of(root)), KEY);
    }

    /// Checkpoints in memory; those that wait are made one by one.
    private static final class Database implements Checkpoints {

        @Override
        public SignedCheckpoint seal() {
            throw new UnsupportedOperationException("the timer makes, it does not seal");
        }

        private final List<SignedCheckpoint> made = new ArrayList<>();
        private final Deque<SignedCheckpoint> waiting = new ArrayDeque<>();

        @Override
        public LogKey key() {
            return KEY.open();
        }

        @Override
        public Optional<CosignerKey> secondKey() {
            return Optional.empty();
        }

        @Override
        public Optional<SignedCheckpoint> newest() {
            return made.isEmpty() ? Optional.empty() : Optional.of(made.getLast());
        }

        @Override
        public List<SignedCheckpoint> after(long size, int limit) {
            return made.stream()
                    .filter(each -> each.checkpoint().size() > size)
                    .limit(limit)
                    .toList();
        }

        @Override
        public boolean holds(Checkpoint checkpoint) {
            return made.stream().anyMatch(each -> each.checkpoint().equals(checkpoint));
        }

        @Override
        public Step make() {
            if (waiting.isEmpty()) {
                return new Step.Nothing();
            }
            made.add(waiting.removeFirst());
            return new Step.Made(made.getLast(), !waiting.isEmpty());
        }

        @Override
        public InclusionProof inclusion(long sequence, long size) {
            throw new AssertionError("no proof is asked for");
        }

        @Override
        public Optional<SignedCheckpoint> witnessed() {
            return Optional.empty();
        }

        @Override
        public void cosigned(long size, SignedCheckpoint.Line line) {
            throw new AssertionError("nobody cosigns");
        }

        @Override
        public List<Digest> tile(Tile tile) {
            throw new AssertionError("no tile is asked for");
        }

        @Override
        public ConsistencyProof consistency(long from, long to) {
            throw new AssertionError("no proof is asked for");
        }
    }
}
