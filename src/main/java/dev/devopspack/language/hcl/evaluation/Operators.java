package dev.devopspack.language.hcl.evaluation;

import dev.devopspack.language.hcl.Hcl.BinaryOperator;
import dev.devopspack.language.hcl.Hcl.UnaryOperator;
import dev.devopspack.language.hcl.value.Arithmetic;
import dev.devopspack.language.hcl.value.Conversions;
import dev.devopspack.language.hcl.value.Value;
import dev.devopspack.language.hcl.value.Value.Null;
import dev.devopspack.language.hcl.value.Value.Num;
import dev.devopspack.language.hcl.value.Value.Unknown;
import dev.devopspack.language.hcl.value.ValueProblem;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;

/// Arithmetic, comparison and logic with Terraform's conversions.
final class Operators {

    /// Digits in front of or behind the point of a result.
    private static final int DIGITS = 2000;

    private Operators() {}

    static Value unary(UnaryOperator operator, Value operand) {
        if (operand instanceof Unknown unknown) {
            return Unknown.from(List.of(unknown));
        }
        return switch (operator) {
            case NOT -> Value.of(!bool(operand, "!"));
            case NEGATE -> new Num(number(operand, "-").negate());
        };
    }

    static Value binary(BinaryOperator operator, Value left, Value right) {
        return switch (operator) {
            case AND, OR -> logic(operator, left, right);
            case EQUAL -> equality(left, right, true);
            case NOT_EQUAL -> equality(left, right, false);
            case LESS,
                    LESS_OR_EQUAL,
                    GREATER,
                    GREATER_OR_EQUAL,
                    ADD,
                    SUBTRACT,
                    MULTIPLY,
                    DIVIDE,
                    MODULO ->
                    numeric(operator, left, right);
        };
    }

    private static Value logic(BinaryOperator operator, Value left, Value right) {
        boolean decisive = operator == BinaryOperator.OR;
        for (Value side : List.of(left, right)) {
            if (!(side instanceof Unknown) && bool(side, operator.sign()) == decisive) {
                return Value.of(decisive);
            }
        }
        List<Unknown> unknown = unknown(left, right);
        return unknown.isEmpty() ? Value.of(!decisive) : Unknown.from(unknown);
    }

    private static List<Unknown> unknown(Value left, Value right) {
        return Stream.of(left, right)
                .filter(Unknown.class::isInstance)
                .map(Unknown.class::cast)
                .toList();
    }

    private static Value equality(Value left, Value right, boolean wanted) {
        List<Unknown> unknown = unknown(left, right);
        if (!unknown.isEmpty()) {
            return Unknown.from(unknown);
        }
        if (!(left instanceof Null) && !(right instanceof Null)) {
            if (!left.wholly() || !right.wholly()) {
                return Unknown.because("it compares a value that is not wholly known");
            }
        }
        return Value.of(left.equals(right) == wanted);
    }

    private static Value numeric(BinaryOperator operator, Value left, Value right) {
        List<Unknown> unknown = unknown(left, right);
        if (!unknown.isEmpty()) {
            return Unknown.from(unknown);
        }
        BigDecimal a = number(left, operator.sign());
        BigDecimal b = number(right, operator.sign());
        return switch (operator) {
            case LESS -> Value.of(a.compareTo(b) < 0);
            case LESS_OR_EQUAL -> Value.of(a.compareTo(b) <= 0);
            case GREATER -> Value.of(a.compareTo(b) > 0);
            case GREATER_OR_EQUAL -> Value.of(a.compareTo(b) >= 0);
            case ADD -> result(Arithmetic.add(a, b));
            case SUBTRACT -> result(Arithmetic.subtract(a, b));
            case MULTIPLY -> result(Arithmetic.multiply(a, b));
            case DIVIDE -> b.signum() == 0 ? byZero(a) : result(Arithmetic.divide(a, b));
            case MODULO -> result(Arithmetic.remainder(a, b));
            case AND, OR, EQUAL, NOT_EQUAL -> throw new IllegalArgumentException(operator.sign());
        };
    }

    /// Terraform goes on with an infinite number, which no attribute takes.
    private static Value byZero(BigDecimal dividend) {
        if (dividend.signum() == 0) {
            throw new ValueProblem("it divides zero by zero", "Divide by another number");
        }
        return Unknown.because("it divides by zero, which is infinite");
    }

    private static Value result(BigDecimal number) {
        Num result = new Num(number);
        if ((long) result.value().precision() + Math.abs((long) result.value().scale()) > DIGITS) {
            throw new ValueProblem("the number is too large or too small", "Use smaller numbers");
        }
        return result;
    }

    static BigDecimal number(Value value, String operator) {
        return Conversions.number(value)
                .orElseThrow(() ->
                        new ValueProblem(
                                "\"" + operator + "\" is used on " + value.kind(),
                                "Use it on numbers"));
    }

    static boolean bool(Value value, String operator) {
        return Conversions.bool(value)
                .orElseThrow(() ->
                        new ValueProblem(
                                "\"" + operator + "\" is used on " + value.kind(),
                                "Use it on true or false"));
    }
}
