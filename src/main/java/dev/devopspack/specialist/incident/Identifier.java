package dev.devopspack.specialist.incident;

import dev.devopspack.task.InvalidInput;
import java.util.regex.Pattern;

/// What a provider or a queue calls a thing of its own: an instance, a queue, a consumer group.
public record Identifier(String value) {

    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

    public Identifier {
        if (!SHAPE.matcher(value).matches()) {
            throw new InvalidInput(
                    "name",
                    "this is no usable identifier",
                    "Use 1 to 128 letters, digits, '.', '_' or '-'.");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
