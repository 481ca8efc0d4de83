package dev.devopspack.audit;

import dev.devopspack.change.Canonical;
import dev.devopspack.change.Digest;
import java.util.List;
import java.util.Map;

/// That the first `to` entries begin with the first `from` ones.
///
/// @param fromRoot of the shorter log: compare it with the checkpoint that was kept
/// @param toRoot of the longer log: compare it with the newest checkpoint's
/// @param hashes in the order of RFC 6962
public record ConsistencyProof(
        long from, long to, Digest fromRoot, Digest toRoot, List<Digest> hashes) {

    public ConsistencyProof {
        hashes = List.copyOf(hashes);
    }

    public boolean holds() {
        return MerkleTree.verifyConsistency(from, to, fromRoot, toRoot, hashes);
    }

    /// As `docs/formats/checkpoint.md` says.
    public String json() {
        return Canonical.text(
                Map.of(
                        "from", from,
                        "to", to,
                        "fromRoot", fromRoot.value(),
                        "toRoot", toRoot.value(),
                        "hashes", hashes.stream().map(Digest::value).toList()));
    }
}
