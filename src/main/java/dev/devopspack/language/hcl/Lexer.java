package dev.devopspack.language.hcl;

import dev.devopspack.language.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Cuts text into tokens in one pass. Knows which brace ends a template sequence and where a
/// heredoc ends; everything else is left to the parser.
final class Lexer {

    private sealed interface Mode {
        /// Inside braces that were opened by `{`, or at the top.
        enum Plain implements Mode {
            BRACE
        }

        /// Inside `${ }` or `%{ }`.
        enum Sequence implements Mode {
            SEQUENCE
        }

        enum Quoted implements Mode {
            QUOTED
        }

        /// A whole text that is a template, as `templatefile` reads it.
        enum Bare implements Mode {
            BARE
        }

        record Heredoc(String marker, int start) implements Mode {}
    }

    private final String text;
    private final Tokens tokens;
    private final List<Mode> modes = new ArrayList<>();
    private final List<SyntaxProblem> problems = new ArrayList<>();
    private int at;

    private Lexer(String text, @Nullable Span place) {
        this.text = text;
        this.tokens = new Tokens(text, place);
    }

    /// Tokens and what was wrong with their shape.
    record Result(Tokens tokens, List<SyntaxProblem> problems) {}

    static Result read(String text) {
        return read(text, null);
    }

    /// @param place where all of the text stands, if it is what a JSON string holds
    static Result read(String text, @Nullable Span place) {
        Lexer lexer = new Lexer(text, place);
        if (text.startsWith("\uFEFF")) {
            lexer.at = 1;
        }
        return lexer.run();
    }

    static Result readTemplate(String text) {
        return readTemplate(text, null);
    }

    static Result readTemplate(String text, @Nullable Span place) {
        Lexer lexer = new Lexer(text, place);
        lexer.modes.add(Mode.Bare.BARE);
        return lexer.run();
    }

    private Result run() {
        while (at < text.length()) {
            if (tokens.size() >= Limits.TOKENS) {
                problem(
                        "the file has more than " + Limits.TOKENS + " tokens",
                        "Split it into several files",
                        at,
                        text.length());
                break;
            }
            switch (modes.isEmpty() ? Mode.Plain.BRACE : modes.getLast()) {
                case Mode.Plain _, Mode.Sequence _ -> plain();
                case Mode.Quoted _ -> quoted();
                case Mode.Bare _ -> templateLine();
                case Mode.Heredoc heredoc -> heredocLine(heredoc);
            }
        }
        reportUnterminatedHeredoc();
        tokens.add(TokenKind.END, text.length(), text.length());
        return new Result(tokens, List.copyOf(problems));
    }

    private void reportUnterminatedHeredoc() {
        for (Mode mode : modes) {
            if (mode instanceof Mode.Heredoc heredoc) {
                problem(
                        "the heredoc \"" + heredoc.marker + "\" is not ended",
                        "Write "
                                + heredoc.marker
                                + " alone on the line that ends it, with a line break behind it",
                        heredoc.start,
                        text.indexOf('\n', heredoc.start));
                return;
            }
        }
    }

    // Outside of strings.

    private void plain() {
        char c = text.charAt(at);
        switch (c) {
            case ' ', '\t' -> at++;
            case '\n' -> emit(TokenKind.NEWLINE, 1);
            case '#' -> lineComment();
            case '"' -> {
                emit(TokenKind.OPEN_QUOTE, 1);
                modes.add(Mode.Quoted.QUOTED);
            }
            case '{' -> {
                emit(TokenKind.OPEN_BRACE, 1);
                modes.add(Mode.Plain.BRACE);
            }
            case '}' -> closeBrace(1);
            default -> other(c);
        }
    }

    private void other(char c) {
        if (c == '\r' && follows("\r\n")) {
            emit(TokenKind.NEWLINE, 2);
        } else if (Characters.isDigit(c)) {
            number();
        } else if (Characters.startsName(text.codePointAt(at))) {
            name();
        } else if (follows("//")) {
            lineComment();
        } else if (follows("/*")) {
            blockComment();
        } else if (follows("<<") && heredocOpens()) {
            return;
        } else if (follows("~}") && inSequence()) {
            closeBrace(2);
        } else {
            sign(c);
        }
    }

    private boolean inSequence() {
        return !modes.isEmpty() && modes.getLast() instanceof Mode.Sequence;
    }

    private void closeBrace(int length) {
        if (inSequence()) {
            emit(TokenKind.TEMPLATE_END, length);
            modes.removeLast();
            return;
        }
        emit(TokenKind.CLOSE_BRACE, length);
        if (!modes.isEmpty() && modes.getLast() instanceof Mode.Plain) {
            modes.removeLast();
        }
    }

    private void lineComment() {
        int newline = text.indexOf('\n', at);
        int end = newline < 0 ? text.length() : newline;
        if (end > at && text.charAt(end - 1) == '\r' && newline >= 0) {
            end--;
        }
        emit(TokenKind.COMMENT, end - at);
    }

    private void blockComment() {
        int close = text.indexOf("*/", at + 2);
        if (close < 0) {
            problem("the comment is not ended", "Write */ where it ends", at, at + 2);
            at = text.length();
            return;
        }
        emit(TokenKind.COMMENT, close + 2 - at);
    }

    private void number() {
        int end = digits(at);
        if (end + 1 < text.length() && text.charAt(end) == '.' && isDigitAt(end + 1)) {
            end = digits(end + 1);
        }
        if (end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
            int sign = end + 1;
            if (sign < text.length() && (text.charAt(sign) == '+' || text.charAt(sign) == '-')) {
                sign++;
            }
            if (isDigitAt(sign)) {
                end = digits(sign);
            }
        }
        emit(TokenKind.NUMBER, end - at);
    }

    private boolean isDigitAt(int index) {
        return index < text.length() && Characters.isDigit(text.charAt(index));
    }

    private int digits(int from) {
        int end = from;
        while (isDigitAt(end)) {
            end++;
        }
        return end;
    }

    private void name() {
        int end = at;
        while (end < text.length() && Characters.continuesName(text.codePointAt(end))) {
            end += Character.charCount(text.codePointAt(end));
        }
        emit(TokenKind.IDENTIFIER, end - at);
    }

    private void sign(char c) {
        switch (c) {
            case '[' -> emit(TokenKind.OPEN_BRACKET, 1);
            case ']' -> emit(TokenKind.CLOSE_BRACKET, 1);
            case '(' -> emit(TokenKind.OPEN_PAREN, 1);
            case ')' -> emit(TokenKind.CLOSE_PAREN, 1);
            case '*' -> emit(TokenKind.STAR, 1);
            case '/' -> emit(TokenKind.SLASH, 1);
            case '+' -> emit(TokenKind.PLUS, 1);
            case '-' -> emit(TokenKind.MINUS, 1);
            case '%' -> emit(TokenKind.PERCENT, 1);
            case ',' -> emit(TokenKind.COMMA, 1);
            case '?' -> emit(TokenKind.QUESTION, 1);
            case '.' -> either("...", TokenKind.ELLIPSIS, TokenKind.DOT);
            case ':' -> either("::", TokenKind.DOUBLE_COLON, TokenKind.COLON);
            case '!' -> either("!=", TokenKind.NOT_EQUAL, TokenKind.BANG);
            case '<' -> either("<=", TokenKind.LESS_OR_EQUAL, TokenKind.LESS);
            case '>' -> either(">=", TokenKind.GREATER_OR_EQUAL, TokenKind.GREATER);
            case '&' -> either("&&", TokenKind.AND, TokenKind.INVALID);
            case '|' -> either("||", TokenKind.OR, TokenKind.INVALID);
            case '=' -> {
                if (follows("=>")) {
                    emit(TokenKind.ARROW, 2);
                } else {
                    either("==", TokenKind.EQUAL, TokenKind.ASSIGN);
                }
            }
            default -> emit(TokenKind.INVALID, Character.charCount(text.codePointAt(at)));
        }
    }

    private void either(String longer, TokenKind ifLonger, TokenKind otherwise) {
        if (follows(longer)) {
            emit(ifLonger, longer.length());
        } else {
            emit(otherwise, 1);
        }
    }

    // Strings.

    private void quoted() {
        int start = at;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"' || c == '\n' || sequenceOpens(c)) {
                break;
            }
            at += literalLength(c, true);
        }
        literal(TokenKind.QUOTED_LITERAL, start);
        if (at >= text.length() || text.charAt(at) == '\n') {
            endUnclosedQuote();
        } else if (text.charAt(at) == '"') {
            emit(TokenKind.CLOSE_QUOTE, 1);
            modes.removeLast();
        } else {
            openSequence();
        }
    }

    /// A string cannot go over the end of its line, so there the rest of the file is safe from a
    /// forgotten quote.
    private void endUnclosedQuote() {
        problem(
                "the string is not closed on its line",
                "Close it with '\"', or use a heredoc (<<-EOT) for several lines",
                at,
                at);
        tokens.add(TokenKind.CLOSE_QUOTE, at, at);
        modes.removeLast();
        while (inSequence()) {
            tokens.add(TokenKind.TEMPLATE_END, at, at);
            modes.removeLast();
            if (!modes.isEmpty() && modes.getLast() instanceof Mode.Quoted) {
                tokens.add(TokenKind.CLOSE_QUOTE, at, at);
                modes.removeLast();
            }
        }
    }

    private boolean heredocOpens() {
        int from = at + 2;
        if (from < text.length() && text.charAt(from) == '-') {
            from++;
        }
        int end = from;
        if (end >= text.length() || !Characters.startsName(text.codePointAt(end))) {
            return false;
        }
        while (end < text.length() && Characters.continuesName(text.codePointAt(end))) {
            end += Character.charCount(text.codePointAt(end));
        }
        int newline = end;
        while (newline < text.length() && " \t\r".indexOf(text.charAt(newline)) >= 0) {
            newline++;
        }
        if (newline >= text.length() || text.charAt(newline) != '\n') {
            return false;
        }
        modes.add(new Mode.Heredoc(text.substring(from, end), at));
        emit(TokenKind.OPEN_HEREDOC, newline + 1 - at);
        return true;
    }

    private void heredocLine(Mode.Heredoc heredoc) {
        if (text.charAt(at - 1) == '\n' && endsHeredoc(heredoc.marker)) {
            return;
        }
        templateLine();
    }

    /// Heredocs and files are read line by line, so that the trim marks `~` and the indentation of
    /// `<<-` work on the same pieces as in the reference implementation.
    private void templateLine() {
        int start = at;
        while (at < text.length() && !sequenceOpens(text.charAt(at))) {
            char c = text.charAt(at);
            at += literalLength(c, false);
            if (c == '\n') {
                break;
            }
        }
        literal(TokenKind.STRING_LITERAL, start);
        if (at < text.length() && sequenceOpens(text.charAt(at)) && !lineJustEnded(start)) {
            openSequence();
        }
    }

    private boolean lineJustEnded(int start) {
        return at > start && text.charAt(at - 1) == '\n';
    }

    private boolean endsHeredoc(String marker) {
        int end = text.indexOf('\n', at);
        if (end < 0) {
            // The reference implementation wants the line of the marker ended, too.
            return false;
        }
        int from = at;
        while (from < end && isBlank(text.charAt(from))) {
            from++;
        }
        int to = end;
        while (to > from && isBlank(text.charAt(to - 1))) {
            to--;
        }
        if (to - from != marker.length() || !text.startsWith(marker, from)) {
            return false;
        }
        int close = end > at && text.charAt(end - 1) == '\r' ? end - 1 : end;
        tokens.add(TokenKind.CLOSE_HEREDOC, at, close);
        at = close;
        modes.removeLast();
        return true;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r';
    }

    private boolean sequenceOpens(char c) {
        return (c == '$' || c == '%') && at + 1 < text.length() && text.charAt(at + 1) == '{';
    }

    /// Length of the piece of literal text that starts here and must not be cut.
    private int literalLength(char c, boolean escapes) {
        if ((c == '$' && follows("$${")) || (c == '%' && follows("%%{"))) {
            return 3;
        }
        boolean escaped = escapes && c == '\\' && at + 1 < text.length();
        return escaped && text.charAt(at + 1) != '\n' ? 2 : 1;
    }

    private void literal(TokenKind kind, int start) {
        if (at > start) {
            tokens.add(kind, start, at);
        }
    }

    private void openSequence() {
        boolean control = text.charAt(at) == '%';
        boolean trims = at + 2 < text.length() && text.charAt(at + 2) == '~';
        emit(
                control ? TokenKind.TEMPLATE_CONTROL : TokenKind.TEMPLATE_INTERPOLATION,
                trims ? 3 : 2);
        modes.add(Mode.Sequence.SEQUENCE);
    }

    private boolean follows(String piece) {
        return text.startsWith(piece, at);
    }

    private void emit(TokenKind kind, int length) {
        tokens.add(kind, at, at + length);
        at += length;
    }

    private void problem(String message, String mend, int start, int end) {
        problems.add(new SyntaxProblem(message, mend, start, Math.max(start, end)));
    }
}
