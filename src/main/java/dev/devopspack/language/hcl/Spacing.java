package dev.devopspack.language.hcl;

/// Decides whether a space stands between two tokens.
final class Spacing {

    private Spacing() {}

    /// @param before kind of the token before `token`; [TokenKind#END] where there is none
    static boolean follows(TokenKind before, FormatToken token, FormatToken after) {
        TokenKind left = token.kind();
        TokenKind right = after.kind();
        if (right == TokenKind.NEWLINE || joins(left, right)) {
            return false;
        }
        if (left == TokenKind.COMMA) {
            return true;
        }
        if (isTemplateText(left, right)) {
            return false;
        }
        if (isWordIn(token) && before == TokenKind.IDENTIFIER) {
            return true;
        }
        if (right == TokenKind.OPEN_BRACKET && takesIndex(token)) {
            return false;
        }
        if (left == TokenKind.BANG) {
            return false;
        }
        if (left == TokenKind.MINUS) {
            return isSubtraction(before);
        }
        return bracketed(token, after);
    }

    private static boolean joins(TokenKind left, TokenKind right) {
        return (left == TokenKind.IDENTIFIER && right == TokenKind.OPEN_PAREN)
                || (left == TokenKind.IDENTIFIER && right == TokenKind.DOUBLE_COLON)
                || (left == TokenKind.DOUBLE_COLON && right == TokenKind.IDENTIFIER)
                || left == TokenKind.DOT
                || right == TokenKind.DOT
                || right == TokenKind.COMMA
                || right == TokenKind.ELLIPSIS;
    }

    private static boolean isTemplateText(TokenKind left, TokenKind right) {
        boolean opens =
                switch (left) {
                    case QUOTED_LITERAL, STRING_LITERAL, OPEN_QUOTE, OPEN_HEREDOC -> true;
                    default -> false;
                };
        return opens
                || switch (right) {
                    case QUOTED_LITERAL, STRING_LITERAL, CLOSE_QUOTE, CLOSE_HEREDOC -> true;
                    default -> false;
                };
    }

    private static boolean isWordIn(FormatToken token) {
        return token.kind() == TokenKind.IDENTIFIER && token.text().equals("in");
    }

    private static boolean takesIndex(FormatToken token) {
        return token.kind() == TokenKind.IDENTIFIER
                || token.kind() == TokenKind.NUMBER
                || token.bracketChange() < 0;
    }

    /// A minus behind what cannot end an expression is a sign.
    private static boolean isSubtraction(TokenKind before) {
        return switch (before) {
            case END,
                    OPEN_PAREN,
                    OPEN_BRACE,
                    OPEN_BRACKET,
                    ASSIGN,
                    COLON,
                    COMMA,
                    QUESTION,
                    PLUS,
                    STAR,
                    SLASH,
                    PERCENT,
                    MINUS,
                    EQUAL,
                    NOT_EQUAL,
                    GREATER,
                    GREATER_OR_EQUAL,
                    LESS,
                    LESS_OR_EQUAL,
                    AND,
                    OR,
                    BANG ->
                    false;
            default -> true;
        };
    }

    private static boolean bracketed(FormatToken token, FormatToken after) {
        TokenKind left = token.kind();
        TokenKind right = after.kind();
        if (left == TokenKind.OPEN_BRACE || right == TokenKind.CLOSE_BRACE) {
            return left != TokenKind.OPEN_BRACE || right != TokenKind.CLOSE_BRACE;
        }
        boolean sequenceOpens = opensSequence(left);
        if (sequenceOpens && right == TokenKind.OPEN_BRACE) {
            return true;
        }
        if (left == TokenKind.CLOSE_BRACE && right == TokenKind.TEMPLATE_END) {
            return true;
        }
        if (left == TokenKind.TEMPLATE_END && opensSequence(right)) {
            return false;
        }
        return token.bracketChange() <= 0 && after.bracketChange() >= 0;
    }

    private static boolean opensSequence(TokenKind kind) {
        return kind == TokenKind.TEMPLATE_INTERPOLATION || kind == TokenKind.TEMPLATE_CONTROL;
    }
}
