package dev.devopspack.language.words;

import java.util.Collection;
import java.util.Optional;

/// Finds the word that a misspelt one stands for.
public final class Misspelling {

    /// Of shorter words another letter makes another word.
    private static final int SHORTEST = 5;

    /// From this length on two mistakes are forgiven.
    private static final int LONG = 8;

    /// Longer ones are no words.
    private static final int LONGEST = 30;

    private Misspelling() {}

    /// @return the only word nearest to it that begins with the same letter; none where two are
    ///   equally near
    public static Optional<String> of(String word, Collection<String> known) {
        if (word.length() < SHORTEST || word.length() > LONGEST) {
            return Optional.empty();
        }
        int allowed = word.length() < LONG ? 1 : 2;
        String nearest = "";
        int least = allowed + 1;
        boolean alone = true;
        for (String other : known) {
            if (other.length() < SHORTEST - 1
                    || other.charAt(0) != word.charAt(0)
                    || Math.abs(other.length() - word.length()) > allowed) {
                continue;
            }
            int mistakes = mistakes(word, other);
            if (mistakes < least) {
                least = mistakes;
                nearest = other;
                alone = true;
            } else if (mistakes == least) {
                alone = false;
            }
        }
        return least <= allowed && alone ? Optional.of(nearest) : Optional.empty();
    }

    /// Letters that are missing, added, exchanged, or swapped with their neighbour.
    private static int mistakes(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            cost[i][0] = i;
        }
        for (int j = 0; j <= b.length(); j++) {
            cost[0][j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int exchanged = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                cost[i][j] =
                        Math.min(
                                cost[i - 1][j - 1] + exchanged,
                                Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
                boolean swapped =
                        i > 1
                                && j > 1
                                && a.charAt(i - 1) == b.charAt(j - 2)
                                && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
