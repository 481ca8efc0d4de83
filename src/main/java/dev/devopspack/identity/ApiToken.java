package dev.devopspack.identity;

import dev.devopspack.change.Digest;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A bearer token of an assistant, a bot or a pipeline. The secret is shown once and stored hashed
/// only.
///
/// @param id what logs, the audit and manifests name it by
/// @param hash SHA-256 of the whole secret with its `dpk_`
/// @param person the human behind it: he never decides on what was asked for with it
/// @param label what it is for, for example `claude-code on my laptop`
/// @param roles what it may do at most; never APPROVER or ADMIN
public record ApiToken(
        String id,
        Digest hash,
        PersonId person,
        String label,
        Set<Role> roles,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant revokedAt,
        @Nullable Instant lastUsedAt) {

    public ApiToken {
        roles = Set.copyOf(roles);
        if (roles.contains(Role.APPROVER) || roles.contains(Role.ADMIN)) {
            throw new IllegalArgumentException("a token never decides and never administers");
        }
    }

    public boolean usable(Instant now) {
        return revokedAt == null && now.isBefore(expiresAt);
    }
}
