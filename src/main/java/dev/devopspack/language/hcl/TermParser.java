package dev.devopspack.language.hcl;

import dev.devopspack.language.Span;
import dev.devopspack.language.hcl.Hcl.Bool;
import dev.devopspack.language.hcl.Hcl.Call;
import dev.devopspack.language.hcl.Hcl.Expr;
import dev.devopspack.language.hcl.Hcl.For;
import dev.devopspack.language.hcl.Hcl.Item;
import dev.devopspack.language.hcl.Hcl.Null;
import dev.devopspack.language.hcl.Hcl.Num;
import dev.devopspack.language.hcl.Hcl.Obj;
import dev.devopspack.language.hcl.Hcl.Paren;
import dev.devopspack.language.hcl.Hcl.Tuple;
import dev.devopspack.language.hcl.Hcl.Var;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Terms: literals, names, calls, collections and for-expressions.
final class TermParser {

    /// Digits of a number, written out: Terraform itself keeps 512 bits, about 154 digits.
    private static final int NUMBER_DIGITS = 1000;

    private final Parsing parsing;

    TermParser(Parsing parsing) {
        this.parsing = parsing;
    }

    Expr term() {
        TokenCursor cursor = parsing.cursor();
        parsing.height(1);
        return switch (cursor.kind()) {
            case OPEN_QUOTE -> parsing.templates().quoted();
            case OPEN_HEREDOC -> parsing.templates().heredoc();
            case NUMBER -> number();
            case IDENTIFIER -> named();
            case OPEN_PAREN -> parenthesised();
            case OPEN_BRACKET -> tupleOrFor();
            case OPEN_BRACE -> objectOrFor();
            default -> throw cursor.expected("a value", "Write an expression here");
        };
    }

    private Expr number() {
        TokenCursor cursor = parsing.cursor();
        int token = cursor.take();
        String text = cursor.text(token);
        Span span = cursor.spanFrom(cursor.tokens().start(token));
        return number(text, span);
    }

    static Num number(String text, Span span) {
        if (text.length() <= NUMBER_DIGITS) {
            try {
                BigDecimal value = new BigDecimal(text);
                long digits = (long) value.precision() + Math.abs((long) value.scale());
                if (digits <= NUMBER_DIGITS) {
                    return new Num(value, span);
                }
            } catch (NumberFormatException tooLargeAnExponent) {
                // Reported below.
            }
        }
        throw new SyntaxProblem(
                "the number has more than " + NUMBER_DIGITS + " digits",
                "Write a smaller number",
                span.start(),
                span.end());
    }

    private Expr named() {
        TokenCursor cursor = parsing.cursor();
        int start = cursor.start();
        StringBuilder name = new StringBuilder(cursor.text(cursor.take()));
        boolean inNamespace = cursor.at(TokenKind.DOUBLE_COLON);
        while (cursor.takeIf(TokenKind.DOUBLE_COLON)) {
            name.append("::").append(parsing.name("Write the function's name after '::'"));
        }
        if (inNamespace || cursor.at(TokenKind.OPEN_PAREN)) {
            return call(name.toString(), start);
        }
        Span span = cursor.spanFrom(start);
        return switch (name.toString()) {
            case "true" -> new Bool(true, span);
            case "false" -> new Bool(false, span);
            case "null" -> new Null(span);
            default -> new Var(name.toString(), span);
        };
    }

    private Expr call(String name, int start) {
        TokenCursor cursor = parsing.cursor();
        parsing.expect(TokenKind.OPEN_PAREN, "Write the arguments in parentheses");
        boolean outer = cursor.countNewlines(false);
        List<Expr> arguments = new ArrayList<>();
        boolean expands = false;
        int height = 0;
        while (!cursor.at(TokenKind.CLOSE_PAREN)) {
            arguments.add(parsing.expressions().expression());
            height = Math.max(height, parsing.height());
            if (cursor.takeIf(TokenKind.ELLIPSIS)) {
                expands = true;
                cursor.takeIf(TokenKind.COMMA);
                break;
            }
            if (!cursor.takeIf(TokenKind.COMMA) && !cursor.at(TokenKind.CLOSE_PAREN)) {
                throw cursor.expected(
                        "',' or ')'", "Close the arguments of \"" + name + "\" with ')'");
            }
        }
        parsing.expect(TokenKind.CLOSE_PAREN, "Close the arguments of \"" + name + "\" with ')'");
        cursor.countNewlines(outer);
        parsing.raise(height);
        return new Call(name, arguments, expands, cursor.spanFrom(start));
    }

    private Expr parenthesised() {
        TokenCursor cursor = parsing.cursor();
        int start = cursor.start();
        cursor.take();
        boolean outer = cursor.countNewlines(false);
        Expr inner = parsing.expressions().expression();
        parsing.expect(TokenKind.CLOSE_PAREN, "Close the parenthesis with ')'");
        cursor.countNewlines(outer);
        parsing.raise(parsing.height());
        return new Paren(inner, cursor.spanFrom(start));
    }

    private Expr tupleOrFor() {
        TokenCursor cursor = parsing.cursor();
        int start = cursor.start();
        cursor.take();
        boolean outer = cursor.countNewlines(false);
        if (cursor.atWord("for")) {
            return forExpression(start, TokenKind.CLOSE_BRACKET, outer);
        }
        List<Expr> items = new ArrayList<>();
        int height = 0;
        while (!cursor.at(TokenKind.CLOSE_BRACKET)) {
            items.add(parsing.expressions().expression());
            height = Math.max(height, parsing.height());
            if (!cursor.takeIf(TokenKind.COMMA) && !cursor.at(TokenKind.CLOSE_BRACKET)) {
                throw cursor.expected("',' or ']'", "Close the list with ']'");
            }
        }
        cursor.take();
        cursor.countNewlines(outer);
        parsing.raise(height);
        return new Tuple(items, cursor.spanFrom(start));
    }

    private Expr objectOrFor() {
        TokenCursor cursor = parsing.cursor();
        int start = cursor.start();
        cursor.take();
        boolean outer = cursor.countNewlines(false);
        if (cursor.atWord("for")) {
            return forExpression(start, TokenKind.CLOSE_BRACE, outer);
        }
        cursor.countNewlines(true);
        List<Item> items = new ArrayList<>();
        int height = 0;
        skipNewlines();
        while (!cursor.at(TokenKind.CLOSE_BRACE)) {
            items.add(item());
            height = Math.max(height, parsing.height());
            boolean separated = cursor.takeIf(TokenKind.COMMA) || cursor.at(TokenKind.NEWLINE);
            if (!separated && !cursor.at(TokenKind.CLOSE_BRACE)) {
                throw cursor.expected(
                        "',', '}' or a new line", "Put each item of the object on its own line");
            }
            skipNewlines();
        }
        cursor.take();
        cursor.countNewlines(outer);
        parsing.raise(height);
        return new Obj(items, cursor.spanFrom(start));
    }

    private void skipNewlines() {
        while (parsing.cursor().takeIf(TokenKind.NEWLINE)) {
            // Blank lines between items.
        }
    }

    private Item item() {
        TokenCursor cursor = parsing.cursor();
        int start = cursor.start();
        Expr key = parsing.expressions().expression();
        int height = parsing.height();
        if (!cursor.takeIf(TokenKind.ASSIGN) && !cursor.takeIf(TokenKind.COLON)) {
            throw cursor.expected("'=' or ':'", "Write the item as key = value");
        }
        Expr value = parsing.expressions().expression();
        parsing.height(Math.max(height, parsing.height()));
        return new Item(key, value, cursor.spanFrom(start));
    }

    private Expr forExpression(int start, TokenKind close, boolean outer) {
        TokenCursor cursor = parsing.cursor();
        cursor.take();
        ForHeader header = forHeader();
        int height = parsing.height();
        parsing.expect(TokenKind.COLON, "Write ':' before the result of the for-expression");
        Expr first = parsing.expressions().expression();
        height = Math.max(height, parsing.height());
        Expr key = null;
        boolean grouped = false;
        if (close == TokenKind.CLOSE_BRACE) {
            parsing.expect(TokenKind.ARROW, "Write an object's for-expression as key => value");
            key = first;
            first = parsing.expressions().expression();
            height = Math.max(height, parsing.height());
            grouped = cursor.takeIf(TokenKind.ELLIPSIS);
        }
        Expr filter = null;
        if (cursor.atWord("if")) {
            cursor.take();
            filter = parsing.expressions().expression();
            height = Math.max(height, parsing.height());
        }
        parsing.expect(close, "Close the for-expression with " + close.described());
        cursor.countNewlines(outer);
        parsing.raise(height);
        return new For(
                header.keyName,
                header.valueName,
                header.source,
                key,
                first,
                filter,
                grouped,
                cursor.spanFrom(start));
    }

    /// `k, v in source`, in expressions and in templates.
    record ForHeader(@Nullable String keyName, String valueName, Expr source) {}

    ForHeader forHeader() {
        TokenCursor cursor = parsing.cursor();
        String mend = "Write it as: for value in collection, or: for key, value in collection";
        String key = null;
        String value = parsing.name(mend);
        if (cursor.takeIf(TokenKind.COMMA)) {
            key = value;
            value = parsing.name(mend);
        }
        if (!cursor.atWord("in")) {
            throw cursor.expected("\"in\"", mend);
        }
        cursor.take();
        return new ForHeader(key, value, parsing.expressions().expression());
    }
}
