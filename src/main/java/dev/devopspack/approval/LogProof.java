package dev.devopspack.approval;

import dev.devopspack.change.Digest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a decision stands in the audit log.
///
/// @param leafHash RFC 6962's hash of the entry
/// @param chainHash the hash chain's value at the entry
/// @param included that it is in the tree of the grant's checkpoint; nothing in grants of the first
///   two versions
public record LogProof(
        long sequence, Digest leafHash, Digest chainHash, @Nullable Included included) {

    /// The largest tree is not deeper.
    static final int MAX_HASHES = 63;

    public LogProof(long sequence, Digest leafHash, Digest chainHash) {
        this(sequence, leafHash, chainHash, null);
    }

    /// @param leaf the entry's exact text
    /// @param hashes from the leaf up, in the order of RFC 6962
    public record Included(String leaf, List<Digest> hashes) {

        public Included {
            hashes = List.copyOf(hashes);
        }
    }
}
