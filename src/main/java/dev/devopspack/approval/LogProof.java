package dev.devopspack.approval;

import dev.devopspack.change.Digest;

/// Where a decision stands in the audit log.
///
/// @param leafHash RFC 6962's hash of the entry
/// @param chainHash the hash chain's value at the entry
public record LogProof(long sequence, Digest leafHash, Digest chainHash) {}
