package dev.devopspack.language.hcl;

import java.util.Locale;

/// What the characters of HCL text mean.
final class Characters {

    private Characters() {}

    static boolean startsName(int codePoint) {
        return codePoint == '_' || Character.isUnicodeIdentifierStart(codePoint);
    }

    static boolean continuesName(int codePoint) {
        return codePoint == '-'
                || (Character.isUnicodeIdentifierPart(codePoint)
                        && !Character.isIdentifierIgnorable(codePoint));
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /// Whether a text can stand as a name without quotes.
    static boolean isName(String text) {
        return !text.isEmpty()
                && startsName(text.codePointAt(0))
                && text.codePoints().allMatch(Characters::continuesName);
    }

    /// A character as a message shows it: visible ones in quotes, others as `U+202E`.
    static String shown(int codePoint) {
        boolean visible =
                codePoint > ' '
                        && Character.isDefined(codePoint)
                        && !Character.isISOControl(codePoint)
                        && Character.getType(codePoint) != Character.FORMAT
                        && Character.getType(codePoint) != Character.SURROGATE;
        return visible
                ? "'" + Character.toString(codePoint) + "'"
                : String.format(Locale.ROOT, "U+%04X", codePoint);
    }
}
