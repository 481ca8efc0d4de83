package dev.devopspack.approval.secret;

import dev.devopspack.identity.PersonId;
import java.time.Instant;

/// What people are asked, once and for all.
///
/// @param version that it makes or revokes
/// @param principal who asked: `token:ID` or `person:ID`
/// @param person the human behind it, who never counts
/// @param reason in the asker's words: a claim
/// @param fingerprint of the recipient's key when it was asked, else empty
/// @param quorum how many distinct people must approve
public record SecretRequest(
        SecretRequestId id,
        SecretSpec spec,
        int version,
        String principal,
        PersonId person,
        String reason,
        String fingerprint,
        int quorum,
        Instant createdAt,
        Instant decideBy) {}
