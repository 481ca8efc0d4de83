package dev.devopspack.approval.secret;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One version of a secret: everything that is kept of it.
///
/// @param commitment HMAC-SHA256 of a made value under `salt`, in hexadecimal digits: whoever holds
///   the value can show that it is this one; empty where the value was never here
/// @param salt 32 random bytes in hexadecimal digits, else empty
/// @param revoked since when it must not be used, and why
public record SecretVersion(
        SecretName secret,
        int version,
        SecretFlow flow,
        SecretRequestId request,
        String commitment,
        String salt,
        Instant madeAt,
        @Nullable Revoked revoked) {

    public record Revoked(Instant at, String why) {}
}
