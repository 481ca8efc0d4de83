package dev.devopspack.policy;

import dev.devopspack.change.Hidden;

/// Makes text that somebody else wrote fit to stand in a message: one line, bounded, nothing
/// invisible.
final class Shown {

    /// A resource's name or a value in a message is recognised by its start.
    private static final int MAX_CHARACTERS = 120;

    private Shown() {}

    static String of(String text) {
        if (text.length() <= MAX_CHARACTERS && isPlain(text)) {
            return text;
        }
        String cut =
                text.codePointCount(0, text.length()) > MAX_CHARACTERS
                        ? text.substring(0, text.offsetByCodePoints(0, MAX_CHARACTERS)) + "…"
                        : text;
        return Hidden.marked(cut.replace("\n", "⏎").replace("\t", " "));
    }

    /// Printable ASCII, as nearly every text of a configuration is, stays as it is.
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }
}
