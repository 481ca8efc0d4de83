package dev.devopspack.policy;

import java.util.Arrays;
import java.util.stream.IntStream;

/// Lines and columns of offsets in a text.
final class LineIndex {

    private final int[] starts;

    LineIndex(String text) {
        starts =
                IntStream.concat(
                                IntStream.of(0),
                                IntStream.range(0, text.length())
                                        .filter(i -> text.charAt(i) == '\n')
                                        .map(i -> i + 1))
                        .toArray();
    }

    int line(int offset) {
        int found = Arrays.binarySearch(starts, offset);
        return found >= 0 ? found + 1 : -found - 1;
    }

    int column(int offset) {
        return offset - starts[line(offset) - 1] + 1;
    }
}
