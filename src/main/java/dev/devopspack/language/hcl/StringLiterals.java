package dev.devopspack.language.hcl;

import java.util.Locale;

/// What is meant by the literal text of a string.
final class StringLiterals {

    private StringLiterals() {}

    /// @param escapes whether `\n` and its like mean something: in quotes they do, in a heredoc not
    /// @param offset where the text stands in its file, for messages
    static String unescaped(String text, boolean escapes, int offset) {
        if (text.indexOf('\\') < 0 && !text.contains("{")) {
            return text;
        }
        StringBuilder value = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (text.startsWith("$${", at) || text.startsWith("%%{", at)) {
                value.append(c).append('{');
                at += 3;
            } else if (escapes && c == '\\') {
                at = escape(text, at, value, offset);
            } else {
                value.append(c);
                at++;
            }
        }
        return value.toString();
    }

    private static int escape(String text, int at, StringBuilder value, int offset) {
        char c = at + 1 < text.length() ? text.charAt(at + 1) : '\0';
        switch (c) {
            case 'n' -> value.append('\n');
            case 'r' -> value.append('\r');
            case 't' -> value.append('\t');
            case '"' -> value.append('"');
            case '\\' -> value.append('\\');
            case 'u' -> {
                return unicode(text, at, 4, value, offset);
            }
            case 'U' -> {
                return unicode(text, at, 8, value, offset);
            }
            default ->
                    throw new SyntaxProblem(
                            "the backslash does not begin an escape",
                            "Use \\n, \\r, \\t, \\\", \\\\, \\uNNNN or \\UNNNNNNNN; a backslash is"
                                    + " written as \\\\",
                            offset + at,
                            Math.min(offset + at + 2, offset + text.length()));
        }
        return at + 2;
    }

    private static int unicode(String text, int at, int digits, StringBuilder value, int offset) {
        int from = at + 2;
        int codePoint = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = i < text.length() ? Character.digit(text.charAt(i), 16) : -1;
            if (digit < 0 || codePoint > Character.MAX_CODE_POINT) {
                throw unicodeProblem(text, at, offset, digits);
            }
            codePoint = codePoint * 16 + digit;
        }
        boolean surrogate =
                codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
        if (codePoint < 0 || codePoint > Character.MAX_CODE_POINT || surrogate) {
            throw unicodeProblem(text, at, offset, digits);
        }
        value.appendCodePoint(codePoint);
        return from + digits;
    }

    private static SyntaxProblem unicodeProblem(String text, int at, int offset, int digits) {
        return new SyntaxProblem(
                "the escape is not a character",
                "Write " + digits + " hexadecimal digits of a character after it",
                offset + at,
                offset + Math.min(at + 2 + digits, text.length()));
    }

    /// A text as it stands between quotes: whatever is in it, it stays text.
    static String escaped(String value) {
        StringBuilder text = new StringBuilder(value.length() + 8);
        int at = 0;
        while (at < value.length()) {
            int codePoint = value.codePointAt(at);
            at += Character.charCount(codePoint);
            switch (codePoint) {
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '$', '%' -> {
                    boolean opens = at < value.length() && value.charAt(at) == '{';
                    text.appendCodePoint(codePoint);
                    if (opens) {
                        text.appendCodePoint(codePoint);
                    }
                }
                default -> escaped(codePoint, text);
            }
        }
        return text.toString();
    }

    private static void escaped(int codePoint, StringBuilder text) {
        if (isSurrogate(codePoint)) {
            text.append("\\uFFFD");
        } else if (isPrintable(codePoint)) {
            text.appendCodePoint(codePoint);
        } else if (codePoint <= 0xFFFF) {
            text.append(String.format(Locale.ROOT, "\\u%04x", codePoint));
        } else {
            text.append(String.format(Locale.ROOT, "\\U%08x", codePoint));
        }
    }

    /// A text in which every character is seen: others stand as `U+202E`.
    static String visible(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints()
                .forEach(c -> {
                    if (isPrintable(c) && !isSurrogate(c)) {
                        shown.appendCodePoint(c);
                    } else {
                        shown.append(String.format(Locale.ROOT, "U+%04X", c));
                    }
                });
        return shown.toString();
    }

    private static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    /// Whether a reader sees it: neither control, nor format (such as a change of direction), nor a
    /// space other than the usual one.
    private static boolean isPrintable(int codePoint) {
        return codePoint == ' '
                || switch (Character.getType(codePoint)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.PRIVATE_USE,
                            Character.UNASSIGNED,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.SPACE_SEPARATOR ->
                            false;
                    default -> true;
                };
    }
}
