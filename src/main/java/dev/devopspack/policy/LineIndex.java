package dev.devopspack.policy;

import java.util.Arrays;

/// Lines and columns of offsets in a text. The text is counted when one is first asked for, because
/// most texts hold nothing to tell of.
final class LineIndex {

    private final String text;
    private int[] starts = {};

    LineIndex(String text) {
        this.text = text;
    }

    private int[] starts() {
        if (starts.length == 0) {
            starts = count(text);
        }
        return starts;
    }

    private static int[] count(String text) {
        int[] found = new int[16];
        int lines = 1;
        for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
            if (lines == found.length) {
                found = Arrays.copyOf(found, lines * 2);
            }
            found[lines++] = at + 1;
        }
        return Arrays.copyOf(found, lines);
    }

    int line(int offset) {
        int found = Arrays.binarySearch(starts(), offset);
        return found >= 0 ? found + 1 : -found - 1;
    }

    int column(int offset) {
        return offset - starts()[line(offset) - 1] + 1;
    }
}
