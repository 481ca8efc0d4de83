package dev.devopspack.language.dockerfile;

import java.util.Arrays;

/// An instruction's text with its continued lines joined, and where each character came from.
final class LogicalLine {

    private final StringBuilder text = new StringBuilder();
    private int[] offsets = new int[64];

    void add(String source, int from, int to) {
        int length = text.length() + Math.max(0, to - from);
        if (length > offsets.length) {
            offsets = Arrays.copyOf(offsets, Math.max(length, offsets.length * 2));
        }
        for (int i = from; i < to; i++) {
            offsets[text.length()] = i;
            text.append(source.charAt(i));
        }
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    String text() {
        return text.toString();
    }

    /// The offset in the file of the character at the index; of the last one where it is behind.
    int offset(int index) {
        return text.isEmpty() ? 0 : offsets[Math.min(Math.max(index, 0), text.length() - 1)];
    }
}
