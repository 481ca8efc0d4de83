package dev.devopspack.language.words;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A phrase to look for: words in this order.
///
/// Written as `apply|ship ... production|prod*`: `|` divides alternatives, `...` stands for up to
/// six words between, `^` before the first word says that the clause begins with it, and articles
/// and the like may stand anywhere. Words are compared by their stems; one with a `*` before or
/// behind it is part of a longer word, as in German compounds.
public final class Phrase {

    private static final int GAP = 6;

    private static final String MORE = "*";

    /// Bounds the search where a text repeats them on purpose.
    private static final int MAX_FILLERS = 6;

    private static final Set<String> FILLERS =
            Set.of(
                    "the",
                    "a",
                    "an",
                    "this",
                    "that",
                    "these",
                    "those",
                    "it",
                    "its",
                    "my",
                    "our",
                    "your",
                    "their",
                    "all",
                    "any",
                    "every",
                    "of",
                    "to",
                    "on",
                    "in",
                    "into",
                    "onto",
                    "for",
                    "from",
                    "at",
                    "please",
                    "just",
                    "now",
                    "simply",
                    "straight",
                    "directly",
                    "right",
                    "also",
                    "as",
                    "up",
                    "out",
                    "off",
                    "der",
                    "die",
                    "das",
                    "den",
                    "dem",
                    "ein",
                    "eine",
                    "einen",
                    "einem",
                    "einer",
                    "mein",
                    "meine",
                    "unser",
                    "unsere",
                    "alle",
                    "bitte",
                    "mal",
                    "jetzt",
                    "einfach",
                    "gleich",
                    "im",
                    "zum",
                    "zur",
                    "vom",
                    "aus",
                    "auf",
                    "nach");

    /// What may stand before a command.
    private static final Set<String> POLITE =
            Set.of(
                    "please",
                    "can",
                    "could",
                    "would",
                    "you",
                    "go",
                    "ahead",
                    "kindly",
                    "ok",
                    "hey",
                    "i",
                    "tell",
                    "me",
                    "show",
                    "want",
                    "need",
                    "let",
                    "us",
                    "we",
                    "must",
                    "have",
                    "will",
                    "should",
                    "bitte",
                    "kannst",
                    "könntest",
                    "du",
                    "ich",
                    "wir",
                    "möchte",
                    "wollen",
                    "müssen",
                    "mir",
                    "uns",
                    "mal");

    /// @param parts of words, with a star where more may stand
    private record Element(Set<String> stems, List<String> parts, boolean afterGap) {

        static Element of(String text, boolean afterGap) {
            List<String> words = Arrays.asList(text.split("\\|"));
            return new Element(
                    words.stream()
                            .filter(word -> !word.contains(MORE))
                            .map(word -> Word.of(word).stem())
                            .collect(Collectors.toUnmodifiableSet()),
                    words.stream().filter(word -> word.contains(MORE)).toList(),
                    afterGap);
        }

        boolean is(Word word) {
            return stems.contains(word.stem())
                    || parts.stream().anyMatch(part -> isPart(part, word.plain()));
        }

        private static boolean isPart(String part, String word) {
            String bare = part.replace(MORE, "");
            boolean before = part.startsWith(MORE);
            boolean behind = part.endsWith(MORE);
            if (before && behind) {
                return word.contains(bare);
            }
            return before ? word.endsWith(bare) : word.startsWith(bare);
        }
    }

    private final String text;
    private final boolean atBeginning;
    private final List<Element> elements;

    private Phrase(String text, List<Element> elements) {
        this.text = text;
        this.atBeginning = text.startsWith("^");
        this.elements = List.copyOf(elements);
    }

    /// @throws IllegalArgumentException where the phrase has no word or begins or ends with a gap
    public static Phrase of(String text) {
        List<Element> elements = new ArrayList<>();
        boolean gap = false;
        for (String part : text.strip().replaceFirst("^\\^", "").split("\\s+")) {
            if (part.equals("...")) {
                gap = true;
                continue;
            }
            elements.add(Element.of(part, gap));
            gap = false;
        }
        if (elements.isEmpty() || gap || elements.getFirst().afterGap()) {
            throw new IllegalArgumentException("'" + text + "' is no phrase");
        }
        return new Phrase(text, elements);
    }

    /// Where it begins in the words, if it is there.
    public OptionalInt in(List<Word> words) {
        return starts(words).findFirst();
    }

    /// Wherever it begins, in order.
    IntStream starts(List<Word> words) {
        int last = atBeginning ? beginning(words) : words.size() - 1;
        return IntStream.rangeClosed(0, last)
                .filter(start -> begins(words, start) && rest(words, start + 1, 1));
    }

    /// The first word that says something; those before it are polite.
    static int beginning(List<Word> words) {
        int first = 0;
        while (first < words.size() - 1 && canStandBefore(words.get(first))) {
            first++;
        }
        return Math.min(first, words.size() - 1);
    }

    private static boolean canStandBefore(Word word) {
        return FILLERS.contains(word.plain()) || POLITE.contains(word.plain());
    }

    private boolean begins(List<Word> words, int start) {
        return elements.getFirst().is(words.get(start));
    }

    /// Bounded: each element looks at a few words only, and phrases are short.
    private boolean rest(List<Word> words, int from, int element) {
        if (element == elements.size()) {
            return true;
        }
        Element wanted = elements.get(element);
        int skipped = 0;
        int fillers = 0;
        for (int i = from; i < words.size(); i++) {
            if (wanted.is(words.get(i)) && rest(words, i + 1, element + 1)) {
                return true;
            }
            boolean filler = FILLERS.contains(words.get(i).plain());
            boolean far = filler ? ++fillers > MAX_FILLERS : !wanted.afterGap() || ++skipped > GAP;
            if (far) {
                return false;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return text;
    }
}
