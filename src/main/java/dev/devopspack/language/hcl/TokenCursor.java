package dev.devopspack.language.hcl;

import dev.devopspack.language.Span;

/// Walks over tokens, leaving out comments and, where they mean nothing, newlines.
final class TokenCursor {

    private final Tokens tokens;
    private int index;
    private boolean newlinesCount = true;
    private int current = -1;

    TokenCursor(Tokens tokens) {
        this.tokens = tokens;
    }

    /// Decides whether newlines are tokens from here on; answers what was so before.
    boolean countNewlines(boolean count) {
        boolean before = newlinesCount;
        newlinesCount = count;
        current = -1;
        return before;
    }

    TokenKind kind() {
        return tokens.kind(index());
    }

    /// Index of the token that comes next.
    int index() {
        if (current < 0) {
            int i = index;
            while (isLeftOut(tokens.kind(i))) {
                i++;
            }
            current = i;
        }
        return current;
    }

    private boolean isLeftOut(TokenKind kind) {
        return kind == TokenKind.COMMENT || (kind == TokenKind.NEWLINE && !newlinesCount);
    }

    boolean at(TokenKind kind) {
        return kind() == kind;
    }

    boolean atWord(String word) {
        int i = index();
        return tokens.kind(i) == TokenKind.IDENTIFIER
                && tokens.end(i) - tokens.start(i) == word.length()
                && tokens.text().startsWith(word, tokens.start(i));
    }

    /// Takes the next token; at the end of the file it stays there.
    int take() {
        int taken = index();
        if (tokens.kind(taken) != TokenKind.END) {
            index = taken + 1;
            current = -1;
        }
        return taken;
    }

    boolean takeIf(TokenKind kind) {
        if (!at(kind)) {
            return false;
        }
        take();
        return true;
    }

    void moveTo(int newIndex) {
        index = newIndex;
        current = -1;
    }

    /// Offset where the next token starts.
    int start() {
        return tokens.start(index());
    }

    /// Offset after the token that was taken last.
    int end() {
        return index == 0 ? 0 : tokens.end(index - 1);
    }

    Tokens tokens() {
        return tokens;
    }

    String text(int token) {
        return tokens.text(token);
    }

    Span spanFrom(int start) {
        return tokens.span(start, Math.max(start, end()));
    }

    SyntaxProblem problem(String message, String mend) {
        int i = index();
        return new SyntaxProblem(message, mend, tokens.start(i), tokens.end(i));
    }

    /// What stands where something else was expected.
    SyntaxProblem expected(String what, String mend) {
        return problem("found " + found() + " where " + what + " is expected", mend);
    }

    String found() {
        int i = index();
        TokenKind kind = tokens.kind(i);
        return switch (kind) {
            case IDENTIFIER, NUMBER -> "\"" + shortened(tokens.text(i)) + "\"";
            case INVALID -> Characters.shown(tokens.text().codePointAt(tokens.start(i)));
            default -> kind.described();
        };
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
