package dev.devopspack.change;

/// Characters that a reader cannot see or that change the order of what he sees.
///
/// What people decide on shows them as marks: `‹U+202E›`.
public final class Hidden {

    private Hidden() {}

    /// Controls (but tab, line feed and carriage return where `text` is a text of lines),
    /// bidirectional formatting, zero-width and tag characters, variation selectors, lone
    /// surrogates.
    public static boolean is(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED ->
                    true;
            default ->
                    (codePoint >= 0xFE00 && codePoint <= 0xFE0F)
                            || (codePoint >= 0xE0100 && codePoint <= 0xE01EF)
                            || codePoint == 0x115F
                            || codePoint == 0x1160
                            || codePoint == 0x3164
                            || codePoint == 0xFFA0
                            || codePoint == 0x034F
                            || (codePoint >= 0x180B && codePoint <= 0x180F);
        };
    }

    /// The first hidden code point, or -1.
    public static int firstIn(String text) {
        return text.codePoints().filter(Hidden::is).findFirst().orElse(-1);
    }

    public static String nameOf(int codePoint) {
        return String.format("U+%04X", codePoint);
    }

    /// The text with every hidden character shown as a mark; line ends and tabs stay.
    public static String marked(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints()
                .forEach(c -> {
                    if (c != '\n' && c != '\t' && is(c)) {
                        out.append('‹').append(nameOf(c)).append('›');
                    } else {
                        out.appendCodePoint(c);
                    }
                });
        return out.toString();
    }
}
