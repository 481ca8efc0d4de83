package dev.devopspack.intake;

import dev.devopspack.change.Hidden;

/// JSON pointers (RFC 6901) for messages.
final class Pointer {

    /// Enough to find the field; a caller's key may be of any length.
    private static final int MAX_SHOWN = 80;

    private Pointer() {}

    static String escaped(String key) {
        String shown = key.length() > MAX_SHOWN ? key.substring(0, MAX_SHOWN) + "…" : key;
        return Hidden.marked(shown).replace("\n", "‹U+000A›").replace("~", "~0").replace("/", "~1");
    }
}
