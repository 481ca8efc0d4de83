package dev.devopspack.audit;

import dev.devopspack.change.Digest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The Merkle tree of RFC 6962 over leaf hashes: its root sums up the log, its proofs show in a few
/// hashes that an entry is in it and that a longer log begins with a shorter one.
///
/// Keeps every complete subtree's hash, so a root or proof costs no more than the tree's height.
/// Not safe for use by several threads.
public final class MerkleTree {

    /// The root of a tree without leaves.
    public static final Digest EMPTY = Digest.of(new byte[0]);

    /// `levels.get(k)` holds the hashes of the complete subtrees of 2^k leaves, from the left.
    private final List<List<byte[]>> levels = new ArrayList<>();

    public MerkleTree add(Digest leafHash) {
        byte[] hash = leafHash.bytes();
        for (int height = 0; ; height++) {
            if (height == levels.size()) {
                levels.add(new ArrayList<>());
            }
            List<byte[]> level = levels.get(height);
            level.add(hash);
            if (level.size() % 2 == 1) {
                return this;
            }
            hash = node(level.get(level.size() - 2), hash);
        }
    }

    public int size() {
        return levels.isEmpty() ? 0 : levels.getFirst().size();
    }

    public Digest root() {
        return root(size());
    }

    /// The root that the tree had with its first `size` leaves.
    public Digest root(int size) {
        checkSize(size);
        return size == 0 ? EMPTY : Digest.ofHash(subtree(0, size));
    }

    /// The hashes that lead from the leaf to the root, from below.
    ///
    /// @param index of the leaf, from 0
    /// @param size how many of the leaves the tree is made of
    public List<Digest> inclusionProof(int index, int size) {
        checkSize(size);
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("leaf " + index + " is not among " + size);
        }
        List<byte[]> proof = new ArrayList<>();
        collectPath(index, 0, size, proof);
        return digests(proof);
    }

    /// The hashes that show that the tree of `newer` leaves begins with the tree of `older` ones.
    public List<Digest> consistencyProof(int older, int newer) {
        checkSize(newer);
        if (older < 1 || older > newer) {
            throw new IllegalArgumentException(older + " leaves are no beginning of " + newer);
        }
        List<byte[]> proof = new ArrayList<>();
        collectConsistency(older, 0, newer, true, proof);
        return digests(proof);
    }

    private void checkSize(int size) {
        if (size < 0 || size > size()) {
            throw new IllegalArgumentException("the tree has " + size() + " leaves, not " + size);
        }
    }

    private byte[] subtree(int from, int until) {
        int count = until - from;
        if (Integer.bitCount(count) == 1) {
            return levels.get(Integer.numberOfTrailingZeros(count)).get(from / count);
        }
        int middle = from + leftCount(count);
        return node(subtree(from, middle), subtree(middle, until));
    }

    private void collectPath(int index, int from, int until, List<byte[]> proof) {
        if (until - from == 1) {
            return;
        }
        int left = leftCount(until - from);
        if (index < left) {
            collectPath(index, from, from + left, proof);
            proof.add(subtree(from + left, until));
        } else {
            collectPath(index - left, from + left, until, proof);
            proof.add(subtree(from, from + left));
        }
    }

    /// @param whole whether the older tree's root is this very subtree, which the verifier knows
    private void collectConsistency(
            int older, int from, int until, boolean whole, List<byte[]> proof) {
        int count = until - from;
        if (older == count) {
            if (!whole) {
                proof.add(subtree(from, until));
            }
            return;
        }
        int left = leftCount(count);
        if (older <= left) {
            collectConsistency(older, from, from + left, whole, proof);
            proof.add(subtree(from + left, until));
        } else {
            collectConsistency(older - left, from + left, until, false, proof);
            proof.add(subtree(from, from + left));
        }
    }

    /// Whether the proof leads from the leaf to the root (RFC 9162, section 2.1.3.2).
    public static boolean verifyInclusion(
            Digest leafHash, long index, long size, List<Digest> proof, Digest root) {
        if (index < 0 || index >= size) {
            return false;
        }
        long node = index;
        long last = size - 1;
        byte[] hash = leafHash.bytes();
        for (Digest step : proof) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                hash = node(step.bytes(), hash);
                int up = (node & 1) == 1 ? 0 : Long.numberOfTrailingZeros(node);
                node >>= up;
                last >>= up;
            } else {
                hash = node(hash, step.bytes());
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && Digest.ofHash(hash).equals(root);
    }

    /// Whether the proof shows that the newer tree begins with the older one (RFC 9162, section
    /// 2.1.4.2).
    public static boolean verifyConsistency(
            long older, long newer, Digest olderRoot, Digest newerRoot, List<Digest> proof) {
        if (older < 1 || older > newer) {
            return false;
        }
        if (older == newer) {
            return proof.isEmpty() && olderRoot.equals(newerRoot);
        }
        List<Digest> steps = new ArrayList<>(proof);
        if (Long.bitCount(older) == 1) {
            steps.addFirst(olderRoot);
        }
        if (steps.isEmpty()) {
            return false;
        }
        int up = Long.numberOfTrailingZeros(older);
        long node = (older - 1) >> up;
        long last = (newer - 1) >> up;
        byte[] olderHash = steps.getFirst().bytes();
        byte[] newerHash = olderHash;
        for (Digest digest : steps.subList(1, steps.size())) {
            byte[] step = digest.bytes();
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                olderHash = node(step, olderHash);
                newerHash = node(step, newerHash);
                int levels = node == 0 ? 0 : Long.numberOfTrailingZeros(node);
                node >>= levels;
                last >>= levels;
            } else {
                newerHash = node(newerHash, step);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0
                && Arrays.equals(olderHash, olderRoot.bytes())
                && Arrays.equals(newerHash, newerRoot.bytes());
    }

    /// The largest power of two below `count`: what the left subtree holds.
    private static int leftCount(int count) {
        return Integer.highestOneBit(count - 1);
    }

    private static byte[] node(byte[] left, byte[] right) {
        var sha256 = Digest.sha256();
        sha256.update((byte) 1);
        sha256.update(left);
        return sha256.digest(right);
    }

    private static List<Digest> digests(List<byte[]> hashes) {
        return hashes.stream().map(Digest::ofHash).toList();
    }
}
