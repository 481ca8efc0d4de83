package dev.devopspack.change;

import org.jspecify.annotations.Nullable;

/// A plan that the caller gave with the files. Of a plan file only its hash and masked JSON are
/// kept.
///
/// @param fileDigest the SHA-256 of the exact plan file, where one was given
/// @param semanticDigest over `terraform show -json` with its `configuration`, without its
///   `timestamp`
/// @param source whether we derived the JSON from the plan file or only have the caller's word for
///   it
/// @param maskedJson the plan JSON with every sensitive value masked; not part of the manifest
public record GivenPlan(
        @Nullable Digest fileDigest, Digest semanticDigest, Source source, String maskedJson) {

    public enum Source {
        /// `terraform show -json` of the given file, run by us.
        DERIVED,
        /// JSON as submitted: nobody checked that it belongs to a plan file.
        AS_SUBMITTED
    }
}
