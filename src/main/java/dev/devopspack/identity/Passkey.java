package dev.devopspack.identity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A person's registered passkey. All of it is public.
///
/// @param credentialId base64url without padding; unique
/// @param publicKey the COSE key, base64url without padding; unique, so that one key never speaks
///   for two people
/// @param aaguid the make of the authenticator as it names itself, a UUID; never relied on
/// @param signCount the highest counter seen; 0 for ever with passkeys that are synced
/// @param backupEligible whether the authenticator may sync it, fixed for its lifetime
/// @param label what the person calls it, for example `laptop`
public record Passkey(
        String credentialId,
        PersonId person,
        String publicKey,
        String aaguid,
        long signCount,
        boolean backupEligible,
        String label,
        Instant createdAt,
        @Nullable Instant lastUsedAt) {}
