package dev.devopspack.web;

import dev.devopspack.change.Digest;

/// A digest shortened for the eye; the whole one is a click away.
///
/// @param brief the first eight hexadecimal digits
/// @param full for example `sha256:3fa9…`, 64 digits
record DigestMark(String brief, String full) {

    private static final int BRIEF_LENGTH = 8;

    static DigestMark of(Digest digest) {
        return new DigestMark(digest.hex().substring(0, BRIEF_LENGTH), digest.value());
    }
}
