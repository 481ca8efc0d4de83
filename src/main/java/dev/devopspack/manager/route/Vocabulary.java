package dev.devopspack.manager.route;

import dev.devopspack.language.words.Misspelling;
import dev.devopspack.language.words.PlainText;
import dev.devopspack.language.words.Word;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    private final List<List<String>> denials;

    Vocabulary(Set<String> known, RoutingTerms data) {
        known.forEach(term -> terms.put(key(term), key(term)));
        data.synonyms()
                .forEach((term, others) ->
                        others.forEach(other -> terms.put(key(other), key(term))));
        this.common =
                data.common().stream()
                        .map(word -> Word.of(word).stem())
                        .collect(Collectors.toSet());
        terms.keySet().stream().filter(key -> key.indexOf(' ') < 0).forEach(single::add);
        this.denials = data.denials().stream().map(text -> stems(PlainText.words(text))).toList();
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
        List<Word> words = PlainText.words(request);
        Map<String, Named> named = new HashMap<>();
        List<Named> inOrder = new ArrayList<>();
        int i = 0;
        while (i < words.size()) {
            int denied = denialAt(words, i);
            if (denied > 0) {
                i += denied;
                continue;
            }
            Found found = longestAt(words, i);
            if (found != null && named.putIfAbsent(found.named().term(), found.named()) == null) {
                inOrder.add(found.named());
            }
            i += found == null ? 1 : found.words();
        }
        return inOrder;
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
        for (List<String> denial : denials) {
            int end = at + denial.size();
            if (end < words.size() && stems(words.subList(at, end)).equals(denial)) {
                Found behind = longestAt(words, end);
                return denial.size() + (behind == null ? 2 : behind.words());
            }
        }
        return 0;
    }
}
