package dev.devopspack.task;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// Finds the names that somebody may have meant: the fewest edits away, nearest first.
public final class Nearest {

    /// Longer texts are no typing mistake of a name, and the comparison costs the product of both
    /// lengths.
    private static final int LONGEST = 100;

    private Nearest() {}

    /// @return at most `limit` of `names`, none further away than a third of the longer name's
    ///   length
    public static List<String> to(String given, Collection<String> names, int limit) {
        if (given.length() > LONGEST) {
            return List.of();
        }
        record Candidate(String name, int edits) {}
        return names.stream()
                .filter(name -> name.length() <= LONGEST)
                .map(name -> new Candidate(name, edits(given, name)))
                .filter(c ->
                        c.edits() <= Math.max(2, Math.max(given.length(), c.name().length()) / 3))
                .sorted(Comparator.comparingInt(Candidate::edits).thenComparing(Candidate::name))
                .limit(limit)
                .map(Candidate::name)
                .toList();
    }

    /// Levenshtein's distance: inserted, deleted and exchanged characters.
    static int edits(String a, String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int exchanged = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(exchanged, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[b.length()];
    }
}
