package dev.devopspack.specialist.incident;

import dev.devopspack.task.InvalidInput;
import java.util.regex.Pattern;

/// A host's name as DNS knows it, or an IPv4 address.
public record HostName(String value) {

    private static final Pattern SHAPE =
            Pattern.compile(
                    "(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*");

    public HostName {
        if (!SHAPE.matcher(value).matches()) {
            throw new InvalidInput(
                    "host",
                    "this is no host name",
                    "Give the name alone, for example db.internal.example.com.");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
