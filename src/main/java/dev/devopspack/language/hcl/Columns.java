package dev.devopspack.language.hcl;

import java.text.BreakIterator;
import java.util.Locale;

/// The width of text, counted in what a reader sees as one character.
final class Columns {

    private Columns() {}

    static int of(String text) {
        if (text.chars().allMatch(c -> c < 0x300 && c != '\r')) {
            return text.length();
        }
        BreakIterator breaks = BreakIterator.getCharacterInstance(Locale.ROOT);
        breaks.setText(text);
        int columns = 0;
        while (breaks.next() != BreakIterator.DONE) {
            columns++;
        }
        return columns;
    }
}
