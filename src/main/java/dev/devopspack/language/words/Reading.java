package dev.devopspack.language.words;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A text as its clauses in order, with what was found in them: each concept is looked for once.
///
/// Not for use by two threads.
public final class Reading {

    private final List<Sentence> sentences;
    private final List<List<Word>> clauses = new ArrayList<>();
    private final Map<Place, int[]> found = new HashMap<>();

    private record Place(String concept, int clause) {}

    private Reading(List<Sentence> sentences) {
        this.sentences = sentences;
        sentences.forEach(sentence -> clauses.addAll(sentence.clauses()));
    }

    public static Reading of(String text) {
        return new Reading(PlainText.sentences(text));
    }

    public List<Sentence> sentences() {
        return sentences;
    }

    int clauses() {
        return clauses.size();
    }

    public List<Word> words(int clause) {
        return clauses.get(clause);
    }

    int[] places(Concept concept, int clause) {
        return found.computeIfAbsent(
                new Place(concept.name(), clause), place -> concept.placesIn(words(clause)));
    }
}
