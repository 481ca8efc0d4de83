package dev.devopspack.approval.enforcement.kubernetes;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/// Amounts such as `500m` or `1Gi`: the API server writes them in a form of its own, so that `0.5`
/// comes back as `500m` and `1024Mi` as `1Gi`.
///
/// @see <a href="https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/">
///   Quantity</a>
final class Quantity {

    /// Written by people; a longer one is no amount.
    private static final int MAX_LENGTH = 40;

    private static final Pattern SHAPE =
            Pattern.compile(
                    "([+-]?[0-9]{1,20}(?:\\.[0-9]{0,20})?)(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei"
                            + "|[eE][+-]?[0-9]{1,2})?");

    private static final Map<String, BigDecimal> UNITS =
            Map.ofEntries(
                    Map.entry("n", new BigDecimal("1e-9")),
                    Map.entry("u", new BigDecimal("1e-6")),
                    Map.entry("m", new BigDecimal("1e-3")),
                    Map.entry("k", new BigDecimal("1e3")),
                    Map.entry("M", new BigDecimal("1e6")),
                    Map.entry("G", new BigDecimal("1e9")),
                    Map.entry("T", new BigDecimal("1e12")),
                    Map.entry("P", new BigDecimal("1e15")),
                    Map.entry("E", new BigDecimal("1e18")),
                    Map.entry("Ki", BigDecimal.valueOf(1L << 10)),
                    Map.entry("Mi", BigDecimal.valueOf(1L << 20)),
                    Map.entry("Gi", BigDecimal.valueOf(1L << 30)),
                    Map.entry("Ti", BigDecimal.valueOf(1L << 40)),
                    Map.entry("Pi", BigDecimal.valueOf(1L << 50)),
                    Map.entry("Ei", BigDecimal.valueOf(1L << 60)));

    private Quantity() {}

    /// @param value a text or a number
    static Optional<BigDecimal> of(Object value) {
        String text =
                value instanceof BigDecimal number ? number.toPlainString() : value.toString();
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        Matcher found = SHAPE.matcher(text);
        if (!found.matches()) {
            return Optional.empty();
        }
        BigDecimal number = new BigDecimal(found.group(1));
        String unit = found.group(2);
        if (unit == null) {
            return Optional.of(number);
        }
        BigDecimal factor = UNITS.get(unit);
        return Optional.of(
                factor == null
                        ? number.multiply(new BigDecimal("1" + unit))
                        : number.multiply(factor));
    }
}
