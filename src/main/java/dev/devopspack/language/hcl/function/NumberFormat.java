package dev.devopspack.language.hcl.function;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/// Numbers in the verbs of `format`.
final class NumberFormat {

    /// Digits behind the point where the format does not say.
    private static final int USUAL_PRECISION = 6;

    private NumberFormat() {}

    static String formatted(char verb, BigDecimal number, String flags, int precision) {
        String text =
                switch (verb) {
                    case 'b' -> whole(number).toString(2);
                    case 'o' -> whole(number).toString(8);
                    case 'x' -> (flags.contains("#") ? "0x" : "") + whole(number).toString(16);
                    case 'X' -> whole(number).toString(16).toUpperCase(Locale.ROOT);
                    case 'd' -> whole(number).toString();
                    case 'f', 'F' -> fixed(number, precision);
                    case 'e' -> scientific(number, precision);
                    case 'E' -> scientific(number, precision).toUpperCase(Locale.ROOT);
                    case 'G' -> general(number, precision).toUpperCase(Locale.ROOT);
                    default -> general(number, precision);
                };
        boolean positive = !text.startsWith("-");
        if (positive && flags.contains("+")) {
            return "+" + text;
        }
        return positive && flags.contains(" ") ? " " + text : text;
    }

    private static BigInteger whole(BigDecimal number) {
        return number.setScale(0, RoundingMode.DOWN).toBigInteger();
    }

    private static String fixed(BigDecimal number, int precision) {
        int digits = precision < 0 ? USUAL_PRECISION : precision;
        return number.setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
    }

    private static String scientific(BigDecimal number, int precision) {
        int digits = precision < 0 ? USUAL_PRECISION : precision;
        BigDecimal rounded = number.round(new MathContext(digits + 1, RoundingMode.HALF_EVEN));
        int exponent = number.signum() == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
        String mantissa =
                rounded.movePointLeft(exponent)
                        .setScale(digits, RoundingMode.HALF_EVEN)
                        .toPlainString();
        return mantissa + exponent(exponent);
    }

    private static String exponent(int exponent) {
        return "e"
                + (exponent < 0 ? "-" : "+")
                + (Math.abs(exponent) < 10 ? "0" : "")
                + Math.abs(exponent);
    }

    /// The shortest of fixed and scientific, as Go's `%g` has it.
    private static String general(BigDecimal number, int precision) {
        BigDecimal exact = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
        BigDecimal rounded =
                precision < 0
                        ? exact
                        : exact.round(
                                        new MathContext(
                                                Math.max(1, precision), RoundingMode.HALF_EVEN))
                                .stripTrailingZeros();
        int exponent = rounded.signum() == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
        int limit = precision < 0 ? USUAL_PRECISION : Math.max(1, precision);
        if (exponent >= -4 && exponent < limit) {
            return rounded.toPlainString();
        }
        return rounded.movePointLeft(exponent).toPlainString() + exponent(exponent);
    }
}
