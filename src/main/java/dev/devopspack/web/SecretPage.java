package dev.devopspack.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One request for a secret.
///
/// @param facts names and values in the order in which they are read
/// @param reason the asker's own words
/// @param typing how the browser seals a value, where one must be typed and the reader may
/// @param mayDecide whether the reader may approve or deny it now
/// @param unready why he may not approve it now, for example because a value is missing; else empty
/// @param barred why he may not, else empty
/// @param next what is to be done
record SecretPage(
        String id,
        String secret,
        Pill state,
        Moment decideBy,
        List<Fact> facts,
        String reason,
        @Nullable Typing typing,
        boolean mayDecide,
        String unready,
        String barred,
        String next,
        List<String> files) {

    record Fact(String name, String value) {}

    /// @param publicKey SubjectPublicKeyInfo in base64
    /// @param label namespace and name
    record Typing(String publicKey, String label, String recipient) {}
}
