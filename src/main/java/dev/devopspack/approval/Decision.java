package dev.devopspack.approval;

import dev.devopspack.identity.Assertion;
import dev.devopspack.identity.PersonId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One person's signed yes or no.
///
/// @param reason in the person's own words; never empty for a denial
/// @param challenge the canonical challenge document that was signed
/// @param publicKey the COSE key that signed, base64url, as registered at that time
/// @param assertion what the authenticator returned
/// @param auditSequence the number of its entry in the audit log
/// @param batch the challenge's place among those that were signed together; null where it was
///   signed alone
public record Decision(
        ApprovalId approval,
        PersonId approver,
        Choice choice,
        String reason,
        String challenge,
        String publicKey,
        Assertion assertion,
        Instant decidedAt,
        long auditSequence,
        @Nullable BatchProof batch) {

    /// One that was signed alone.
    public Decision(
            ApprovalId approval,
            PersonId approver,
            Choice choice,
            String reason,
            String challenge,
            String publicKey,
            Assertion assertion,
            Instant decidedAt,
            long auditSequence) {
        this(
                approval,
                approver,
                choice,
                reason,
                challenge,
                publicKey,
                assertion,
                decidedAt,
                auditSequence,
                null);
    }

    public enum Choice {
        APPROVE,
        DENY
    }
}
