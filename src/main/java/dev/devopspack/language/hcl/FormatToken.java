package dev.devopspack.language.hcl;

/// A token that is being formatted: its text stays, the spaces before it change.
///
/// Other than in [Tokens] a comment to the end of the line includes its newline, because it ends
/// the line for the formatter.
final class FormatToken {

    private final TokenKind kind;
    private final String text;
    private int spacesBefore;

    FormatToken(TokenKind kind, String text) {
        this.kind = kind;
        this.text = text;
    }

    TokenKind kind() {
        return kind;
    }

    String text() {
        return text;
    }

    int spacesBefore() {
        return spacesBefore;
    }

    void spacesBefore(int spaces) {
        spacesBefore = spaces;
    }

    boolean endsLine() {
        return kind == TokenKind.NEWLINE || (kind == TokenKind.COMMENT && text.endsWith("\n"));
    }

    /// How many brackets are open after it that were not before.
    int bracketChange() {
        return switch (kind) {
            case OPEN_BRACE, OPEN_BRACKET, OPEN_PAREN, TEMPLATE_CONTROL, TEMPLATE_INTERPOLATION ->
                    1;
            case CLOSE_BRACE, CLOSE_BRACKET, CLOSE_PAREN, TEMPLATE_END -> -1;
            default -> 0;
        };
    }

    /// Columns it takes with the spaces before it.
    int columns() {
        return spacesBefore + Columns.of(text);
    }
}
