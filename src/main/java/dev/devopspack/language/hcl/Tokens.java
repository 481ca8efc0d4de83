package dev.devopspack.language.hcl;

import dev.devopspack.language.Span;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The tokens of a file in their order, kept as columns because there may be many. The last is
/// always [TokenKind#END].
final class Tokens {

    private static final TokenKind[] KINDS = TokenKind.values();

    private final String text;
    private byte[] kinds;
    private int[] starts;
    private int[] ends;
    private int size;
    private int[] lineStarts = {0};
    private final @Nullable Span place;

    Tokens(String text) {
        this(text, null);
    }

    /// @param place where all of the text stands, if it is what a JSON string holds
    Tokens(String text, @Nullable Span place) {
        this.text = text;
        this.place = place;
        int guess = text.length() / 4 + 16;
        kinds = new byte[guess];
        starts = new int[guess];
        ends = new int[guess];
        indexLines();
    }

    private void indexLines() {
        int lines = 1;
        for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
            lines++;
        }
        lineStarts = new int[lines];
        int line = 1;
        for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
            lineStarts[line++] = i + 1;
        }
    }

    void add(TokenKind kind, int start, int end) {
        if (size == kinds.length) {
            int larger = size + size / 2 + 16;
            kinds = Arrays.copyOf(kinds, larger);
            starts = Arrays.copyOf(starts, larger);
            ends = Arrays.copyOf(ends, larger);
        }
        kinds[size] = (byte) kind.ordinal();
        starts[size] = start;
        ends[size] = end;
        size++;
    }

    int size() {
        return size;
    }

    TokenKind kind(int index) {
        return KINDS[kinds[index]];
    }

    int start(int index) {
        return starts[index];
    }

    int end(int index) {
        return ends[index];
    }

    String text() {
        return text;
    }

    String text(int index) {
        return text.substring(starts[index], ends[index]);
    }

    /// Line of an offset, from 1.
    int line(int offset) {
        int found = Arrays.binarySearch(lineStarts, offset);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /// Column of an offset, from 1.
    int column(int offset) {
        return offset - lineStarts[line(offset) - 1] + 1;
    }

    Span span(int start, int end) {
        if (place != null) {
            return place;
        }
        int line = line(start);
        int endLine = line(end);
        return new Span(
                start,
                end,
                line,
                start - lineStarts[line - 1] + 1,
                endLine,
                end - lineStarts[endLine - 1] + 1);
    }
}
