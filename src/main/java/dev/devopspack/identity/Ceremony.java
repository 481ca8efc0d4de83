package dev.devopspack.identity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A WebAuthn challenge that this server gave out and that answers once.
///
/// @param challenge base64url without padding; unique
/// @param person whose answer is expected, where that is known beforehand
/// @param document what the challenge stands for: the canonical challenge document of a decision or
///   of several, or an act's; else empty
public record Ceremony(
        String challenge,
        Purpose purpose,
        @Nullable PersonId person,
        String document,
        Instant expiresAt) {

    public enum Purpose {
        ENROL,
        SIGN_IN,
        /// Proving with a passkey that one has, to register another.
        ADD_PASSKEY,
        DECIDE,
        /// Several decisions under one signature.
        DECIDE_BATCH,
        /// Something else that a person signs: pausing, waiving.
        ACT,
        /// No WebAuthn: a sign-in that the company's identity provider answers.
        COMPANY
    }
}
