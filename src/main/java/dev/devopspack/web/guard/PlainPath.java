package dev.devopspack.web.guard;

import org.jspecify.annotations.Nullable;

/// Tells whether a request's target is written in its one plain form.
///
/// Policies, routes and resources may each read an unusual path differently (`;x=1`, `%2e`, `//`):
/// what is not plain is refused before any of them sees it.
final class PlainPath {

    /// Longer than any path of ours, with room for file names.
    private static final int MAX_LENGTH = 2_048;

    /// With letters and digits: what RFC 3986 calls unreserved. It is never percent-encoded.
    private static final String MARKS = "._~-";

    /// What a file's name may hold besides, always percent-encoded, as is every byte of a longer
    /// UTF-8 sequence. No divider of any reader is among them.
    private static final String ENCODED = " +@=,#()!'$&[]{}^`";

    private static final String HEX = "0123456789ABCDEF";

    private PlainPath() {}

    /// @param target the request's target as it came: path and query
    /// @return why it is refused; null where it is plain
    static @Nullable String refusal(@Nullable String target) {
        if (target == null || !target.startsWith("/")) {
            return "the target is not a path";
        }
        int end = target.indexOf('?');
        String path = end < 0 ? target : target.substring(0, end);
        if (path.length() > MAX_LENGTH) {
            return "the path has more than " + MAX_LENGTH + " characters";
        }
        if (path.equals("/")) {
            return null;
        }
        for (String segment : path.substring(1).split("/", -1)) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                return "the path has an empty or a dot segment";
            }
            if (!plain(segment)) {
                return "the path holds a character that is not in its plain form";
            }
        }
        return null;
    }

    private static boolean plain(String segment) {
        for (int i = 0; i < segment.length(); i++) {
            if (segment.charAt(i) == '%') {
                if (!encoded(segment, i)) {
                    return false;
                }
                i += 2;
            } else if (!unreserved(segment.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean encoded(String segment, int at) {
        if (at + 2 >= segment.length()) {
            return false;
        }
        int high = HEX.indexOf(segment.charAt(at + 1));
        int low = HEX.indexOf(segment.charAt(at + 2));
        int octet = high * 16 + low;
        return high >= 0 && low >= 0 && (octet >= 0x80 || ENCODED.indexOf(octet) >= 0);
    }

    private static boolean unreserved(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || MARKS.indexOf(c) >= 0;
    }
}
