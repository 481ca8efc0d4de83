package dev.devopspack.language.hcl.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/// Arithmetic as Terraform does it: each result is the nearest binary number of 512 bits, and a
/// number's digits are the fewest that name it among those.
///
/// Operands are such digits themselves, so that nothing is lost between two operations.
public final class Arithmetic {

    private static final int BITS = 512;

    /// Decimal digits that any number of 512 bits can be told by.
    private static final int DIGITS = 156;

    /// With so many digits no two decimal numbers lie between the same neighbours.
    private static final int DISTINCT = 150;

    private Arithmetic() {}

    /// A number of 512 bits: `mantissa` times two to the power of `exponent`.
    private record Binary(BigInteger mantissa, int exponent) {

        private Binary negate() {
            return new Binary(mantissa.negate(), exponent);
        }
    }

    public static BigDecimal add(BigDecimal a, BigDecimal b) {
        return whole(a) && whole(b) ? small(a.add(b)) : decimal(sum(binary(a), binary(b)));
    }

    public static BigDecimal subtract(BigDecimal a, BigDecimal b) {
        return add(a, b.negate());
    }

    public static BigDecimal multiply(BigDecimal a, BigDecimal b) {
        return whole(a) && whole(b) ? small(a.multiply(b)) : decimal(product(binary(a), binary(b)));
    }

    /// @throws ArithmeticException where the divisor is zero
    public static BigDecimal divide(BigDecimal a, BigDecimal b) {
        return decimal(quotient(binary(a), binary(b)));
    }

    /// What is left of `a`, with its sign, after the whole part of the quotient. The number itself
    /// where the divisor is zero.
    public static BigDecimal remainder(BigDecimal a, BigDecimal b) {
        if (b.signum() == 0) {
            return a;
        }
        if (whole(a) && whole(b)) {
            return a.remainder(b);
        }
        Binary quotient = quotient(binary(a), binary(b));
        BigDecimal whole = exact(quotient).setScale(0, RoundingMode.DOWN);
        return decimal(sum(binary(a), product(binary(whole), binary(b)).negate()));
    }

    private static boolean whole(BigDecimal number) {
        return number.scale() <= 0 && number.precision() - number.scale() <= DISTINCT;
    }

    private static BigDecimal small(BigDecimal exact) {
        return whole(exact) ? exact : decimal(binary(exact));
    }

    private static Binary binary(BigDecimal number) {
        return number.scale() <= 0
                ? rounded(number.toBigIntegerExact(), BigInteger.ONE, 0)
                : rounded(number.unscaledValue(), BigInteger.TEN.pow(number.scale()), 0);
    }

    private static Binary sum(Binary a, Binary b) {
        if (a.mantissa.signum() == 0) {
            return b;
        }
        if (b.mantissa.signum() == 0) {
            return a;
        }
        int exponent = Math.min(a.exponent, b.exponent);
        BigInteger sum =
                a.mantissa
                        .shiftLeft(a.exponent - exponent)
                        .add(b.mantissa.shiftLeft(b.exponent - exponent));
        return rounded(sum, BigInteger.ONE, exponent);
    }

    private static Binary product(Binary a, Binary b) {
        return rounded(a.mantissa.multiply(b.mantissa), BigInteger.ONE, a.exponent + b.exponent);
    }

    private static Binary quotient(Binary a, Binary b) {
        return rounded(
                b.mantissa.signum() < 0 ? a.mantissa.negate() : a.mantissa,
                b.mantissa.abs(),
                a.exponent - b.exponent);
    }

    /// The nearest number to a fraction times two to the power of `exponent`; of two the even one.
    private static Binary rounded(BigInteger numerator, BigInteger denominator, int exponent) {
        BigInteger magnitude = numerator.abs();
        if (magnitude.signum() == 0) {
            return new Binary(BigInteger.ZERO, 0);
        }
        int shift = BITS + 2 - (magnitude.bitLength() - denominator.bitLength());
        BigInteger[] parts =
                (shift >= 0 ? magnitude.shiftLeft(shift) : magnitude)
                        .divideAndRemainder(
                                shift >= 0 ? denominator : denominator.shiftLeft(-shift));
        BigInteger quotient = parts[0];
        int spare = quotient.bitLength() - BITS;
        BigInteger kept = quotient.shiftRight(spare);
        boolean half = quotient.testBit(spare - 1);
        boolean more = parts[1].signum() != 0 || quotient.getLowestSetBit() < spare - 1;
        if (half && (more || kept.testBit(0))) {
            kept = kept.add(BigInteger.ONE);
        }
        return new Binary(numerator.signum() < 0 ? kept.negate() : kept, exponent - shift + spare);
    }

    private static BigDecimal exact(Binary number) {
        return number.exponent >= 0
                ? new BigDecimal(number.mantissa.shiftLeft(number.exponent))
                : new BigDecimal(number.mantissa)
                        .divide(new BigDecimal(BigInteger.TWO.pow(-number.exponent)));
    }

    /// The fewest digits that lie nearer to the number than to its neighbours.
    private static BigDecimal decimal(Binary number) {
        if (number.mantissa.signum() == 0) {
            return BigDecimal.ZERO;
        }
        BigDecimal exact = exact(number);
        BigInteger doubled = number.mantissa.abs().shiftLeft(1);
        boolean power = number.mantissa.abs().bitCount() == 1;
        BigDecimal upper = exact(new Binary(doubled.add(BigInteger.ONE), number.exponent - 1));
        BigDecimal lower =
                power
                        ? exact(
                                new Binary(
                                        doubled.shiftLeft(1).subtract(BigInteger.ONE),
                                        number.exponent - 2))
                        : exact(new Binary(doubled.subtract(BigInteger.ONE), number.exponent - 1));
        boolean even = !number.mantissa.testBit(0);
        for (int digits = DISTINCT; digits < DIGITS; digits++) {
            BigDecimal near = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            BigDecimal magnitude = near.abs();
            int low = magnitude.compareTo(lower);
            int high = magnitude.compareTo(upper);
            if (low > 0 && high < 0 || even && (low == 0 || high == 0)) {
                return near.stripTrailingZeros();
            }
        }
        return exact.round(new MathContext(DIGITS, RoundingMode.HALF_EVEN)).stripTrailingZeros();
    }
}
