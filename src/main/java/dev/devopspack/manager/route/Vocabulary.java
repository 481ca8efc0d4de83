package dev.devopspack.manager.route;

import dev.devopspack.language.words.Misspelling;
import dev.devopspack.language.words.PlainText;
import dev.devopspack.language.words.Word;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The terms of all fields as they are compared: which word or words mean which term.
final class Vocabulary {

    /// No term has more words.
    private static final int LONGEST_TERM = 3;

    /// A misspelt word is a weaker witness.
    private static final double MISSPELT = 0.8;

    private final Map<String, String> terms = new HashMap<>();
    private final Set<String> common;
    private final Set<String> single = new HashSet<>();
    private final List<Denial> denials;

    /// @param first whether it denies only where a clause begins with it
    private record Denial(boolean first, List<String> stems) {

        static Denial of(String text) {
            return new Denial(text.startsWith("^"), Vocabulary.stems(PlainText.words(text)));
        }
    }

    Vocabulary(Set<String> known, RoutingTerms data) {
        known.forEach(term -> terms.put(key(term), key(term)));
        new TreeMap<>(data.synonyms())
                .forEach((term, others) ->
                        others.forEach(other -> terms.put(key(other), key(term))));
        this.common =
                data.common().stream()
                        .map(word -> Word.of(word).stem())
                        .collect(Collectors.toSet());
        terms.keySet().stream().filter(key -> key.indexOf(' ') < 0).forEach(single::add);
        this.denials = data.denials().stream().map(Denial::of).toList();
    }

    /// A term as it is compared: the stems of its words.
    static String key(String term) {
        return String.join(" ", stems(PlainText.words(term)));
    }

    private static List<String> stems(List<Word> words) {
        return words.stream().map(Word::stem).toList();
    }

    /// A term that the request names.
    ///
    /// @param certainty 1, or less where it was misspelt
    record Named(String written, String term, double certainty) {}

    /// Each term once, in the order of the request; of overlapping ones the longest.
    List<Named> namedIn(String request) {
        Map<String, Named> named = new LinkedHashMap<>();
        clausesOf(request).stream()
                .flatMap(clause -> namedIn(clause).stream())
                .forEach(each -> named.putIfAbsent(each.term(), each));
        return List.copyOf(named.values());
    }

    static List<List<Word>> clausesOf(String request) {
        return PlainText.sentences(request).stream()
                .flatMap(sentence -> sentence.clauses().stream())
                .toList();
    }

    /// The terms that a clause names, in their order.
    List<Named> namedIn(List<Word> clause) {
        return steps(clause).stream().flatMap(step -> step.named().stream()).toList();
    }

    /// The clauses of a request without what is denied in them: `not with terraform`.
    List<List<Word>> meantIn(String request) {
        return clausesOf(request).stream()
                .map(clause ->
                        steps(clause).stream().flatMap(step -> step.words().stream()).toList())
                .toList();
    }

    /// A term, or a word that is none.
    private record Step(Optional<Named> named, List<Word> words) {}

    private List<Step> steps(List<Word> clause) {
        List<Step> steps = new ArrayList<>();
        int i = 0;
        while (i < clause.size()) {
            Found found = longestAt(clause, i);
            int denied = denialAt(clause, i);
            // `no space left` is a term and denies nothing.
            if (denied > 0 && (found == null || found.words() == 1)) {
                i += denied;
                continue;
            }
            int end = i + (found == null ? 1 : found.words());
            steps.add(
                    new Step(Optional.ofNullable(found).map(Found::named), clause.subList(i, end)));
            i = end;
        }
        return steps;
    }

    private record Found(Named named, int words) {}

    private @Nullable Found longestAt(List<Word> words, int at) {
        for (int length = Math.min(LONGEST_TERM, words.size() - at); length > 0; length--) {
            List<Word> part = words.subList(at, at + length);
            String term = terms.get(String.join(" ", stems(part)));
            if (term != null) {
                String written = part.stream().map(Word::plain).collect(Collectors.joining(" "));
                return new Found(new Named(written, term, 1), length);
            }
        }
        Word word = words.get(at);
        if (common.contains(word.stem())) {
            return null;
        }
        return Misspelling.of(word.stem(), single)
                .map(meant ->
                        new Found(
                                new Named(word.plain(), terms.getOrDefault(meant, meant), MISSPELT),
                                1))
                .orElse(null);
    }

    /// How many words a denial takes out here: its own and the term or the two words behind it.
    private int denialAt(List<Word> words, int at) {
        int longest = 0;
        for (Denial denial : denials) {
            int length = denial.stems().size();
            int end = at + length;
            if (length > longest
                    && (at == 0 || !denial.first())
                    && end < words.size()
                    && stems(words.subList(at, end)).equals(denial.stems())) {
                longest = length;
            }
        }
        if (longest == 0) {
            return 0;
        }
        Found behind = longestAt(words, at + longest);
        return longest + (behind == null ? 2 : behind.words());
    }
}
