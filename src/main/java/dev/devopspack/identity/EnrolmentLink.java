package dev.devopspack.identity;

import dev.devopspack.change.Digest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A one-time link by which a person registers a passkey. The secret in it is stored hashed only.
///
/// @param hash SHA-256 of the secret
/// @param person whose passkey it registers
/// @param usedAt when it was used up
public record EnrolmentLink(
        Digest hash,
        PersonId person,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant usedAt) {

    public boolean usable(Instant now) {
        return usedAt == null && now.isBefore(expiresAt);
    }
}
