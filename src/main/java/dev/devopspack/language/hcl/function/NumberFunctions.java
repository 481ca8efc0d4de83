package dev.devopspack.language.hcl.function;

import dev.devopspack.language.hcl.value.Arithmetic;
import dev.devopspack.language.hcl.value.Conversions;
import dev.devopspack.language.hcl.value.Value;
import dev.devopspack.language.hcl.value.Value.Num;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Functions of numbers.
final class NumberFunctions {

    private static final int LARGEST_EXPONENT = 2000;

    private NumberFunctions() {}

    static void addTo(Registry all) {
        all.whole("abs", 1, a -> new Num(a.number(0).abs()));
        all.whole("ceil", 1, a -> new Num(a.number(0).setScale(0, RoundingMode.CEILING)));
        all.whole("floor", 1, a -> new Num(a.number(0).setScale(0, RoundingMode.FLOOR)));
        all.whole("signum", 1, NumberFunctions::sign);
        all.whole(
                "max",
                1,
                Function.ANY,
                a -> new Num(numbers(a).stream().max(Comparator.naturalOrder()).orElseThrow()));
        all.whole(
                "min",
                1,
                Function.ANY,
                a -> new Num(numbers(a).stream().min(Comparator.naturalOrder()).orElseThrow()));
        all.whole("pow", 2, NumberFunctions::power);
        all.whole("log", 2, NumberFunctions::logarithm);
        all.whole("parseint", 2, NumberFunctions::parsed);
        all.whole("sum", 1, NumberFunctions::sum);
    }

    private static List<BigDecimal> numbers(Arguments arguments) {
        List<BigDecimal> numbers = new ArrayList<>();
        for (int i = 0; i < arguments.count(); i++) {
            numbers.add(arguments.number(i));
        }
        return numbers;
    }

    private static Value sign(Arguments arguments) {
        BigDecimal number = arguments.number(0);
        if (number.stripTrailingZeros().scale() > 0) {
            throw arguments.problem("the number is a fraction", "Give it a whole number");
        }
        return Value.of(number.signum());
    }

    /// Terraform works it out with 64 bits.
    private static Value power(Arguments arguments) {
        BigDecimal base = arguments.number(0);
        BigDecimal exponent = arguments.number(1);
        if (exponent.abs().compareTo(BigDecimal.valueOf(LARGEST_EXPONENT)) > 0) {
            throw arguments.problem(
                    "the exponent is beyond " + LARGEST_EXPONENT, "Use a smaller exponent");
        }
        return fromDouble(arguments, Math.pow(base.doubleValue(), exponent.doubleValue()));
    }

    private static Value logarithm(Arguments arguments) {
        double number = arguments.number(0).doubleValue();
        double base = arguments.number(1).doubleValue();
        return fromDouble(arguments, Math.log(number) / Math.log(base));
    }

    private static Value fromDouble(Arguments arguments, double result) {
        if (!Double.isFinite(result)) {
            throw arguments.problem("the result is no number", "Use other numbers");
        }
        return new Num(new BigDecimal(Double.toString(result)));
    }

    private static Value parsed(Arguments arguments) {
        String text = arguments.text(0);
        int base = arguments.integer(1);
        if (base < 2 || base > 62) {
            throw arguments.problem("the base is " + base, "Use a base from 2 to 62");
        }
        if (text.length() > 500) {
            throw arguments.problem("the number has more than 500 digits", "Use a smaller number");
        }
        boolean negative = text.startsWith("-");
        String digits = negative || text.startsWith("+") ? text.substring(1) : text;
        BigInteger number = BigInteger.ZERO;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            int digit = digit(c, base);
            if (digit < 0 || digit >= base) {
                throw arguments.problem(
                        "\"" + c + "\" is no digit to base " + base, "Give it digits only");
            }
            number = number.multiply(BigInteger.valueOf(base)).add(BigInteger.valueOf(digit));
        }
        if (digits.isEmpty()) {
            throw arguments.problem("there are no digits", "Give it digits");
        }
        return new Num(new BigDecimal(negative ? number.negate() : number));
    }

    /// Above base 36 upper-case letters follow the lower-case ones.
    private static int digit(char c, int base) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        if (c >= 'a' && c <= 'z') {
            return c - 'a' + 10;
        }
        if (c >= 'A' && c <= 'Z') {
            return base <= 36 ? c - 'A' + 10 : c - 'A' + 36;
        }
        return -1;
    }

    private static Value sum(Arguments arguments) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Value item : arguments.items(0)) {
            sum =
                    Arithmetic.add(
                            sum,
                            Conversions.number(item)
                                    .orElseThrow(() ->
                                            arguments.problem(
                                                    "an item is " + item.kind(), "Sum numbers")));
        }
        if (arguments.items(0).isEmpty()) {
            throw arguments.problem("the list is empty", "Give it at least one number");
        }
        return new Num(sum);
    }
}
