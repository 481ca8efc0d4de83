package dev.devopspack.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.devopspack.audit.AuditVerifier.Result;
import dev.devopspack.change.Digest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// A thousand random ways to rewrite a log, also by somebody who computes every hash anew: each is
/// found by those who kept checkpoints, and the entry is named.
class TamperedLogTest {

    private static final int ENTRIES = 200;
    private static final int TAMPERINGS = 1_000;

    /// As often as the log is signed in this test; what was made anew is named to that.
    private static final int SIGNED_EVERY = 10;

    private final List<ExportedEntry> log =
            chained(IntStream.range(0, ENTRIES).mapToObj(TamperedLogTest::leaf).toList());
    private final List<Checkpoint> kept = signed(log);
    private final Random random = new Random(20261126);

    private enum Tampering {
        EDIT,
        EDIT_AND_REHASH,
        EDIT_AND_CHAIN_ANEW,
        DELETE,
        DELETE_AND_CHAIN_ANEW,
        INSERT_AND_CHAIN_ANEW,
        CUT_THE_TAIL,
        REORDER,
        REORDER_AND_CHAIN_ANEW,
        FORK
    }

    /// @param first the first entry that is not what it was, from 1
    /// @param exactly whether the chain alone names it
    private record Tampered(List<ExportedEntry> log, long first, boolean exactly) {}

    @Test
    void theLogAsItIsIsIntact() {
        assertInstanceOf(Result.Intact.class, verify(log));
    }

    @Test
    void everyTamperingIsFoundAndTheEntryIsNamed() {
        List<String> missed = new ArrayList<>();
        Map<Tampering, Integer> found = new EnumMap<>(Tampering.class);
        for (int i = 0; i < TAMPERINGS; i++) {
            Tampering how = Tampering.values()[i % Tampering.values().length];
            Tampered tampered = tamper(how);
            Result result = verify(tampered.log());
            if (result instanceof Result.Broken broken && named(broken.sequence(), tampered)) {
                found.merge(how, 1, Integer::sum);
            } else {
                missed.add(how + " at " + tampered.first() + ": " + result);
            }
        }

        assertEquals(List.of(), missed);
        assertEquals(TAMPERINGS, found.values().stream().mapToInt(Integer::intValue).sum());
    }

    /// Exactly; where all hashes were made anew, to the stretch between two checkpoints, or by the
    /// entry that the last checkpoint covers and that is not there any more.
    private static boolean named(long sequence, Tampered tampered) {
        if (tampered.exactly()) {
            return sequence == tampered.first();
        }
        long stretch = (tampered.first() - 1) / SIGNED_EVERY * SIGNED_EVERY + 1;
        int length = tampered.log().size();
        boolean lastIsGone = length < ENTRIES && tampered.first() > ENTRIES - SIGNED_EVERY;
        return sequence == (lastIsGone ? length + 1L : stretch);
    }

    private Tampered tamper(Tampering how) {
        int at = random.nextInt(ENTRIES - 1);
        List<ExportedEntry> other = new ArrayList<>(log);
        List<String> leaves = new ArrayList<>(log.stream().map(ExportedEntry::leaf).toList());
        ExportedEntry entry = log.get(at);
        return switch (how) {
            case EDIT -> {
                other.set(
                        at,
                        new ExportedEntry(
                                entry.sequence(),
                                edited(entry.leaf()),
                                entry.leafHash(),
                                entry.chainHash()));
                yield new Tampered(other, at + 1L, true);
            }
            case EDIT_AND_REHASH -> {
                String leaf = edited(entry.leaf());
                other.set(
                        at,
                        new ExportedEntry(
                                entry.sequence(), leaf, AuditHash.leaf(leaf), entry.chainHash()));
                yield new Tampered(other, at + 1L, true);
            }
            case EDIT_AND_CHAIN_ANEW -> {
                leaves.set(at, edited(entry.leaf()));
                yield new Tampered(chained(leaves), at + 1L, false);
            }
            case DELETE -> {
                other.remove(at);
                yield new Tampered(other, at + 1L, true);
            }
            case DELETE_AND_CHAIN_ANEW -> {
                leaves.remove(at);
                yield new Tampered(chained(renumbered(leaves)), at + 1L, false);
            }
            case INSERT_AND_CHAIN_ANEW -> {
                leaves.add(at, edited(entry.leaf()));
                yield new Tampered(chained(renumbered(leaves)), at + 1L, false);
            }
            case CUT_THE_TAIL -> new Tampered(other.subList(0, at), at + 1L, true);
            case REORDER -> {
                other.set(at, log.get(at + 1));
                other.set(at + 1, entry);
                yield new Tampered(other, at + 1L, true);
            }
            case REORDER_AND_CHAIN_ANEW -> {
                leaves.set(at, log.get(at + 1).leaf());
                leaves.set(at + 1, entry.leaf());
                yield new Tampered(chained(renumbered(leaves)), at + 1L, false);
            }
            case FORK -> {
                for (int i = at; i < ENTRIES; i++) {
                    leaves.set(i, edited(leaves.get(i)));
                }
                // It may have grown beyond what was signed.
                IntStream.range(ENTRIES, ENTRIES + random.nextInt(30))
                        .forEach(i -> leaves.add(leaf(i)));
                yield new Tampered(chained(leaves), at + 1L, false);
            }
        };
    }

    private static Result verify(List<ExportedEntry> log, List<Checkpoint> kept) {
        LogVerifier verifier = new LogVerifier(kept);
        log.forEach(verifier::add);
        return verifier.result();
    }

    private Result verify(List<ExportedEntry> tampered) {
        return verify(tampered, kept);
    }

    private static String leaf(int index) {
        return new AuditLeaf(
                        index + 1L,
                        Instant.parse("2026-11-26T10:00:00Z").plusSeconds(index),
                        "test.entry",
                        "system",
                        Map.of("number", "n" + index),
                        Map.of())
                .text();
    }

    /// Another entry of the same place that is a leaf all the same.
    private static String edited(String leaf) {
        return leaf.replace("\"number\":\"n", "\"number\":\"m");
    }

    private static List<String> renumbered(List<String> leaves) {
        return IntStream.range(0, leaves.size())
                .mapToObj(i -> {
                    AuditLeaf leaf = AuditLeaf.parse(leaves.get(i)).orElseThrow();
                    return new AuditLeaf(
                                    i + 1L,
                                    leaf.at(),
                                    leaf.kind(),
                                    leaf.actor(),
                                    leaf.facts(),
                                    leaf.commitments())
                            .text();
                })
                .toList();
    }

    private static List<ExportedEntry> chained(List<String> leaves) {
        List<ExportedEntry> entries = new ArrayList<>();
        Digest chain = AuditHash.BEGINNING;
        for (String leaf : leaves) {
            long sequence = entries.size() + 1L;
            Digest hash = AuditHash.leaf(leaf);
            chain = AuditHash.chain(chain, sequence, hash);
            entries.add(new ExportedEntry(sequence, leaf, hash, chain));
        }
        return entries;
    }

    private static List<Checkpoint> signed(List<ExportedEntry> log) {
        List<Checkpoint> kept = new ArrayList<>();
        MerkleFrontier tree = new MerkleFrontier();
        for (ExportedEntry entry : log) {
            tree.add(entry.leafHash());
            if (tree.size() % SIGNED_EVERY == 0) {
                kept.add(new Checkpoint("log", tree.size(), tree.root()));
            }
        }
        return kept;
    }
}
