package dev.devopspack.language.workflow.expression;

import java.util.List;

/// A node of an expression's tree. `start` and `end` are offsets in the expression's text.
public sealed interface Expression {

    int start();

    int end();

    record Null(int start, int end) implements Expression {}

    record Bool(boolean value, int start, int end) implements Expression {}

    record Number(double value, int start, int end) implements Expression {}

    record Text(String value, int start, int end) implements Expression {}

    /// A context such as `github`.
    ///
    /// @param name in lower case, because names do not depend on it
    record Context(String name, int start, int end) implements Expression {}

    /// `of.name`.
    ///
    /// @param name as written
    record Property(Expression of, String name, int start, int end) implements Expression {}

    /// `of[index]`.
    record Index(Expression of, Expression index, int start, int end) implements Expression {}

    /// `of.*` or `of[*]`: every element.
    record Every(Expression of, int start, int end) implements Expression {}

    /// @param function as written
    record Call(String function, List<Expression> arguments, int start, int end)
            implements Expression {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    record Not(Expression operand, int start, int end) implements Expression {}

    record Comparison(Operator operator, Expression left, Expression right, int start, int end)
            implements Expression {}

    /// Several operands joined by `&&`.
    record And(List<Expression> operands, int start, int end) implements Expression {
        public And {
            operands = List.copyOf(operands);
        }
    }

    /// Several operands joined by `||`.
    record Or(List<Expression> operands, int start, int end) implements Expression {
        public Or {
            operands = List.copyOf(operands);
        }
    }

    enum Operator {
        EQUAL("=="),
        NOT_EQUAL("!="),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">=");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        public String sign() {
            return sign;
        }

        boolean isEquality() {
            return this == EQUAL || this == NOT_EQUAL;
        }
    }

    /// The nodes right below this one, from left to right.
    default List<Expression> children() {
        return switch (this) {
            case Null _, Bool _, Number _, Text _, Context _ -> List.of();
            case Property property -> List.of(property.of());
            case Index index -> List.of(index.of(), index.index());
            case Every every -> List.of(every.of());
            case Call call -> call.arguments();
            case Not not -> List.of(not.operand());
            case Comparison comparison -> List.of(comparison.left(), comparison.right());
            case And and -> and.operands();
            case Or or -> or.operands();
        };
    }

    /// Whether its value is the same in every run: made of literals alone.
    default boolean isConstant() {
        return switch (this) {
            case Context _ -> false;
            case Call call ->
                    Functions.isPure(call.function())
                            && call.arguments().stream().allMatch(Expression::isConstant);
            default -> children().stream().allMatch(Expression::isConstant);
        };
    }
}
