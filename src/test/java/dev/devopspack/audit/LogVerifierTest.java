package dev.devopspack.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.devopspack.audit.AuditVerifier.Result;
import dev.devopspack.change.Digest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogVerifierTest {

    private static final int SIZE = 30;

    @Test
    void aLogThatGrewSinceIsIntact() {
        List<ExportedEntry> log = log(SIZE, 0);

        assertEquals(
                new Result.Intact(SIZE, log.getLast().chainHash()),
                verify(log, List.of(kept(log, 10), kept(log, 20), kept(log, 20), kept(log, SIZE))));
        assertInstanceOf(Result.Intact.class, verify(log, List.of()));
        assertInstanceOf(Result.Intact.class, verify(List.of(), List.of()));
    }

    @Test
    void everyCutTailIsNamed() {
        List<ExportedEntry> log = log(SIZE, 0);
        List<Checkpoint> kept = List.of(kept(log, 10), kept(log, SIZE));

        for (int size = 0; size < SIZE; size++) {
            List<ExportedEntry> cut = log.subList(0, size);
            assertInstanceOf(Result.Intact.class, verify(cut, List.of()));
            assertEquals(size + 1, broken(cut, kept).sequence());
        }
    }

    /// All hashes made anew from the entry on: the chain is whole.
    @Test
    void everyForkIsNamedByTheCheckpointsAroundIt() {
        List<ExportedEntry> log = log(SIZE, 0);
        List<Checkpoint> each = new ArrayList<>();
        for (int size = 1; size <= SIZE; size++) {
            each.add(kept(log, size));
        }
        List<Checkpoint> few = List.of(kept(log, 10), kept(log, 20), kept(log, SIZE));

        for (int from = 1; from <= SIZE; from++) {
            List<ExportedEntry> forked = log(SIZE + 5, from);
            assertInstanceOf(Result.Intact.class, verify(forked, List.of()));
            assertEquals(from, broken(forked, each).sequence());
            assertEquals((from - 1) / 10 * 10 + 1, broken(forked, few).sequence());
        }
    }

    @Test
    void whatTheChainSeesIsNamedExactly() {
        List<ExportedEntry> log = new ArrayList<>(log(SIZE, 0));
        List<Checkpoint> kept = List.of(kept(log, SIZE));
        log.remove(16);

        assertEquals(17, broken(log, kept).sequence());
    }

    @Test
    void twoCheckpointsOfOneSizeThatDifferDoNotBothHold() {
        List<ExportedEntry> log = log(SIZE, 0);
        Checkpoint other = new Checkpoint("log", 20, Digest.of("another"));

        assertInstanceOf(
                Result.Broken.class, verify(log, List.of(kept(log, 20), other, kept(log, SIZE))));
        assertInstanceOf(
                Result.Broken.class, verify(log, List.of(other, kept(log, 20), kept(log, SIZE))));
    }

    private static Result.Broken broken(List<ExportedEntry> log, List<Checkpoint> kept) {
        return assertInstanceOf(Result.Broken.class, verify(log, kept));
    }

    private static Result verify(List<ExportedEntry> log, List<Checkpoint> kept) {
        LogVerifier verifier = new LogVerifier(kept);
        log.forEach(verifier::add);
        return verifier.result();
    }

    private static Checkpoint kept(List<ExportedEntry> log, int size) {
        MerkleTree tree = new MerkleTree();
        log.subList(0, size).forEach(entry -> tree.add(entry.leafHash()));
        return new Checkpoint("log", size, tree.root());
    }

    /// @param other the entry from which on another log is written; 0 for none
    private static List<ExportedEntry> log(int size, int other) {
        List<ExportedEntry> entries = new ArrayList<>();
        Digest chain = AuditHash.BEGINNING;
        for (int sequence = 1; sequence <= size; sequence++) {
            String leaf =
                    new AuditLeaf(
                                    sequence,
                                    Instant.EPOCH,
                                    sequence == other ? "test.other" : "test.entry",
                                    "system",
                                    Map.of(),
                                    Map.of())
                            .text();
            Digest leafHash = AuditHash.leaf(leaf);
            chain = AuditHash.chain(chain, sequence, leafHash);
            entries.add(new ExportedEntry(sequence, leaf, leafHash, chain));
        }
        return entries;
    }
}
