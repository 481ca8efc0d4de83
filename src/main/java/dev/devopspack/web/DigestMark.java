package dev.devopspack.web;

import dev.devopspack.change.Digest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A digest shortened for the eye; the whole one is a click away.
///
/// @param brief the first eight hexadecimal digits
/// @param full for example `sha256:3fa9…`, 64 digits
record DigestMark(String brief, String full) {

    private static final int BRIEF_LENGTH = 8;

    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    /// @return null where the text is no digest
    static @Nullable DigestMark find(String text) {
        return DIGEST.matcher(text).matches() ? of(new Digest(text)) : null;
    }

    static DigestMark of(Digest digest) {
        return new DigestMark(digest.hex().substring(0, BRIEF_LENGTH), digest.value());
    }
}
