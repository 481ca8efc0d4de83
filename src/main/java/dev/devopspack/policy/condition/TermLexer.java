package dev.devopspack.policy.condition;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Cuts the text of a condition into tokens.
final class TermLexer {

    enum Kind {
        NAME,
        TEXT,
        WHOLE,
        REAL,
        SIGN,
        END
    }

    /// @param text a sign, a name, digits, or a text without quotes and escapes
    record Token(Kind kind, String text) {}

    private static final String TWO = "|| && == != <= >=";
    private static final String ONE = "()[]{}.,:?+-*/%<>!";

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private TermLexer(String text) {
        this.text = text;
    }

    /// Cuts all of a text.
    ///
    /// @return empty where something stands there that conditions hardly ever need: bytes, unsigned
    ///   numbers, rare escapes
    static Optional<List<Token>> tokens(String text) {
        TermLexer lexer = new TermLexer(text);
        while (lexer.skipSpace()) {
            if (!lexer.token()) {
                return Optional.empty();
            }
        }
        lexer.tokens.add(new Token(Kind.END, ""));
        return Optional.of(lexer.tokens);
    }

    private boolean skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at < text.length();
    }

    private boolean token() {
        char c = text.charAt(at);
        if (isLetter(c)) {
            return name();
        }
        if (isDigit(c)) {
            return number();
        }
        return (c == '\'' || c == '"') ? quoted(c) : sign();
    }

    private boolean name() {
        int from = at;
        while (at < text.length() && (isLetter(text.charAt(at)) || isDigit(text.charAt(at)))) {
            at++;
        }
        if (at < text.length() && (text.charAt(at) == '\'' || text.charAt(at) == '"')) {
            // The prefix makes raw text of what follows; others make bytes.
            return text.substring(from, at).equalsIgnoreCase("r") && raw(text.charAt(at));
        }
        tokens.add(new Token(Kind.NAME, text.substring(from, at)));
        return true;
    }

    private boolean number() {
        int from = at;
        digits();
        boolean real =
                at + 1 < text.length() && text.charAt(at) == '.' && isDigit(text.charAt(at + 1));
        if (real) {
            at++;
            digits();
        }
        if (at < text.length() && isLetter(text.charAt(at))) {
            return false;
        }
        tokens.add(new Token(real ? Kind.REAL : Kind.WHOLE, text.substring(from, at)));
        return true;
    }

    private void digits() {
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
    }

    private boolean quoted(char quote) {
        if (text.startsWith(String.valueOf(quote).repeat(3), at)) {
            return false;
        }
        StringBuilder plain = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == quote) {
                at++;
                tokens.add(new Token(Kind.TEXT, plain.toString()));
                return true;
            }
            if (c == '\n' || c == '\r') {
                return false;
            }
            if (c == '\\') {
                at++;
                int escaped = at < text.length() ? "\\'\"nrt".indexOf(text.charAt(at)) : -1;
                if (escaped < 0) {
                    return false;
                }
                plain.append("\\'\"\n\r\t".charAt(escaped));
            } else {
                plain.append(c);
            }
        }
        return false;
    }

    private boolean raw(char quote) {
        int end = text.indexOf(quote, at + 1);
        if (end < 0 || text.startsWith(String.valueOf(quote).repeat(3), at)) {
            return false;
        }
        String inside = text.substring(at + 1, end);
        if (inside.indexOf('\n') >= 0 || inside.indexOf('\r') >= 0) {
            return false;
        }
        tokens.add(new Token(Kind.TEXT, inside));
        at = end + 1;
        return true;
    }

    private boolean sign() {
        String two = text.substring(at, Math.min(at + 2, text.length()));
        String sign =
                two.length() == 2 && TWO.contains(two) && !two.contains(" ")
                        ? two
                        : two.substring(0, 1);
        if (sign.length() == 1 && ONE.indexOf(sign.charAt(0)) < 0) {
            return false;
        }
        at += sign.length();
        tokens.add(new Token(Kind.SIGN, sign));
        return true;
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
