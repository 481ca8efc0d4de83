package dev.devopspack.language.words;

import dev.devopspack.change.Hidden;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Reads a text into sentences of words.
///
/// Hidden characters are dropped, so that a zero-width space inside a word hides nothing, and
/// letters of other scripts that look Latin count as Latin.
public final class PlainText {

    /// More is a file, not a request: what follows is not read.
    public static final int MAX_WORDS = 5_000;

    private static final String LOOK_ALIKES = "аесорхуіјѕԁɡкмнтвοαερτυνικ";
    private static final String LATIN = "aecopxyijsdgkmhtboaeptuvik";

    private static final String ENDS_OF_CLAUSES = ",:()–—";

    /// What joins two things to do.
    private static final Set<String> JOINTS =
            Set.of(
                    "and",
                    "then",
                    "but",
                    "so",
                    "afterwards",
                    "plus",
                    "und",
                    "dann",
                    "aber",
                    "danach",
                    "sowie");

    private static final Map<String, List<String>> SHORT_FORMS =
            Map.ofEntries(
                    Map.entry("don't", List.of("do", "not")),
                    Map.entry("dont", List.of("do", "not")),
                    Map.entry("doesn't", List.of("does", "not")),
                    Map.entry("doesnt", List.of("does", "not")),
                    Map.entry("can't", List.of("can", "not")),
                    Map.entry("cannot", List.of("can", "not")),
                    Map.entry("mustn't", List.of("must", "not")),
                    Map.entry("shouldn't", List.of("should", "not")),
                    Map.entry("won't", List.of("will", "not")),
                    Map.entry("isn't", List.of("is", "not")),
                    Map.entry("aren't", List.of("are", "not")),
                    Map.entry("wasn't", List.of("was", "not")),
                    Map.entry("didn't", List.of("did", "not")),
                    Map.entry("hasn't", List.of("has", "not")),
                    Map.entry("you've", List.of("you", "have")),
                    Map.entry("you're", List.of("you", "are")),
                    Map.entry("we've", List.of("we", "have")),
                    Map.entry("we're", List.of("we", "are")));

    private final List<Sentence> sentences = new ArrayList<>();
    private final List<List<Word>> clauses = new ArrayList<>();
    private final List<Word> clause = new ArrayList<>();
    private int words;

    private PlainText() {}

    public static List<Sentence> sentences(String text) {
        PlainText reading = new PlainText();
        reading.read(folded(text));
        return List.copyOf(reading.sentences);
    }

    /// All words in order, without the ends of sentences.
    public static List<Word> words(String text) {
        return sentences(text).stream().flatMap(sentence -> sentence.words().stream()).toList();
    }

    /// A text as its words are read: in lower case, without what nobody sees, look-alikes as Latin.
    public static String folded(String text) {
        StringBuilder visible = new StringBuilder(text.length());
        text.codePoints()
                .filter(c -> c == '\n' || c == '\t' || !Hidden.is(c))
                .forEach(visible::appendCodePoint);
        String composed =
                Normalizer.normalize(visible, Normalizer.Form.NFKC)
                        .toLowerCase(Locale.ROOT)
                        .replace('’', '\'');
        StringBuilder latin = new StringBuilder(composed.length());
        for (int i = 0; i < composed.length(); i++) {
            int at = LOOK_ALIKES.indexOf(composed.charAt(i));
            latin.append(at < 0 ? composed.charAt(i) : LATIN.charAt(at));
        }
        return latin.toString();
    }

    private void read(String text) {
        int i = 0;
        while (i < text.length() && words < MAX_WORDS) {
            char c = text.charAt(i);
            if (startsWord(text, i)) {
                int end = endOfWord(text, i);
                word(text.substring(i, end), text, end);
                i = end;
            } else {
                if (c == '\n' || c == '!' || c == '?' || c == ';' || isFullStop(text, i)) {
                    endSentence();
                } else if (ENDS_OF_CLAUSES.indexOf(c) >= 0 && !isGerund(text, i + 1)) {
                    endClause();
                }
                i++;
            }
        }
        endSentence();
    }

    /// A letter, a digit, or the point of a name such as `.env`.
    private static boolean startsWord(String text, int i) {
        char c = text.charAt(i);
        boolean hidden =
                c == '.'
                        && i + 1 < text.length()
                        && Character.isLetter(text.charAt(i + 1))
                        && (i == 0 || !Character.isLetterOrDigit(text.charAt(i - 1)));
        return hidden || Character.isLetterOrDigit(c);
    }

    private static int endOfWord(String text, int from) {
        int end = from + 1;
        while (end < text.length()
                && (Character.isLetterOrDigit(text.charAt(end)) || isApostrophe(text, end))) {
            end++;
        }
        return end;
    }

    private static boolean isApostrophe(String text, int i) {
        return text.charAt(i) == '\''
                && i + 1 < text.length()
                && Character.isLetter(text.charAt(i + 1));
    }

    private static boolean isFullStop(String text, int i) {
        return text.charAt(i) == '.'
                && (i + 1 == text.length() || Character.isWhitespace(text.charAt(i + 1)));
    }

    private void word(String plain, String text, int end) {
        if (JOINTS.contains(plain) && !isGerund(text, end)) {
            endClause();
            return;
        }
        String bare = plain.endsWith("'s") ? plain.substring(0, plain.length() - 2) : plain;
        for (String part : SHORT_FORMS.getOrDefault(bare, List.of(bare))) {
            clause.add(Word.of(part));
            words++;
        }
    }

    /// Whether the next word ends in `ing`: `prevent skipping gates and echoing tokens` is one
    /// clause.
    private static boolean isGerund(String text, int from) {
        int start = from;
        while (start < text.length() && text.charAt(start) == ' ') {
            start++;
        }
        if (start >= text.length() || !startsWord(text, start)) {
            return false;
        }
        int end = endOfWord(text, start);
        return end - start > 4 && text.startsWith("ing", end - 3);
    }

    private void endClause() {
        if (!clause.isEmpty()) {
            clauses.add(List.copyOf(clause));
            clause.clear();
        }
    }

    private void endSentence() {
        endClause();
        if (!clauses.isEmpty()) {
            sentences.add(new Sentence(clauses));
            clauses.clear();
        }
    }
}
