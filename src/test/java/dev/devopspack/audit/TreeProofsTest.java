package dev.devopspack.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.change.Digest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Compared with the tree that keeps everything in memory.
class TreeProofsTest {

    private static final int SIZE = 70;

    /// What was kept: leaves and what the frontier said was completed.
    private final Map<List<Long>, Digest> kept = new HashMap<>();

    private final MerkleFrontier frontier = new MerkleFrontier();
    private final MerkleTree tree = new MerkleTree();
    private int asked;

    private final TreeProofs proofs = new TreeProofs(this::hash);

    private Digest hash(int height, long index) {
        asked++;
        Digest hash = kept.get(List.of((long) height, index));
        if (hash == null) {
            throw new IllegalStateException("nothing at " + height + ", " + index);
        }
        return hash;
    }

    private void grow(int size) {
        while (frontier.size() < size) {
            Digest leaf = AuditHash.leaf("leaf " + frontier.size());
            kept.put(List.of(0L, frontier.size()), leaf);
            frontier.add(leaf)
                    .forEach(node ->
                            kept.put(List.of((long) node.height(), node.index()), node.hash()));
            tree.add(leaf);
        }
    }

    @Test
    void everyRootAndProofIsTheOneOfTheWholeTree() {
        grow(SIZE);

        for (int size = 0; size <= SIZE; size++) {
            assertEquals(tree.root(size), proofs.root(size));
            for (int index = 0; index < size; index++) {
                assertEquals(tree.inclusionProof(index, size), proofs.inclusion(index, size));
                assertEquals(
                        tree.consistencyProof(index + 1, size),
                        proofs.consistency(index + 1, size));
            }
        }
    }

    @Test
    void aTreeGrowsOnFromItsCompleteSubtreesAlone() {
        for (int size = 0; size <= SIZE; size++) {
            grow(size);
            MerkleFrontier taken = MerkleFrontier.of(size, this::hash);
            assertEquals(tree.root(), frontier.root());
            assertEquals(tree.root(), taken.root());
            assertEquals(size, taken.size());
        }
        MerkleFrontier taken = MerkleFrontier.of(SIZE, this::hash);

        assertEquals(
                new MerkleFrontierAfter(frontier.add(Digest.of("next")), frontier.root()),
                new MerkleFrontierAfter(taken.add(Digest.of("next")), taken.root()));
    }

    private record MerkleFrontierAfter(List<MerkleFrontier.Node> completed, Digest root) {}

    @Test
    void aProofAsksForAFewHashesHoweverLongTheLogIs() {
        grow(100_003);
        asked = 0;

        assertEquals(tree.inclusionProof(77_777, 100_003), proofs.inclusion(77_777, 100_003));
        assertEquals(tree.consistencyProof(77_777, 100_003), proofs.consistency(77_777, 100_003));
        MerkleFrontier.of(100_003, this::hash);

        assertTrue(asked <= 100, () -> asked + " hashes were asked for");
    }

    @Test
    void whatIsNotInTheTreeCannotBeAskedFor() {
        grow(3);

        assertThrows(IllegalArgumentException.class, () -> proofs.inclusion(3, 3));
        assertThrows(IllegalArgumentException.class, () -> proofs.inclusion(-1, 3));
        assertThrows(IllegalArgumentException.class, () -> proofs.consistency(0, 3));
        assertThrows(IllegalArgumentException.class, () -> proofs.consistency(3, 2));
        assertThrows(IllegalStateException.class, () -> proofs.root(4));
    }
}
