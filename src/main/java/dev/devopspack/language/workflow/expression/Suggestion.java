package dev.devopspack.language.workflow.expression;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/// The name that somebody who misspelled one probably meant.
public final class Suggestion {

    /// Longer names are not compared: nobody means them by mistake.
    private static final int MAX_LENGTH = 64;

    private Suggestion() {}

    /// The nearest of the known names, if it is near enough to be meant.
    public static Optional<String> of(String written, Collection<String> known) {
        if (written.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String plain = plain(written);
        // One letter is near to every other one.
        int best = written.length() < 3 ? 1 : Math.max(1, written.length() / 3) + 1;
        String nearest = null;
        for (String name : known) {
            int distance = distance(plain, plain(name), best);
            if (distance < best) {
                best = distance;
                nearest = name;
            }
        }
        return Optional.ofNullable(nearest);
    }

    /// `; did you mean 'name'?`, or the known names where they are few, or nothing.
    public static String mend(String written, Collection<String> known) {
        return of(written, known)
                .map(name -> "; did you mean '" + name + "'?")
                .orElseGet(() ->
                        known.isEmpty() || known.size() > 24
                                ? ""
                                : "; known are " + String.join(", ", known));
    }

    /// Case, `-` and `_` are what people mix up most.
    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static int distance(String one, String other, int limit) {
        if (Math.abs(one.length() - other.length()) >= limit) {
            return limit;
        }
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int change = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
