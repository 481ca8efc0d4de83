package dev.devopspack.approval;

import dev.devopspack.identity.Assertion;
import dev.devopspack.identity.PersonId;
import java.time.Instant;

/// One person's signed yes or no.
///
/// @param reason in the person's own words; never empty for a denial
/// @param challenge the canonical challenge document that was signed
/// @param publicKey the COSE key that signed, base64url, as registered at that time
/// @param assertion what the authenticator returned
/// @param auditSequence the number of its entry in the audit log
public record Decision(
        ApprovalId approval,
        PersonId approver,
        Choice choice,
        String reason,
        String challenge,
        String publicKey,
        Assertion assertion,
        Instant decidedAt,
        long auditSequence) {

    public enum Choice {
        APPROVE,
        DENY
    }
}
