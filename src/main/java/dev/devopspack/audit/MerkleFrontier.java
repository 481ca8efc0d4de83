package dev.devopspack.audit;

import dev.devopspack.change.Digest;
import java.util.ArrayList;
import java.util.List;

/// A Merkle tree that grows and keeps only what growing needs: the roots of its complete subtrees,
/// one for each 1 in the binary form of its size. Not safe for use by several threads.
public final class MerkleFrontier {

    /// From the left, so from the largest.
    private final List<Digest> complete = new ArrayList<>();

    private long size;

    /// A complete subtree.
    ///
    /// @param height it has 2^height leaves
    /// @param index how many subtrees of its height are on its left
    public record Node(int height, long index, Digest hash) {}

    /// A tree of that size, from its complete subtrees.
    ///
    /// @param nodes where they are found
    public static MerkleFrontier of(long size, TreeProofs.Nodes nodes) {
        MerkleFrontier frontier = new MerkleFrontier();
        frontier.size = size;
        for (int height = Long.SIZE - 2; height >= 0; height--) {
            if ((size >> height & 1) == 1) {
                frontier.complete.add(nodes.hash(height, (size >> height) - 1));
            }
        }
        return frontier;
    }

    /// @return the inner nodes that this leaf completes, from below
    public List<Node> add(Digest leafHash) {
        List<Node> completed = new ArrayList<>();
        Digest hash = leafHash;
        for (int height = 0; (size >> height & 1) == 1; height++) {
            hash = AuditHash.node(complete.removeLast(), hash);
            completed.add(new Node(height + 1, size >> (height + 1), hash));
        }
        complete.add(hash);
        size++;
        return completed;
    }

    public long size() {
        return size;
    }

    public Digest root() {
        if (complete.isEmpty()) {
            return MerkleTree.EMPTY;
        }
        Digest root = complete.getLast();
        for (Digest left : complete.reversed().subList(1, complete.size())) {
            root = AuditHash.node(left, root);
        }
        return root;
    }
}
