package dev.devopspack.policy;

import com.google.re2j.Pattern;
import dev.devopspack.policy.SecretNames.Kind;
import java.util.HashMap;
import java.util.Map;

/// Tells whether a literal under a name is a secret.
final class SecretValues {

    /// A password of three characters is a column's width or a flag.
    private static final int SHORTEST_PASSWORD = 4;

    /// What is generated is longer.
    private static final int SHORTEST_RANDOM = 12;

    private static final int SHORTEST_WORD = 12;

    /// A part of a name is shorter than this, or has no digits.
    private static final int LONGEST_PART = 20;

    /// Bits a character: English words stay below, random letters and digits above.
    private static final double RANDOM_BITS = 3.2;

    private static final Pattern PATH =
            Pattern.compile("^(~|\\.{1,2})?/[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]*)*$");

    private static final Pattern VARIABLE =
            Pattern.compile(
                    "^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*_(PASSWORD|PASSWD|PASS|PWD|SECRET|TOKEN|KEY)$");

    private SecretValues() {}

    static boolean isSecret(Kind kind, String value) {
        if (kind == Kind.NONE || Placeholders.is(value)) {
            return false;
        }
        if (kind == Kind.PASSWORD) {
            return value.length() >= SHORTEST_PASSWORD
                    && !isSentence(value)
                    && !isPathOrQuestion(value);
        }
        String plain = value.startsWith("base64:") ? value.substring(7) : value;
        return looksRandom(plain) || (kind == Kind.LIKELY && isOneWord(plain));
    }

    /// A word that is too long to be a setting: `mysupersecretkey`.
    private static boolean isOneWord(String value) {
        return value.length() >= SHORTEST_WORD
                && value.chars()
                        .allMatch(c -> Character.isLetterOrDigit(c) || "!@#$%^&*+=".indexOf(c) >= 0)
                && value.chars().anyMatch(Character::isLetter)
                && !value.chars().allMatch(Character::isUpperCase);
    }

    /// `/run/secrets/db` says where it is; `Password: ` asks for it; `DB_PASSWORD` names it.
    private static boolean isPathOrQuestion(String value) {
        return PATH.matches(value)
                || VARIABLE.matches(value)
                || value.stripTrailing().endsWith(":")
                || value.stripTrailing().endsWith("?");
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
            if (word.length() >= LONGEST_PART && word.chars().anyMatch(Character::isDigit)) {
                return false;
            }
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
