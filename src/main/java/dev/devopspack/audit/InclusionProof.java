package dev.devopspack.audit;

import dev.devopspack.change.Canonical;
import dev.devopspack.change.Digest;
import java.util.List;
import java.util.Map;

/// That an entry is the one at its place among the first `size` entries.
///
/// @param sequence the entry's number; its index in the tree is one less
/// @param root of the first `size` entries: compare it with a signed checkpoint's
/// @param hashes from the leaf up, in the order of RFC 6962
public record InclusionProof(
        long sequence, long size, Digest leafHash, Digest root, List<Digest> hashes) {

    public InclusionProof {
        hashes = List.copyOf(hashes);
    }

    public boolean holds() {
        return MerkleTree.verifyInclusion(leafHash, sequence - 1, size, hashes, root);
    }

    /// As `docs/formats/checkpoint.md` says.
    public String json() {
        return Canonical.text(
                Map.of(
                        "sequence", sequence,
                        "size", size,
                        "leafHash", leafHash.value(),
                        "root", root.value(),
                        "hashes", hashes.stream().map(Digest::value).toList()));
    }
}
