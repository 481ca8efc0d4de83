package dev.devopspack.policy.kubernetes;

import dev.cel.common.values.NullValue;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Amounts of CPU, memory and storage: `500m`, `1.5`, `512Mi`, `1e3`.
public final class Quantity {

    private static final int MAX_LENGTH = 40;

    private static final Map<String, Double> SUFFIXES =
            Map.ofEntries(
                    Map.entry("n", 1e-9),
                    Map.entry("u", 1e-6),
                    Map.entry("m", 1e-3),
                    Map.entry("k", 1e3),
                    Map.entry("M", 1e6),
                    Map.entry("G", 1e9),
                    Map.entry("T", 1e12),
                    Map.entry("P", 1e15),
                    Map.entry("E", 1e18),
                    Map.entry("Ki", 0x1p10),
                    Map.entry("Mi", 0x1p20),
                    Map.entry("Gi", 0x1p30),
                    Map.entry("Ti", 0x1p40),
                    Map.entry("Pi", 0x1p50),
                    Map.entry("Ei", 0x1p60));

    private Quantity() {}

    /// The amount as a number, or CEL's null where the value is none.
    public static Object of(@Nullable Object value) {
        String text = Values.text(value).strip();
        int end = text.length();
        while (end > 0 && Character.isLetter(text.charAt(end - 1))) {
            end--;
        }
        String suffix = text.substring(end);
        String number = text.substring(0, end);
        double scale = suffix.isEmpty() ? 1 : SUFFIXES.getOrDefault(suffix, 0.0);
        boolean isNumber =
                scale > 0
                        && text.length() <= MAX_LENGTH
                        && number.matches(
                                "[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,2})?");
        return isNumber ? (Object) (Double.parseDouble(number) * scale) : NullValue.NULL_VALUE;
    }
}
