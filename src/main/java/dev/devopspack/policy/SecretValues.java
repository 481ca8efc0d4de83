package dev.devopspack.policy;

import dev.devopspack.policy.SecretNames.Kind;
import java.util.HashMap;
import java.util.Map;

/// Tells whether a literal under a name is a secret.
final class SecretValues {

    /// A password of three characters is a column's width or a flag.
    private static final int SHORTEST_PASSWORD = 4;

    /// What is generated is longer.
    private static final int SHORTEST_RANDOM = 12;

    /// Bits a character: English words stay below, random letters and digits above.
    private static final double RANDOM_BITS = 3.2;

    private SecretValues() {}

    static boolean isSecret(Kind kind, String value) {
        if (kind == Kind.NONE || Placeholders.is(value)) {
            return false;
        }
        if (kind == Kind.PASSWORD) {
            return value.length() >= SHORTEST_PASSWORD && !isSentence(value);
        }
        return looksRandom(value);
    }

    private static boolean isSentence(String value) {
        return value.strip().chars().filter(c -> c == ' ').count() >= 2;
    }

    static boolean looksRandom(String value) {
        boolean digit = value.chars().anyMatch(Character::isDigit);
        boolean letter = value.chars().anyMatch(Character::isLetter);
        boolean space = value.chars().anyMatch(Character::isWhitespace);
        return value.length() >= SHORTEST_RANDOM
                && digit
                && letter
                && !space
                && !isPathOrName(value)
                && bitsPerCharacter(value) >= RANDOM_BITS;
    }

    /// Words joined by dashes, slashes or dots, as names and paths are.
    private static boolean isPathOrName(String value) {
        String[] words = value.split("[-_/.:]");
        if (words.length < 3) {
            return false;
        }
        int readable = 0;
        for (String word : words) {
            if (word.matches("[a-z]{2,}[0-9]{0,3}|[A-Z]{2,}[0-9]{0,3}|[0-9]{1,4}")) {
                readable++;
            }
        }
        return readable * 2 > words.length;
    }

    /// Shannon's entropy.
    static double bitsPerCharacter(String value) {
        Map<Character, Integer> counts = new HashMap<>();
        for (int i = 0; i < value.length(); i++) {
            counts.merge(value.charAt(i), 1, Integer::sum);
        }
        double bits = 0;
        for (int count : counts.values()) {
            double share = (double) count / value.length();
            bits -= share * Math.log(share) / Math.log(2);
        }
        return bits;
    }
}
