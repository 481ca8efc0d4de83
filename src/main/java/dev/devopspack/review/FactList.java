package dev.devopspack.review;

import dev.devopspack.review.Fact.Level;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Gathers facts: one text at one level is one fact, with all its addresses.
final class FactList {

    private record Key(Level level, String text) {}

    private final Map<Key, Set<String>> facts = new LinkedHashMap<>();

    /// A fact about nothing in particular.
    void add(Level level, String text) {
        facts.computeIfAbsent(new Key(level, text), _ -> new TreeSet<>());
    }

    void add(Level level, String text, String address) {
        facts.computeIfAbsent(new Key(level, text), _ -> new TreeSet<>()).add(address);
    }

    /// A fact only if it is about something.
    void addIfAny(Level level, String text, Collection<String> addresses) {
        addresses.forEach(address -> add(level, text, address));
    }

    void addChanges(Level level, String text, List<ResourceChange> changes) {
        changes.forEach(change -> add(level, text, change.address()));
    }

    /// By level; within a level in the order in which they were found, which is their weight.
    List<Fact> sorted() {
        return facts.entrySet().stream()
                .map(fact ->
                        new Fact(
                                fact.getKey().level(),
                                fact.getKey().text(),
                                List.copyOf(fact.getValue())))
                .sorted(Comparator.comparing(Fact::level))
                .toList();
    }
}
