package dev.devopspack.language.dockerfile;

import java.util.Arrays;

/// The lines of a file.
final class Lines {

    private final String text;
    private final int[] starts;

    Lines(String text) {
        this.text = text;
        int[] found = new int[16];
        int count = 1;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\n') {
                if (count == found.length) {
                    found = Arrays.copyOf(found, count * 2);
                }
                found[count++] = i + 1;
            }
        }
        starts = Arrays.copyOf(found, count);
    }

    int count() {
        return starts.length;
    }

    int start(int index) {
        return starts[index];
    }

    /// Behind the last character of the line, its line break not counted.
    int end(int index) {
        int end = index + 1 < starts.length ? starts[index + 1] - 1 : text.length();
        return end > starts[index] && text.charAt(end - 1) == '\r' ? end - 1 : end;
    }

    String line(int index) {
        return text.substring(starts[index], end(index));
    }

    Position position(int offset) {
        int found = Arrays.binarySearch(starts, offset);
        int line = found >= 0 ? found : -found - 2;
        return new Position(line + 1, offset - starts[line] + 1);
    }
}
