package dev.devopspack.approval.act;

import dev.devopspack.change.Digest;
import dev.devopspack.identity.Assertion;
import dev.devopspack.identity.PasskeyStore;
import dev.devopspack.identity.PersonId;
import java.time.Instant;

/// An act with the proof that its person meant it.
///
/// @param publicKey the COSE key that signed, base64url, as registered at that time
/// @param auditSequence the number of its entry in the audit log
public record SignedAct(
        Act act, String publicKey, Assertion assertion, Instant signedAt, long auditSequence) {

    /// What it is referred to by: unique, because the nonce is.
    public Digest id() {
        return Digest.ofHash(act.hash());
    }

    /// Whether this person signed it, with a passkey that is still his.
    public boolean isStillOf(PersonId person, PasskeyStore passkeys) {
        return act.person().equals(person)
                && passkeys.isStillOf(person, assertion.credentialId(), publicKey);
    }

    /// What this act ends.
    public Ended ending() {
        return new Ended(act.person(), signedAt, id());
    }
}
