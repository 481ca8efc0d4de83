package dev.devopspack.policy;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.devopspack.language.words.PlainText;
import java.util.Set;

/// Finds a password that a person tells in a sentence: `the password is hunter2`, `nimm Sommer2026
/// als Passwort`.
///
/// Such a password is too short and too plain to be known by its form, as {@link SecretDetector}
/// knows tokens: what counts is what stands beside it. A word that is a name (`db-password`), a
/// reference or a word of the language is none; whatever is missed here is still looked for by its
/// form.
public final class SpokenPassword {

    /// More is a file, not a sentence: what follows is not read.
    private static final int MAX_LENGTH = 100_000;

    private static final int SHORTEST = 6;

    private static final String NOUN =
            "(?:[a-z]{0,20}-?(?:password|passwort|passphrase|kennwort)|passcode|passwd)";

    private static final String QUOTES = "[\"'`\u201c\u201d\u201e\u2018\u2019]?";

    private static final String WORD = "([^\\s\"'`\u201c\u201d\u201e\u2018\u2019,;()<>]{6,128})";

    private static final String VERB =
            "(?:(?:is|to|should|must|be|will|as|ist|auf|lautet|soll|sein)\\s+)";

    private static final String WHERE =
            "\\s+(?:in|for|of|on|f\u00fcr|im|auf)\\s+(?:(?:the|our|der|die|das)\\s+)?[a-z]{1,20}";

    /// `password hunter2`, `password: hunter2`, `Passwort lautet hunter2`, `password in prod is
    /// hunter2`.
    private static final Pattern NAMED_FIRST =
            Pattern.compile(
                    "\\b"
                            + NOUN
                            + QUOTES
                            + "(?:\\s*[:=]\\s*|\\s+"
                            + VERB
                            + "{0,3}|"
                            + WHERE
                            + "(?:\\s*[:=]\\s*|\\s+"
                            + VERB
                            + "{1,3}))"
                            + QUOTES
                            + WORD);

    /// `hunter2 as the password`, `hunter2 als Passwort`, `hunter2 as the production database
    /// password`, but not `vault2 as the password store`.
    private static final Pattern TOLD_FIRST =
            Pattern.compile(
                    WORD
                            + QUOTES
                            + "\\s+(?:as|for|als|f\u00fcr)\\s+(?:(?:the|a|an|its|our|das|dem|ein|unser)\\s+)?"
                            + "(?:[a-z]{1,20}\\s+){0,2}"
                            + NOUN
                            + "\\b(?:\\s+(store|manager|provider|backend|source|field|key|hash|hasher))?");

    /// What stands beside a password and is a reference to one, or a rule about one.
    private static final Pattern REFERENCE =
            Pattern.compile(
                    "[^@]+@[^@]+\\.[a-z]{2,}|[$%{].*|.*[/\\\\{}\\[\\]].*|(?:var|local|data|module|secrets|env|vault|arn|ssm)[.:].*"
                            + "|[a-z_]+(?:\\.[a-z_]+)+|[0-9]+(?:\\.[0-9]+)*-?[a-z]{0,12}");

    /// A name of several parts, none of which is a number of more than two digits.
    private static final Pattern NAME =
            Pattern.compile("[a-z]+[0-9]{0,2}(?:[-_.:](?:[a-z]+[0-9]{0,2}|[0-9]{1,2}))+");

    /// Algorithms and products whose names end in a number.
    private static final Set<String> KNOWN =
            Set.of(
                    "argon2",
                    "argon2i",
                    "argon2id",
                    "pbkdf2",
                    "sha256",
                    "sha512",
                    "base64",
                    "oauth2",
                    "route53",
                    "mysql8",
                    "mariadb",
                    "windows10",
                    "windows11",
                    "utf8mb4",
                    "x86_64",
                    "ed25519",
                    "aes256");

    private SpokenPassword() {}

    /// Whether the text tells one. What it is is never returned.
    public static boolean in(String text) {
        String read = PlainText.folded(text.substring(0, Math.min(text.length(), MAX_LENGTH)));
        return tells(NAMED_FIRST.matcher(read)) || tells(TOLD_FIRST.matcher(read));
    }

    /// A word that was looked at may be the noun of what follows: `password: password hunter2`.
    private static boolean tells(Matcher beside) {
        int from = 0;
        while (beside.find(from)) {
            boolean store = beside.groupCount() > 1 && beside.group(2) != null;
            if (!store && isPassword(beside.group(1))) {
                return true;
            }
            from = beside.start() < beside.start(1) ? beside.start(1) : beside.end(1);
        }
        return false;
    }

    private static boolean isPassword(String word) {
        String bare = withoutEnd(word);
        return bare.length() >= SHORTEST
                && bare.codePoints().anyMatch(Character::isLetter)
                && bare.codePoints().anyMatch(SpokenPassword::isUnusual)
                && !KNOWN.contains(bare)
                && !REFERENCE.matches(bare)
                && !NAME.matches(bare);
    }

    /// No word of a language has one in it.
    private static boolean isUnusual(int c) {
        return Character.isDigit(c) || "!@#&*+?^~=|".indexOf(c) >= 0;
    }

    /// A sentence ends in a mark that is not the password's, most of the time.
    private static String withoutEnd(String word) {
        int end = word.length();
        while (end > 0 && ".!?:".indexOf(word.charAt(end - 1)) >= 0) {
            end--;
        }
        return word.substring(0, end);
    }
}
