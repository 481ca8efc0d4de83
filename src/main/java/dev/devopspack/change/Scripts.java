package dev.devopspack.change;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.Character.UnicodeScript;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    /// Letters of other scripts that are drawn like Latin ones.
    private static final Set<Integer> LIKE_LATIN = likeLatin();

    private static final int HEXADECIMAL = 16;

    private Scripts() {}

    private static Set<Integer> likeLatin() {
        try (InputStream file = Scripts.class.getResourceAsStream("/names/like-latin.txt")) {
            return new String(
                            Objects.requireNonNull(file, "like-latin.txt").readAllBytes(),
                            StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .flatMap(line -> Stream.of(line.split(" ")).skip(1))
                    .map(code -> Integer.valueOf(code, HEXADECIMAL))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

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

    /// The same of a value that is one word and no name: `250µs` or `m²` deceives nobody there.
    ///
    /// @param value of one word
    public static Optional<String> deceptionInValue(String value) {
        return value.chars().allMatch(c -> c < 128)
                ? Optional.empty()
                : BETWEEN_WORDS
                        .splitAsStream(value)
                        .filter(word -> !word.isEmpty())
                        .map(Scripts::byScript)
                        .flatMap(Optional::stream)
                        .findFirst();
    }

    private static Optional<String> ofWord(String word) {
        if (!Normalizer.normalize(word, Normalizer.Form.NFKC)
                .equals(Normalizer.normalize(word, Normalizer.Form.NFC))) {
            return Optional.of("holds letters that only look like the ones they stand for");
        }
        return byScript(word);
    }

    private static Optional<String> byScript(String word) {
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
                                .allMatch(LIKE_LATIN::contains);
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
