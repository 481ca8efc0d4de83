package dev.devopspack.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.change.Digest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {

    /// The leaves and roots that implementations of RFC 6962 are compared by.
    private static final List<String> LEAVES =
            List.of(
                    "",
                    "00",
                    "10",
                    "2021",
                    "3031",
                    "40414243",
                    "5051525354555657",
                    "606162636465666768696a6b6c6d6e6f");

    private static final List<String> ROOTS =
            List.of(
                    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    private static final int SIZE = 70;

    @Test
    void rootsEqualTheReference() {
        MerkleTree tree = new MerkleTree();
        List<String> roots = new ArrayList<>();

        for (String leaf : LEAVES) {
            tree.add(AuditHash.leaf(HexFormat.of().parseHex(leaf)));
            roots.add(tree.root().hex());
        }

        assertEquals(ROOTS, roots);
        assertEquals(
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                new MerkleTree().root().hex());
    }

    @Test
    void earlierRootsAreKept() {
        MerkleTree tree = tree(SIZE);

        for (int size = 0; size <= SIZE; size++) {
            assertEquals(tree(size).root(), tree.root(size));
        }
    }

    @Test
    void everyLeafIsProvenInEveryTree() {
        MerkleTree tree = tree(SIZE);

        for (int size = 1; size <= SIZE; size++) {
            for (int index = 0; index < size; index++) {
                List<Digest> proof = tree.inclusionProof(index, size);
                assertTrue(
                        MerkleTree.verifyInclusion(
                                leaf(index), index, size, proof, tree.root(size)));
            }
        }
    }

    @Test
    void aProofHoldsForNoOtherLeafPlaceSizeOrRoot() {
        MerkleTree tree = tree(SIZE);
        List<Digest> proof = tree.inclusionProof(20, SIZE);
        Digest root = tree.root();

        assertFalse(MerkleTree.verifyInclusion(leaf(21), 20, SIZE, proof, root));
        assertFalse(MerkleTree.verifyInclusion(leaf(20), 21, SIZE, proof, root));
        assertFalse(MerkleTree.verifyInclusion(leaf(20), 20, SIZE, proof, tree.root(SIZE - 1)));
        assertFalse(
                MerkleTree.verifyInclusion(
                        leaf(20), 20, SIZE, proof.subList(1, proof.size()), root));
        assertFalse(MerkleTree.verifyInclusion(leaf(20), 20, SIZE, plus(proof), root));
        assertFalse(MerkleTree.verifyInclusion(leaf(20), SIZE, SIZE, proof, root));
        assertFalse(MerkleTree.verifyInclusion(leaf(20), -1, SIZE, proof, root));
        for (int i = 0; i < proof.size(); i++) {
            assertFalse(MerkleTree.verifyInclusion(leaf(20), 20, SIZE, changed(proof, i), root));
        }
    }

    @Test
    void everyTreeIsProvenToBeginWithEveryShorterOne() {
        MerkleTree tree = tree(SIZE);

        for (int newer = 1; newer <= SIZE; newer++) {
            for (int older = 1; older <= newer; older++) {
                assertTrue(
                        MerkleTree.verifyConsistency(
                                older,
                                newer,
                                tree.root(older),
                                tree.root(newer),
                                tree.consistencyProof(older, newer)));
            }
        }
    }

    @Test
    void aForkIsNotConsistent() {
        MerkleTree tree = tree(SIZE);
        Digest forked = tree(40).add(Digest.of("another")).root();

        for (int older = 1; older <= SIZE; older++) {
            List<Digest> proof = tree.consistencyProof(older, SIZE);
            assertFalse(MerkleTree.verifyConsistency(older, SIZE, forked, tree.root(), proof));
            assertFalse(MerkleTree.verifyConsistency(older, SIZE, tree.root(older), forked, proof));
            if (older < SIZE) {
                assertFalse(
                        MerkleTree.verifyConsistency(
                                older, SIZE, tree.root(older), tree.root(), plus(proof)));
                for (int i = 0; i < proof.size(); i++) {
                    assertFalse(
                            MerkleTree.verifyConsistency(
                                    older, SIZE, tree.root(older), tree.root(), changed(proof, i)));
                }
            }
        }
    }

    @Test
    void whatIsNotInTheTreeCannotBeAskedFor() {
        MerkleTree tree = tree(3);

        assertThrows(IllegalArgumentException.class, () -> tree.root(4));
        assertThrows(IllegalArgumentException.class, () -> tree.inclusionProof(3, 3));
        assertThrows(IllegalArgumentException.class, () -> tree.consistencyProof(0, 3));
    }

    private static MerkleTree tree(int size) {
        MerkleTree tree = new MerkleTree();
        for (int i = 0; i < size; i++) {
            tree.add(leaf(i));
        }
        return tree;
    }

    private static Digest leaf(int index) {
        return AuditHash.leaf("leaf " + index);
    }

    private static List<Digest> plus(List<Digest> proof) {
        List<Digest> longer = new ArrayList<>(proof);
        longer.add(Digest.of("one more"));
        return longer;
    }

    private static List<Digest> changed(List<Digest> proof, int index) {
        List<Digest> other = new ArrayList<>(proof);
        other.set(index, Digest.of("changed"));
        return other;
    }
}
