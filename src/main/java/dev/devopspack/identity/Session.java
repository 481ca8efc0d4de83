package dev.devopspack.identity;

import dev.devopspack.change.Digest;
import java.time.Instant;

/// A signed-in person's session. The secret in the cookie is stored hashed only.
///
/// @param hash SHA-256 of the secret
/// @param id what logs and the audit name it by
/// @param lastSeenAt moved on with use, so that an idle session ends
/// @param expiresAt when it ends whatever is done with it
public record Session(
        Digest hash,
        String id,
        PersonId person,
        Instant createdAt,
        Instant lastSeenAt,
        Instant expiresAt) {}
