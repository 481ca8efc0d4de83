package dev.devopspack.task;

import java.util.regex.Pattern;

/// A named line of change sets, for example `payments/production`: what a plan has its "before"
/// from.
///
/// One to four parts of 1 to 63 lower-case letters, digits, `-` and `_`, divided by `/`.
public record StackName(String value) {

    private static final Pattern SHAPE =
            Pattern.compile("[a-z0-9][-_a-z0-9]{0,62}(/[a-z0-9][-_a-z0-9]{0,62}){0,3}");

    public StackName {
        if (!SHAPE.matcher(value).matches()) {
            throw new InvalidInput(
                    "stack",
                    "the stack's name is not usable",
                    "Use one to four parts of lower-case letters, digits, '-' or '_', divided by"
                            + " '/', for example payments/production.");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
