package dev.devopspack.change;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Names that people can take for other names: letters of several scripts in one word, or a word of
/// another script in which every letter looks like a Latin one.
///
/// The profile is *highly restrictive* of [UTS 39](https://www.unicode.org/reports/tr39/): one
/// script, or Latin together with Chinese, Japanese or Korean writing. Digits and signs belong to
/// all.
public final class Scripts {

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");

    private static final Set<UnicodeScript> OF_ALL =
            EnumSet.of(UnicodeScript.COMMON, UnicodeScript.INHERITED);

    private static final List<Set<UnicodeScript>> TOGETHER =
            List.of(
                    EnumSet.of(
                            UnicodeScript.LATIN,
                            UnicodeScript.HAN,
                            UnicodeScript.HIRAGANA,
                            UnicodeScript.KATAKANA),
                    EnumSet.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.BOPOMOFO),
                    EnumSet.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.HANGUL));

    /// Cyrillic and Greek letters that are drawn like Latin ones in the fonts of terminals and
    /// pages.
    private static final String LIKE_LATIN =
            "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u0501\u051b\u051d\u04bb"
                    + "\u04cf\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423"
                    + "\u0425\u0406\u0408\u0405\u03b1\u03bd\u03bf\u03c1\u03c5\u03b9\u03ba\u0391"
                    + "\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5"
                    + "\u03a7";

    private Scripts() {}

    /// What is deceptive about a name, as the end of a sentence that begins with the name; nothing
    /// where it is plain.
    ///
    /// @param name of any number of words
    public static Optional<String> deception(String name) {
        if (name.chars().allMatch(c -> c < 128)) {
            return Optional.empty();
        }
        return BETWEEN_WORDS
                .splitAsStream(name)
                .filter(word -> !word.isEmpty())
                .map(Scripts::ofWord)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> ofWord(String word) {
        if (!Normalizer.normalize(word, Normalizer.Form.NFKC)
                .equals(Normalizer.normalize(word, Normalizer.Form.NFC))) {
            return Optional.of("holds letters that only look like the ones they stand for");
        }
        Set<UnicodeScript> scripts = EnumSet.noneOf(UnicodeScript.class);
        word.codePoints().mapToObj(UnicodeScript::of).forEach(scripts::add);
        scripts.removeAll(OF_ALL);
        if (scripts.size() > 1 && TOGETHER.stream().noneMatch(all -> all.containsAll(scripts))) {
            return Optional.of("mixes " + words(scripts) + " letters in one word");
        }
        boolean like =
                !scripts.isEmpty()
                        && !scripts.contains(UnicodeScript.LATIN)
                        && word.codePoints()
                                .filter(Character::isLetter)
                                .allMatch(c -> LIKE_LATIN.indexOf(c) >= 0);
        return like
                ? Optional.of(
                        "is written in " + words(scripts) + " letters that look like Latin ones")
                : Optional.empty();
    }

    private static String words(Set<UnicodeScript> scripts) {
        return String.join(
                " and ",
                scripts.stream()
                        .map(script ->
                                script.name().charAt(0)
                                        + script.name().substring(1).toLowerCase(Locale.ROOT))
                        .sorted()
                        .toList());
    }
}
