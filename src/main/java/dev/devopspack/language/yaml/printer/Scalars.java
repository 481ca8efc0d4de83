package dev.devopspack.language.yaml.printer;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Decides how a text is written so that every reader of YAML 1.1 and 1.2 gets the same text.
final class Scalars {

    /// Words that one version or the other reads as null, a boolean, a merge key or a value key.
    private static final Set<String> WORDS =
            Set.of(
                    "~", "null", "true", "false", "yes", "no", "on", "off", "y", "n", "=", "<<",
                    ".nan", ".inf", "-.inf", "+.inf");

    /// Wider than all numbers, dates and times of both versions: what is quoted needlessly is still
    /// the same text.
    private static final Pattern NUMBER_LIKE =
            Pattern.compile("[-+.]?[0-9][-+.:_0-9a-fA-FxXoOtTzZ ]*");

    /// No indicator, and no sign: those begin numbers, entries of lists and document marks.
    private static final Pattern PLAIN_START = Pattern.compile("([A-Za-z0-9_/$(]|\\.[A-Za-z/]).*");

    /// Printable ASCII without what a reader of older versions treats apart.
    private static final Pattern PLAIN = Pattern.compile("[ -~]+");

    /// Between brackets readers differ over more characters, so few are left bare.
    private static final Pattern PLAIN_IN_FLOW = Pattern.compile("[-A-Za-z0-9_./ ]+");

    /// Readers look no further than 1,024 characters for the `:` after a key.
    private static final int LONGEST_KEY = 128;

    private Scalars() {}

    static String key(String key) {
        if (key.length() > LONGEST_KEY) {
            throw new IllegalArgumentException("a key has at most " + LONGEST_KEY + " characters");
        }
        return of(key, false);
    }

    /// @param inFlow whether it stands between brackets
    static String of(String text, boolean inFlow) {
        return plain(text, inFlow) ? text : quoted(text);
    }

    private static boolean plain(String text, boolean inFlow) {
        return PLAIN.matcher(text).matches()
                && PLAIN_START.matcher(text).matches()
                && !text.endsWith(" ")
                && !text.endsWith(":")
                && !text.contains(": ")
                && !text.contains(" #")
                && !WORDS.contains(text.toLowerCase(Locale.ROOT))
                && !NUMBER_LIKE.matcher(text).matches()
                && (!inFlow || PLAIN_IN_FLOW.matcher(text).matches());
    }

    /// In double quotes, everything outside printable ASCII escaped.
    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                throw new IllegalArgumentException("the text holds half a character");
            }
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                default -> out.append(c >= ' ' && c <= '~' ? Character.toString(c) : escaped(c));
            }
        }
        return out.append('"').toString();
    }

    private static String escaped(int c) {
        return c <= 0xFF
                ? String.format(Locale.ROOT, "\\x%02X", c)
                : c <= 0xFFFF
                        ? String.format(Locale.ROOT, "\\u%04X", c)
                        : String.format(Locale.ROOT, "\\U%08X", c);
    }

    /// Whether a literal block keeps the text exactly: visible ASCII lines, the first of which does
    /// not begin with a space, and one line break at the end or none.
    static boolean fitsBlock(String text) {
        return !text.isBlank()
                && text.chars().allMatch(c -> c == '\n' || (c >= ' ' && c <= '~'))
                && text.charAt(0) != ' '
                && text.charAt(0) != '\n'
                && !text.endsWith("\n\n")
                && text.lines().noneMatch(line -> !line.isEmpty() && line.isBlank());
    }
}
