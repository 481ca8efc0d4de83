package dev.devopspack.specialist.incident;

import dev.devopspack.task.InvalidInput;
import java.util.Locale;
import java.util.regex.Pattern;

/// What people call a service, for example `payments-api`.
///
/// Letters, digits, `-` and `_`: it names a file, a block and a heading.
public record ServiceName(String value) {

    private static final Pattern SHAPE =
            Pattern.compile("[A-Za-z]([A-Za-z0-9_-]{0,61}[A-Za-z0-9])?");

    public ServiceName {
        if (!SHAPE.matcher(value).matches()) {
            throw new InvalidInput(
                    "name",
                    "the service's name is not usable",
                    "Use 1 to 63 letters, digits, '-' or '_', starting with a letter, for example"
                            + " payments-api.");
        }
    }

    /// As it stands in the names of files and blocks.
    String slug() {
        return value.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public String toString() {
        return value;
    }
}
