package dev.devopspack.review;

import dev.devopspack.change.Digest;
import dev.devopspack.change.Hidden;
import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/// Foreign text in a form that stays on its line and shows what it holds.
///
/// Line ends, quotes and backslashes are escaped, what cannot be seen or changes the order of what
/// is seen becomes a mark such as `‹U+202E›`, and what is too long ends in the hash of the whole.
final class Shown {

    /// Addresses and attribute values beyond it are cut; a policy document is read in the files.
    static final int MAX_CHARACTERS = 160;

    /// Findings and gates' summaries say what, where and how to mend.
    private static final int MAX_SENTENCE = 400;

    private static final String MARK_OPEN = "‹";
    private static final String MARK_CLOSE = "›";

    private Shown() {}

    /// Bare where it is made of letters, digits and the signs of addresses alone, else quoted.
    static String name(String text) {
        return isBare(text) ? cut(text, text) : quoted(text);
    }

    /// Quoted, escaped, on one line.
    static String quoted(String text) {
        return '"' + cut(escaped(text), text) + '"';
    }

    /// A sentence of ours that may hold foreign words: longer than a name and not quoted, line ends
    /// and hidden characters marked where they are not yet.
    static String sentence(String text) {
        return cut(escaped(text, false), text, MAX_SENTENCE);
    }

    /// An attribute's path, in which foreign names are quoted already.
    static String path(String path) {
        return cut(path, path, MAX_SENTENCE);
    }

    static String value(Datum value) {
        return switch (value) {
            case Datum.Text text -> quoted(text.value());
            case Datum.Number number -> cut(number.source(), number.source());
            case Datum.Flag flag -> Boolean.toString(flag.value());
            case Datum.Nothing _ -> "null";
            case Datum.Unknown unknown -> Marks.of(unknown);
            case Datum.Masked masked -> Marks.of(masked);
            case Datum.Items _, Datum.Members _ -> {
                String json = DatumWriter.write(value);
                yield cut(escaped(json, false), json);
            }
        };
    }

    private static boolean isBare(String text) {
        return !text.isEmpty()
                && text.chars()
                        .allMatch(c ->
                                (c >= 'a' && c <= 'z')
                                        || (c >= 'A' && c <= 'Z')
                                        || (c >= '0' && c <= '9')
                                        || "._-/:@[]\"+=*".indexOf(c) >= 0);
    }

    /// Normalising shortens by three to one at most, so what is left is still too long to be shown
    /// whole.
    private static String beginning(String text) {
        int enough = 8 * MAX_SENTENCE;
        return text.length() <= enough ? text : text.substring(0, enough);
    }

    /// Text of many lines or of other scripts on one line; see the class.
    static String escaped(String text) {
        return escaped(text, true);
    }

    private static String escaped(String text, boolean withinQuotes) {
        String normal = Normalizer.normalize(beginning(text), Normalizer.Form.NFC);
        StringBuilder out = new StringBuilder(normal.length());
        int combining = 1;
        for (int i = 0; i < normal.length(); ) {
            int c = normal.codePointAt(i);
            i += Character.charCount(c);
            combining = isCombining(c) ? combining + 1 : 0;
            boolean plain = !withinQuotes && "\"\\‹›".indexOf(c) >= 0;
            String escape = plain ? null : escape(c, combining);
            if (escape == null) {
                out.appendCodePoint(c);
            } else {
                out.append(escape);
                combining = 1;
            }
        }
        return out.toString();
    }

    /// @param combining how many combining characters stand in a row, `c` included
    private static @Nullable String escape(int c, int combining) {
        return switch (c) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            default ->
                    mustBeMarked(c) || combining > 1
                            ? MARK_OPEN + Hidden.nameOf(c) + MARK_CLOSE
                            : null;
        };
    }

    /// A stack of combining characters paints over the lines around it, one at the start over the
    /// quote before it.
    private static boolean isCombining(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK -> true;
            default -> false;
        };
    }

    private static boolean mustBeMarked(int c) {
        return Hidden.is(c)
                || c == '‹'
                || c == '›'
                || c == 0x2800
                || (c != ' ' && Character.getType(c) == Character.SPACE_SEPARATOR)
                || Character.getType(c) == Character.ENCLOSING_MARK;
    }

    private static String cut(String shown, String whole) {
        return cut(shown, whole, MAX_CHARACTERS);
    }

    /// @param whole what the hash is taken of, so that two long texts never look alike
    private static String cut(String shown, String whole, int max) {
        if (shown.length() <= max) {
            return shown;
        }
        int end = max;
        int open = shown.lastIndexOf(MARK_OPEN, end - 1);
        if (open >= 0 && shown.indexOf(MARK_CLOSE, open) >= end) {
            end = open;
        }
        int slash = end;
        while (slash > 0 && shown.charAt(slash - 1) == '\\') {
            slash--;
        }
        if ((end - slash) % 2 == 1) {
            end--;
        }
        if (end > 0 && Character.isHighSurrogate(shown.charAt(end - 1))) {
            end--;
        }
        return shown.substring(0, end)
                + "… ("
                + whole.length()
                + " characters, sha256 "
                + Digest.of(DatumWriter.write(new Datum.Text(whole))).hex().substring(0, 16)
                + ")";
    }
}
