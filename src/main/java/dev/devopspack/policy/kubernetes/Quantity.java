package dev.devopspack.policy.kubernetes;

import dev.cel.common.values.NullValue;
import dev.devopspack.language.kubernetes.Amount;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// Amounts of CPU, memory and storage: `500m`, `1.5`, `512Mi`, `1e3`.
public final class Quantity {

    private static final int MAX_LENGTH = 40;

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
        OptionalDouble scale = Amount.scale(suffix);
        boolean isNumber =
                scale.isPresent()
                        && text.length() <= MAX_LENGTH
                        && number.matches(
                                "[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,2})?");
        return isNumber
                ? (Object) (Double.parseDouble(number) * scale.getAsDouble())
                : NullValue.NULL_VALUE;
    }
}
