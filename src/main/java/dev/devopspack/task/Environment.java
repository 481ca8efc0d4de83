package dev.devopspack.task;

import java.util.regex.Pattern;

/// The name of an environment, for example `production`. 1 to 40 lower-case letters, digits and
/// `-`.
///
/// Whether a name means production is the approval policy's answer: a name it does not know does.
public record Environment(String value) {

    private static final Pattern SHAPE = Pattern.compile("[a-z]([-a-z0-9]{0,38}[a-z0-9])?");

    public static final Environment PRODUCTION = new Environment("production");

    public Environment {
        if (!SHAPE.matcher(value).matches()) {
            throw new InvalidInput(
                    "environment",
                    "the environment's name is not usable",
                    "Use 1 to 40 lower-case letters, digits or '-', starting with a letter,"
                            + " for example production.");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
