package dev.devopspack.language.words;

import java.util.List;

/// Takes endings off English words, so that `deploys`, `deploying` and `deployment` are one.
///
/// What comes out need not be a word; it is only compared with other stems.
final class Stems {

    /// Shorter words are names more often than inflected: `aws`, `dns`, `sqs`.
    private static final int SHORTEST = 4;

    /// What must be left over.
    private static final int SHORTEST_STEM = 3;

    private static final List<String> SIBILANTS = List.of("sh", "ch", "ss", "x", "z");

    private Stems() {}

    static String of(String word) {
        if (word.length() < SHORTEST || !word.chars().allMatch(Character::isLetter)) {
            return word;
        }
        String stem = withoutPlural(word);
        stem = without(stem, "ment");
        stem = without(stem, "ation", "ate");
        stem = without(stem, "ization", "ize");
        stem = withoutInflection(stem, "ing");
        stem = withoutInflection(stem, "ed");
        return stem.length() > SHORTEST_STEM && stem.endsWith("e")
                ? stem.substring(0, stem.length() - 1)
                : stem;
    }

    private static String withoutPlural(String word) {
        if (word.endsWith("ies") && word.length() > SHORTEST) {
            return word.substring(0, word.length() - 3) + "y";
        }
        if (word.endsWith("es")) {
            String stem = word.substring(0, word.length() - 2);
            if (SIBILANTS.stream().anyMatch(stem::endsWith)) {
                return stem;
            }
        }
        boolean plural =
                word.endsWith("s")
                        && !word.endsWith("ss")
                        && !word.endsWith("us")
                        && !word.endsWith("is");
        return plural ? word.substring(0, word.length() - 1) : word;
    }

    private static String without(String word, String ending) {
        return without(word, ending, "");
    }

    private static String without(String word, String ending, String instead) {
        int left = word.length() - ending.length();
        return word.endsWith(ending) && left >= SHORTEST_STEM
                ? word.substring(0, left) + instead
                : word;
    }

    /// `planning` is `plan`, `rolled` is `roll`, `scaling` is `scal`, as `scale` becomes.
    private static String withoutInflection(String word, String ending) {
        String stem = without(word, ending);
        if (stem.equals(word) || stem.chars().noneMatch(c -> "aeiouy".indexOf(c) >= 0)) {
            return word;
        }
        int last = stem.length() - 1;
        boolean doubled =
                stem.charAt(last) == stem.charAt(last - 1) && "lsz".indexOf(stem.charAt(last)) < 0;
        return doubled ? stem.substring(0, last) : stem;
    }
}
