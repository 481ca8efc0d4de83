package dev.devopspack.adapter.notify;

import dev.devopspack.change.Hidden;

/// Foreign text as one short line in which everything can be seen.
final class Plain {

    /// Longer than every name of ours; a message is no document.
    private static final int MAX_CHARACTERS = 300;

    private Plain() {}

    /// Invisible and bidirectional characters and line ends become marks.
    static String of(String text) {
        String line = Hidden.marked(text.replace('\n', ' ').replace('\t', ' '));
        return line.codePointCount(0, line.length()) <= MAX_CHARACTERS
                ? line
                : line.substring(0, line.offsetByCodePoints(0, MAX_CHARACTERS)) + "…";
    }
}
