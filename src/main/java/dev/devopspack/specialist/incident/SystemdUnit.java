package dev.devopspack.specialist.incident;

import dev.devopspack.task.InvalidInput;
import java.util.regex.Pattern;

/// The name of a systemd unit with its ending, for example `payments-api.service`.
public record SystemdUnit(String value) {

    private static final Pattern SHAPE =
            Pattern.compile(
                    "[A-Za-z0-9][A-Za-z0-9:_.@-]{0,120}\\.(service|socket|timer|target|mount)");

    public SystemdUnit {
        if (!SHAPE.matcher(value).matches()) {
            throw new InvalidInput(
                    "unit",
                    "this is no name of a systemd unit",
                    "Give it with its ending, for example payments-api.service.");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
