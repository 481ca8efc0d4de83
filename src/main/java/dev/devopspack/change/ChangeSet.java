package dev.devopspack.change;

import java.time.Instant;
import java.util.List;

/// A stored, immutable proposal: the unit of gating, approval and audit.
///
/// @param claims what the agent or the caller says of it, in their own words: shown as a claim,
///   never digested into the facts
public record ChangeSet(
        ChangeSetId id, Digest digest, Manifest manifest, List<String> claims, Instant createdAt) {

    public ChangeSet {
        claims = List.copyOf(claims);
        if (!manifest.digest().equals(digest) || !ChangeSetId.of(digest).equals(id)) {
            throw new IllegalArgumentException("the digest is not the manifest's");
        }
    }

    public static ChangeSet of(Manifest manifest, List<String> claims, Instant createdAt) {
        Digest digest = manifest.digest();
        return new ChangeSet(ChangeSetId.of(digest), digest, manifest, claims, createdAt);
    }

    /// For example `K7-QF2`.
    public String code() {
        return ChangeSetId.code(digest);
    }

    public Artifacts artifacts() {
        return manifest.artifacts();
    }

    public Target target() {
        return manifest.target();
    }
}
