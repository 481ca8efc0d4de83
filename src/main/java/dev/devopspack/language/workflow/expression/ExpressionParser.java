package dev.devopspack.language.workflow.expression;

import dev.devopspack.language.workflow.expression.Expression.Operator;
import dev.devopspack.language.workflow.expression.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Parses one expression. Total: what is no expression gives one problem and no tree.
public final class ExpressionParser {

    /// GitHub refuses longer ones.
    static final int MAX_CHARACTERS = 21_000;

    /// GitHub refuses deeper ones. It also bounds the recursion of everything that walks the tree.
    static final int MAX_DEPTH = 50;

    private static final Map<Kind, Operator> ORDERINGS =
            Map.of(
                    Kind.LESS, Operator.LESS,
                    Kind.LESS_OR_EQUAL, Operator.LESS_OR_EQUAL,
                    Kind.GREATER, Operator.GREATER,
                    Kind.GREATER_OR_EQUAL, Operator.GREATER_OR_EQUAL);

    private static final Map<Kind, Operator> EQUALITIES =
            Map.of(Kind.EQUAL, Operator.EQUAL, Kind.NOT_EQUAL, Operator.NOT_EQUAL);

    /// @param tree absent where there is a problem
    public record Parsed(Optional<Expression> tree, List<ExpressionProblem> problems) {
        public Parsed {
            problems = List.copyOf(problems);
        }
    }

    private static final class Mistake extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient ExpressionProblem problem;

        Mistake(Token token, String message) {
            super(message, null, false, false);
            this.problem = new ExpressionProblem(token.start(), token.end(), message);
        }
    }

    private final List<Token> tokens;
    private int at;

    private ExpressionParser(List<Token> tokens) {
        this.tokens = tokens;
    }

    /// @param text what stands between `${{` and `}}`, or a whole `if`
    public static Parsed parse(String text) {
        if (text.length() > MAX_CHARACTERS) {
            return failed(
                    new ExpressionProblem(
                            0,
                            1,
                            "the expression is longer than " + MAX_CHARACTERS + " characters"));
        }
        Lexer lexer = new Lexer(text);
        ExpressionParser parser = new ExpressionParser(lexer.tokens());
        ExpressionProblem unreadable = lexer.problem();
        if (unreadable != null) {
            return failed(unreadable);
        }
        try {
            return new Parsed(Optional.of(parser.whole()), List.of());
        } catch (Mistake mistake) {
            return failed(mistake.problem);
        }
    }

    private static Parsed failed(ExpressionProblem problem) {
        return new Parsed(Optional.empty(), List.of(problem));
    }

    private Expression whole() {
        if (peek().kind() == Kind.END) {
            throw new Mistake(peek(), "the expression is empty");
        }
        Expression tree = or(0);
        if (peek().kind() != Kind.END) {
            throw new Mistake(
                    peek(),
                    peek().shown() + " does not belong here; an operator is missing before it");
        }
        return tree;
    }

    private Expression or(int depth) {
        List<Expression> operands = new ArrayList<>(List.of(and(depth)));
        while (take(Kind.OR) != null) {
            operands.add(and(depth));
        }
        return operands.size() == 1
                ? operands.getFirst()
                : new Expression.Or(
                        operands, operands.getFirst().start(), operands.getLast().end());
    }

    private Expression and(int depth) {
        List<Expression> operands = new ArrayList<>(List.of(comparison(EQUALITIES, depth)));
        while (take(Kind.AND) != null) {
            operands.add(comparison(EQUALITIES, depth));
        }
        return operands.size() == 1
                ? operands.getFirst()
                : new Expression.And(
                        operands, operands.getFirst().start(), operands.getLast().end());
    }

    private Expression comparison(Map<Kind, Operator> level, int depth) {
        Expression left = operand(level, depth);
        int steps = depth;
        while (level.containsKey(peek().kind())) {
            steps = deeper(steps);
            Operator operator = level.getOrDefault(next().kind(), Operator.EQUAL);
            Expression right = operand(level, steps);
            left = new Expression.Comparison(operator, left, right, left.start(), right.end());
        }
        return left;
    }

    private Expression operand(Map<Kind, Operator> level, int depth) {
        return level == EQUALITIES ? comparison(ORDERINGS, depth) : not(depth);
    }

    private Expression not(int depth) {
        Token sign = take(Kind.NOT);
        if (sign == null) {
            return postfix(depth);
        }
        Expression operand = not(deeper(depth));
        return new Expression.Not(operand, sign.start(), operand.end());
    }

    private Expression postfix(int depth) {
        Expression value = primary(depth);
        int steps = depth;
        while (true) {
            if (take(Kind.DOT) != null) {
                steps = deeper(steps);
                value = member(value);
            } else if (take(Kind.OPEN_INDEX) != null) {
                steps = deeper(steps);
                value = index(value, steps);
            } else {
                return value;
            }
        }
    }

    private Expression member(Expression of) {
        Token name = next();
        return switch (name.kind()) {
            case STAR -> new Expression.Every(of, of.start(), name.end());
            case NAME -> new Expression.Property(of, checked(name), of.start(), name.end());
            default ->
                    throw new Mistake(
                            name,
                            "a property's name or '*' belongs behind '.', not " + name.shown());
        };
    }

    private Expression index(Expression of, int depth) {
        if (peek().kind() == Kind.STAR) {
            next();
            return new Expression.Every(of, of.start(), expect(Kind.CLOSE_INDEX, "']'").end());
        }
        Expression index = or(deeper(depth));
        return new Expression.Index(of, index, of.start(), expect(Kind.CLOSE_INDEX, "']'").end());
    }

    private Expression primary(int depth) {
        Token token = next();
        return switch (token.kind()) {
            case NULL -> new Expression.Null(token.start(), token.end());
            case TRUE -> new Expression.Bool(true, token.start(), token.end());
            case FALSE -> new Expression.Bool(false, token.start(), token.end());
            case NUMBER -> new Expression.Number(number(token.text()), token.start(), token.end());
            case TEXT -> new Expression.Text(token.text(), token.start(), token.end());
            case NAME ->
                    take(Kind.OPEN) != null
                            ? call(token, deeper(depth))
                            : new Expression.Context(
                                    checked(token).toLowerCase(Locale.ROOT),
                                    token.start(),
                                    token.end());
            case OPEN -> {
                Expression inner = or(deeper(depth));
                expect(Kind.CLOSE, "')'");
                yield inner;
            }
            case END -> throw new Mistake(token, "the expression ends where a value belongs");
            default -> throw new Mistake(token, "a value belongs here, not " + token.shown());
        };
    }

    private Expression call(Token name, int depth) {
        List<Expression> arguments = new ArrayList<>();
        Token close = take(Kind.CLOSE);
        while (close == null) {
            arguments.add(or(depth));
            if (take(Kind.COMMA) == null) {
                close = expect(Kind.CLOSE, "',' or ')'");
            }
        }
        return new Expression.Call(checked(name), arguments, name.start(), close.end());
    }

    /// A name begins with a letter or `_`.
    private static String checked(Token name) {
        char first = name.text().charAt(0);
        if (first == '-' || (first >= '0' && first <= '9')) {
            throw new Mistake(name, "a name does not begin with '" + first + "'");
        }
        return name.text();
    }

    private static double number(String text) {
        try {
            if (text.startsWith("0o")) {
                return Long.parseLong(text, 2, text.length(), 8);
            }
            int sign = text.startsWith("-") ? -1 : 1;
            String plain = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
            return plain.startsWith("0x")
                    ? sign * (double) Long.parseLong(plain, 2, plain.length(), 16)
                    : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            // More digits than a long has: the value is not needed, only that it is a number.
            return Double.NaN;
        }
    }

    private static int deeper(int depth) {
        if (depth >= MAX_DEPTH) {
            throw new Mistake(
                    new Token(Kind.END, "", 0, 1),
                    "the expression is nested more than " + MAX_DEPTH + " deep");
        }
        return depth + 1;
    }

    private Token expect(Kind kind, String shown) {
        Token token = next();
        if (token.kind() != kind) {
            throw new Mistake(token, shown + " belongs here, not " + token.shown());
        }
        return token;
    }

    private @Nullable Token take(Kind kind) {
        return peek().kind() == kind ? next() : null;
    }

    private Token peek() {
        return tokens.get(at);
    }

    private Token next() {
        Token token = tokens.get(at);
        if (token.kind() != Kind.END) {
            at++;
        }
        return token;
    }
}
