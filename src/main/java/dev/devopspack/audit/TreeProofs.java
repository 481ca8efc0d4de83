package dev.devopspack.audit;

import dev.devopspack.change.Digest;
import java.util.ArrayList;
import java.util.List;

/// Roots and proofs of RFC 6962 from the hashes of complete subtrees that are kept somewhere. Each
/// asks for a few dozen of them, however long the log is.
public final class TreeProofs {

    private final Nodes nodes;

    public TreeProofs(Nodes nodes) {
        this.nodes = nodes;
    }

    /// Where the hashes of complete subtrees are.
    public interface Nodes {

        /// @param height of a subtree with 2^height leaves; 0 for a leaf
        /// @param index how many subtrees of its height are on its left
        /// @throws IllegalStateException if it is not there
        Digest hash(int height, long index);
    }

    /// The root of the first `size` leaves.
    public Digest root(long size) {
        return size == 0 ? MerkleTree.EMPTY : subtree(0, size);
    }

    /// The hashes that lead from a leaf to the root of the first `size` leaves.
    ///
    /// @param index of the leaf, from 0
    public List<Digest> inclusion(long index, long size) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("leaf " + index + " is not among " + size);
        }
        List<Digest> proof = new ArrayList<>();
        collectPath(index, 0, size, proof);
        return proof;
    }

    /// The hashes that show that the first `newer` leaves begin with the first `older` ones.
    public List<Digest> consistency(long older, long newer) {
        if (older < 1 || older > newer) {
            throw new IllegalArgumentException(older + " leaves are no beginning of " + newer);
        }
        List<Digest> proof = new ArrayList<>();
        collectConsistency(older, 0, newer, true, proof);
        return proof;
    }

    private Digest subtree(long from, long until) {
        long count = until - from;
        if (Long.bitCount(count) == 1) {
            return nodes.hash(Long.numberOfTrailingZeros(count), from / count);
        }
        long middle = from + Long.highestOneBit(count - 1);
        return AuditHash.node(subtree(from, middle), subtree(middle, until));
    }

    private void collectPath(long index, long from, long until, List<Digest> proof) {
        if (until - from == 1) {
            return;
        }
        long middle = from + Long.highestOneBit(until - from - 1);
        if (index < middle) {
            collectPath(index, from, middle, proof);
            proof.add(subtree(middle, until));
        } else {
            collectPath(index, middle, until, proof);
            proof.add(subtree(from, middle));
        }
    }

    /// @param older the end of the older tree
    /// @param whole whether the older tree's root is this very subtree, which the verifier knows
    private void collectConsistency(
            long older, long from, long until, boolean whole, List<Digest> proof) {
        if (older == until) {
            if (!whole) {
                proof.add(subtree(from, until));
            }
            return;
        }
        long middle = from + Long.highestOneBit(until - from - 1);
        if (older <= middle) {
            collectConsistency(older, from, middle, whole, proof);
            proof.add(subtree(middle, until));
        } else {
            collectConsistency(older, middle, until, false, proof);
            proof.add(subtree(from, middle));
        }
    }
}
