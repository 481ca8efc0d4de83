package dev.devopspack.change;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A stored, immutable proposal: the unit of gating, approval and audit.
///
/// @param client the software that asked, as it named itself, for example `claude-code`: a claim,
///   and no part of the manifest, so that the same request gives the same digest through every door
/// @param claims what the agent or the caller says of it, in their own words: shown as a claim,
///   never digested into the facts
public record ChangeSet(
        ChangeSetId id,
        Digest digest,
        Manifest manifest,
        String client,
        List<String> claims,
        Instant createdAt) {

    public ChangeSet {
        claims = List.copyOf(claims);
        if (!manifest.digest().equals(digest) || !ChangeSetId.of(digest).equals(id)) {
            throw new IllegalArgumentException("the digest is not the manifest's");
        }
    }

    public static ChangeSet of(
            Manifest manifest, String client, List<String> claims, Instant createdAt) {
        Digest digest = manifest.digest();
        return new ChangeSet(ChangeSetId.of(digest), digest, manifest, client, claims, createdAt);
    }

    /// For example `K7-QF2`.
    public String code() {
        return ChangeSetId.code(digest);
    }

    public Artifacts artifacts() {
        return manifest.artifacts();
    }

    /// The SHA-256 of the plan file that was given; null where none was.
    public @Nullable Digest planFile() {
        GivenPlan plan = manifest.plan();
        return plan == null ? null : plan.fileDigest();
    }

    public Target target() {
        return manifest.target();
    }
}
