package dev.devopspack.policy;

import java.util.BitSet;
import java.util.List;

/// Finds the lines of a text that hold one of some keywords, so that slow expressions look at those
/// alone.
final class KeywordLines {

    private final String text;
    private final String lower;

    KeywordLines(String text) {
        this.text = text;
        this.lower = lower(text);
    }

    /// ASCII letters in lower case; every other character stays, so that offsets stay.
    private static String lower(String text) {
        int first = 0;
        while (first < text.length() && !isUpper(text.charAt(first))) {
            first++;
        }
        if (first == text.length()) {
            return text;
        }
        char[] characters = text.toCharArray();
        for (int i = first; i < characters.length; i++) {
            char c = characters[i];
            if (isUpper(c)) {
                characters[i] = (char) (c + 32);
            }
        }
        return new String(characters);
    }

    private static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }

    /// By group of the finder, whether one of its keywords occurs.
    boolean[] with(KeywordFinder finder) {
        return finder.in(lower);
    }

    boolean hasAny(List<String> keywords) {
        for (String keyword : keywords) {
            if (lower.contains(keyword)) {
                return true;
            }
        }
        return false;
    }

    /// The offsets at which the lines with a keyword begin, in the order of the text.
    int[] starts(List<String> keywords) {
        BitSet starts = new BitSet();
        for (String keyword : keywords) {
            int at = lower.indexOf(keyword);
            while (at >= 0) {
                starts.set(lower.lastIndexOf('\n', at) + 1);
                int end = end(at);
                at = end >= lower.length() ? -1 : lower.indexOf(keyword, end);
            }
        }
        return starts.stream().toArray();
    }

    /// Where the line around an offset ends.
    int end(int offset) {
        int end = text.indexOf('\n', offset);
        return end < 0 ? text.length() : end;
    }

    String lowerLine(int start) {
        return lower.substring(start, end(start));
    }

    String line(int start) {
        return text.substring(start, end(start));
    }
}
