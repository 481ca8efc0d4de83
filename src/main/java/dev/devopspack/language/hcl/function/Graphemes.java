package dev.devopspack.language.hcl.function;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Text cut into what a reader sees as one character.
final class Graphemes {

    private Graphemes() {}

    static List<String> of(String text) {
        if (text.chars().allMatch(c -> c < 0x300 && c != '\r')) {
            return codePoints(text);
        }
        List<String> characters = new ArrayList<>();
        BreakIterator breaks = BreakIterator.getCharacterInstance(Locale.ROOT);
        breaks.setText(text);
        int start = breaks.first();
        for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
            characters.add(text.substring(start, end));
            start = end;
        }
        return characters;
    }

    static List<String> codePoints(String text) {
        return text.codePoints().mapToObj(Character::toString).toList();
    }
}
