package dev.devopspack.language.words;

import java.util.ArrayList;
import java.util.List;

/// A sentence: its clauses in order. What one clause denies does not reach the next.
public record Sentence(List<List<Word>> clauses) {

    public Sentence {
        clauses = clauses.stream().map(List::copyOf).toList();
    }

    public List<Word> words() {
        List<Word> all = new ArrayList<>();
        clauses.forEach(all::addAll);
        return all;
    }
}
