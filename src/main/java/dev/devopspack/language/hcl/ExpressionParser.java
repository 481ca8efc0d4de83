package dev.devopspack.language.hcl;

import dev.devopspack.language.Span;
import dev.devopspack.language.hcl.Hcl.Binary;
import dev.devopspack.language.hcl.Hcl.BinaryOperator;
import dev.devopspack.language.hcl.Hcl.Conditional;
import dev.devopspack.language.hcl.Hcl.Expr;
import dev.devopspack.language.hcl.Hcl.GetAttr;
import dev.devopspack.language.hcl.Hcl.Index;
import dev.devopspack.language.hcl.Hcl.Num;
import dev.devopspack.language.hcl.Hcl.Splat;
import dev.devopspack.language.hcl.Hcl.SplatItem;
import dev.devopspack.language.hcl.Hcl.Unary;
import dev.devopspack.language.hcl.Hcl.UnaryOperator;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// Conditions, operators, and what follows a term: attributes, indexes, splats.
final class ExpressionParser {

    private final Parsing parsing;

    ExpressionParser(Parsing parsing) {
        this.parsing = parsing;
    }

    Expr expression() {
        TokenCursor cursor = parsing.cursor();
        parsing.enter();
        int start = cursor.start();
        Expr result = binary(1);
        if (cursor.at(TokenKind.QUESTION)) {
            int height = parsing.height();
            cursor.take();
            Expr yes = expression();
            height = Math.max(height, parsing.height());
            parsing.expect(TokenKind.COLON, "Write the value for the other case after ':'");
            Expr no = expression();
            parsing.raise(Math.max(height, parsing.height()));
            result = new Conditional(result, yes, no, cursor.spanFrom(start));
        }
        parsing.leave();
        return result;
    }

    private Expr binary(int weakest) {
        TokenCursor cursor = parsing.cursor();
        int start = cursor.start();
        Expr left = unary();
        while (true) {
            BinaryOperator operator = operator(cursor.kind());
            if (operator == null || operator.precedence() < weakest) {
                return left;
            }
            int height = parsing.height();
            cursor.take();
            Expr right = binary(operator.precedence() + 1);
            parsing.raise(Math.max(height, parsing.height()));
            left = new Binary(operator, left, right, cursor.spanFrom(start));
        }
    }

    private static @Nullable BinaryOperator operator(TokenKind kind) {
        return switch (kind) {
            case OR -> BinaryOperator.OR;
            case AND -> BinaryOperator.AND;
            case EQUAL -> BinaryOperator.EQUAL;
            case NOT_EQUAL -> BinaryOperator.NOT_EQUAL;
            case LESS -> BinaryOperator.LESS;
            case LESS_OR_EQUAL -> BinaryOperator.LESS_OR_EQUAL;
            case GREATER -> BinaryOperator.GREATER;
            case GREATER_OR_EQUAL -> BinaryOperator.GREATER_OR_EQUAL;
            case PLUS -> BinaryOperator.ADD;
            case MINUS -> BinaryOperator.SUBTRACT;
            case STAR -> BinaryOperator.MULTIPLY;
            case SLASH -> BinaryOperator.DIVIDE;
            case PERCENT -> BinaryOperator.MODULO;
            default -> null;
        };
    }

    private Expr unary() {
        TokenCursor cursor = parsing.cursor();
        int start = cursor.start();
        boolean negates = cursor.at(TokenKind.MINUS);
        if (!negates && !cursor.at(TokenKind.BANG)) {
            return followed(parsing.terms().term(), start, true);
        }
        cursor.take();
        parsing.enter();
        Expr operand = unary();
        parsing.leave();
        parsing.raise(parsing.height());
        return new Unary(
                negates ? UnaryOperator.NEGATE : UnaryOperator.NOT,
                operand,
                cursor.spanFrom(start));
    }

    /// Reads what follows a term.
    ///
    /// @param all false after `.*`, where only attributes and legacy indexes belong to each element
    private Expr followed(Expr term, int start, boolean all) {
        TokenCursor cursor = parsing.cursor();
        Expr result = term;
        while (true) {
            if (cursor.at(TokenKind.DOT)) {
                if (!all && starFollows(cursor)) {
                    return result;
                }
                result = dotted(result, start);
            } else if (all && cursor.at(TokenKind.OPEN_BRACKET)) {
                result = bracketed(result, start);
            } else {
                return result;
            }
        }
    }

    private static boolean starFollows(TokenCursor cursor) {
        return cursor.tokens().kind(cursor.index() + 1) == TokenKind.STAR;
    }

    private Expr dotted(Expr target, int start) {
        TokenCursor cursor = parsing.cursor();
        int height = parsing.height();
        cursor.take();
        if (cursor.takeIf(TokenKind.STAR)) {
            return splat(target, start, height, false);
        }
        if (cursor.at(TokenKind.NUMBER)) {
            return legacyIndex(target, start, height);
        }
        String name = parsing.name("Write the name of an attribute after '.'");
        parsing.raise(height);
        return new GetAttr(target, name, cursor.spanFrom(start));
    }

    /// `list.0`; the lexer reads `list.0.1` as a dot and the number `0.1`, which terraform refuses.
    private Expr legacyIndex(Expr target, int start, int height) {
        TokenCursor cursor = parsing.cursor();
        int token = cursor.take();
        String digits = cursor.text(token);
        Span keySpan = cursor.tokens().span(cursor.tokens().start(token), cursor.end());
        if (digits.length() > 9 || !digits.chars().allMatch(c -> Characters.isDigit((char) c))) {
            throw new SyntaxProblem(
                    "\"" + digits + "\" is not an index",
                    "Write each index in brackets, such as [0]",
                    keySpan.start(),
                    keySpan.end());
        }
        parsing.raise(height);
        return new Index(target, new Num(new BigDecimal(digits), keySpan), cursor.spanFrom(start));
    }

    private Expr bracketed(Expr target, int start) {
        TokenCursor cursor = parsing.cursor();
        int height = parsing.height();
        cursor.take();
        boolean outer = cursor.countNewlines(false);
        if (cursor.at(TokenKind.STAR)) {
            cursor.take();
            closeBracket(outer);
            return splat(target, start, height, true);
        }
        Expr key = expression();
        closeBracket(outer);
        parsing.raise(Math.max(height, parsing.height()));
        return new Index(target, key, cursor.spanFrom(start));
    }

    private void closeBracket(boolean outer) {
        parsing.expect(TokenKind.CLOSE_BRACKET, "Close the index with ']'");
        parsing.cursor().countNewlines(outer);
    }

    private Expr splat(Expr target, int start, int targetHeight, boolean full) {
        TokenCursor cursor = parsing.cursor();
        int itemStart = cursor.end();
        parsing.enter();
        parsing.height(1);
        Expr item = new SplatItem(cursor.tokens().span(itemStart, itemStart));
        Expr rest = followed(item, start, full);
        parsing.leave();
        parsing.raise(Math.max(targetHeight, parsing.height()));
        return new Splat(target, rest, full, cursor.spanFrom(start));
    }
}
