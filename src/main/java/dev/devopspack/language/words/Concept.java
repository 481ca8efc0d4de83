package dev.devopspack.language.words;

import java.util.List;

/// Something that can be said in many ways: `approval` is also *sign-off*, *reviewer*, *Freigabe*.
///
/// @param name for messages
/// @param phrases the ways to say it
public record Concept(String name, List<Phrase> phrases) {

    public Concept {
        phrases = List.copyOf(phrases);
    }

    /// @throws IllegalArgumentException where one of the texts is no phrase
    public static Concept of(String name, List<String> texts) {
        return new Concept(name, texts.stream().map(Phrase::of).toList());
    }

    /// Where it is said, in order; each place once.
    public int[] placesIn(List<Word> words) {
        return phrases.stream()
                .flatMapToInt(phrase -> phrase.starts(words))
                .distinct()
                .sorted()
                .toArray();
    }
}
