package dev.devopspack.language.workflow.expression;

import com.google.re2j.Pattern;
import dev.devopspack.language.workflow.expression.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Cuts an expression into tokens. Stops at the first character that belongs to none.
final class Lexer {

    /// Decimal with fraction and exponent, or hexadecimal, or octal with `0o`.
    private static final Pattern NUMBER =
            Pattern.compile(
                    "[-+]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d+)?|[-+]?0x[0-9a-fA-F]+|0o[0-7]+");

    private static final Set<Kind> ENDS_OF_VALUES =
            Set.of(Kind.NAME, Kind.CLOSE, Kind.CLOSE_INDEX, Kind.STAR);

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private @Nullable ExpressionProblem problem;

    Lexer(String text) {
        this.text = text;
    }

    /// The tokens up to the end or the first mistake; the last is always `END`.
    List<Token> tokens() {
        while (at < text.length() && problem == null) {
            next(text.charAt(at));
        }
        tokens.add(new Token(Kind.END, "", text.length(), text.length()));
        return tokens;
    }

    @Nullable ExpressionProblem problem() {
        return problem;
    }

    private void next(char c) {
        switch (c) {
            case ' ', '\t', '\r', '\n' -> at++;
            case '(' -> add(Kind.OPEN, 1);
            case ')' -> add(Kind.CLOSE, 1);
            case '[' -> add(Kind.OPEN_INDEX, 1);
            case ']' -> add(Kind.CLOSE_INDEX, 1);
            case ',' -> add(Kind.COMMA, 1);
            case '*' -> add(Kind.STAR, 1);
            case '!' -> either('=', Kind.NOT_EQUAL, Kind.NOT);
            case '<' -> either('=', Kind.LESS_OR_EQUAL, Kind.LESS);
            case '>' -> either('=', Kind.GREATER_OR_EQUAL, Kind.GREATER);
            case '=' -> twice('=', Kind.EQUAL, "compare with '=='");
            case '&' -> twice('&', Kind.AND, "write '&&' for and");
            case '|' -> twice('|', Kind.OR, "write '||' for or");
            case '\'' -> string();
            case '"' -> fail(at + 1, "a string stands between single quotes, not double ones");
            case '.' -> {
                if (followsValue()) {
                    add(Kind.DOT, 1);
                } else {
                    number();
                }
            }
            default -> {
                if (isDigit(c) || c == '-' || c == '+') {
                    number();
                } else {
                    name();
                }
            }
        }
    }

    private boolean followsValue() {
        return !tokens.isEmpty() && ENDS_OF_VALUES.contains(tokens.getLast().kind());
    }

    private void add(Kind kind, int length) {
        tokens.add(new Token(kind, text.substring(at, at + length), at, at + length));
        at += length;
    }

    private void either(char second, Kind both, Kind alone) {
        boolean follows = at + 1 < text.length() && text.charAt(at + 1) == second;
        add(follows ? both : alone, follows ? 2 : 1);
    }

    private void twice(char second, Kind kind, String mend) {
        if (at + 1 < text.length() && text.charAt(at + 1) == second) {
            add(kind, 2);
        } else {
            fail(at + 1, "'" + text.charAt(at) + "' is no operator; " + mend);
        }
    }

    private void string() {
        StringBuilder value = new StringBuilder();
        int i = at + 1;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c != '\'') {
                value.append(c);
                i++;
            } else if (i + 1 < text.length() && text.charAt(i + 1) == '\'') {
                value.append('\'');
                i += 2;
            } else {
                tokens.add(new Token(Kind.TEXT, value.toString(), at, i + 1));
                at = i + 1;
                return;
            }
        }
        fail(text.length(), "the string has no closing single quote");
    }

    private void number() {
        int end = at + 1;
        while (end < text.length() && (!isBoundary(text.charAt(end)) || text.charAt(end) == '.')) {
            end++;
        }
        String written = text.substring(at, end);
        if (!NUMBER.matcher(written).matches()) {
            fail(end, "'" + written + "' is no number");
            return;
        }
        add(Kind.NUMBER, end - at);
    }

    private void name() {
        int end = at;
        while (end < text.length() && isNamePart(text.charAt(end))) {
            end++;
        }
        if (end == at) {
            int codePoint = text.codePointAt(at);
            fail(
                    at + Character.charCount(codePoint),
                    String.format(Locale.ROOT, "character U+%04X does not belong here", codePoint));
            return;
        }
        String name = text.substring(at, end);
        boolean isProperty = !tokens.isEmpty() && tokens.getLast().kind() == Kind.DOT;
        Kind kind =
                switch (name) {
                    case "true" -> Kind.TRUE;
                    case "false" -> Kind.FALSE;
                    case "null" -> Kind.NULL;
                    case "NaN", "Infinity" -> Kind.NUMBER;
                    default -> Kind.NAME;
                };
        add(isProperty ? Kind.NAME : kind, end - at);
    }

    private void fail(int end, String message) {
        problem = new ExpressionProblem(at, end, message);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isNamePart(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || isDigit(c)
                || c == '_'
                || c == '-';
    }

    private static boolean isBoundary(char c) {
        return Character.isWhitespace(c) || "()[],.!<>=&|*'".indexOf(c) >= 0;
    }
}
