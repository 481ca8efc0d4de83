package dev.devopspack.review;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The sensitive texts of one plan, and their removal from every other text.
final class Secrets {

    /// Shorter texts are words such as `admin` or `eu`: masking them everywhere would blind the
    /// reader and hide nothing.
    private static final int MIN_WHOLE = 6;

    /// Within a longer text only what cannot stand there by chance.
    private static final int MIN_PART = 8;

    /// How many secrets may begin alike before everything that begins so is taken for one.
    private static final int MAX_ALIKE = 16;

    /// As much of a secret is compared at each place; where that much stands, the rest of the text
    /// is masked with it. Otherwise a long run of one letter could be compared for hours.
    private static final int MAX_COMPARED = 64;

    private final Set<String> whole = new HashSet<>();
    private final Map<String, List<String>> byBeginning = new HashMap<>();

    /// Every text within the value is sensitive.
    void learn(Datum value) {
        switch (value) {
            case Datum.Text text -> {
                if (text.value().length() >= MIN_WHOLE && !isMark(text.value())) {
                    whole.add(text.value());
                }
            }
            case Datum.Items items -> items.list().forEach(this::learn);
            case Datum.Members members -> members.map().values().forEach(this::learn);
            case Datum.Number _,
                    Datum.Flag _,
                    Datum.Nothing _,
                    Datum.Unknown _,
                    Datum.Masked _ -> {}
        }
    }

    /// Whether the text is or holds a secret that was learned.
    boolean isIn(Datum value) {
        return value instanceof Datum.Text && !scrub(value).equals(value);
    }

    /// From here on texts are scrubbed of what was learned so far.
    void learned() {
        byBeginning.clear();
        for (String secret : whole) {
            if (secret.length() >= MIN_PART) {
                byBeginning
                        .computeIfAbsent(secret.substring(0, MIN_PART), _ -> new ArrayList<>())
                        .add(secret);
            }
        }
        byBeginning
                .values()
                .forEach(alike ->
                        alike.sort(
                                Comparator.comparingInt(String::length)
                                        .reversed()
                                        .thenComparing(Comparator.naturalOrder())));
    }

    /// The value without any secret that was learned: masked as a whole, or the part of it.
    Datum scrub(Datum value) {
        if (!(value instanceof Datum.Text text) || (byBeginning.isEmpty() && whole.isEmpty())) {
            return value;
        }
        if (whole.contains(text.value())) {
            return new Datum.Masked(false);
        }
        String scrubbed = scrub(text.value());
        return scrubbed.equals(text.value()) ? value : new Datum.Text(scrubbed);
    }

    private String scrub(String text) {
        StringBuilder out = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length()) {
            int length = secretAt(text, i);
            if (length == 0) {
                out.append(text.charAt(i));
                i++;
            } else {
                out.append(Marks.SENSITIVE);
                i += length;
            }
        }
        return out.toString();
    }

    /// The length of the longest secret that begins there; 0 where none does.
    private int secretAt(String text, int i) {
        if (i + MIN_PART > text.length()) {
            return 0;
        }
        List<String> alike = byBeginning.get(text.substring(i, i + MIN_PART));
        if (alike == null) {
            return 0;
        }
        if (alike.size() > MAX_ALIKE) {
            return text.length() - i;
        }
        for (String secret : alike) {
            int compared = Math.min(secret.length(), MAX_COMPARED);
            if (text.regionMatches(i, secret, 0, compared)) {
                return secret.length() <= MAX_COMPARED ? compared : text.length() - i;
            }
        }
        return 0;
    }

    static boolean isMark(String text) {
        return text.equals(Marks.SENSITIVE) || text.equals(Marks.SENSITIVE_CHANGED);
    }
}
