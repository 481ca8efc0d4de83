package dev.devopspack.language.yaml;

import dev.devopspack.language.Span;
import java.util.Arrays;

/// Where lines begin, to turn offsets into places. Lines end at `\n`, `\r\n` and `\r`.
final class Lines {

    private final int length;
    private final int[] starts;

    Lines(String text) {
        this.length = text.length();
        int[] found = new int[16];
        int count = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean ends =
                    c == '\n'
                            || (c == '\r'
                                    && (i + 1 == text.length() || text.charAt(i + 1) != '\n'));
            if (ends) {
                if (count == found.length) {
                    found = Arrays.copyOf(found, count * 2);
                }
                found[count++] = i + 1;
            }
        }
        this.starts = Arrays.copyOf(found, count);
    }

    /// Offsets outside of the text are moved to its ends.
    Span span(int start, int end) {
        int from = Math.clamp(start, 0, length);
        int to = Math.clamp(end, from, length);
        int first = line(from);
        int last = line(to);
        return new Span(
                from, to, first + 1, from - starts[first] + 1, last + 1, to - starts[last] + 1);
    }

    /// Offset at which the line that holds this offset begins.
    int startOfLine(int offset) {
        return starts[line(Math.clamp(offset, 0, length))];
    }

    /// Offset at which the next line begins, or the end of the text.
    int nextLine(int offset) {
        int next = line(Math.clamp(offset, 0, length)) + 1;
        return next < starts.length ? starts[next] : length;
    }

    private int line(int offset) {
        int found = Arrays.binarySearch(starts, offset);
        return found >= 0 ? found : -found - 2;
    }
}
