package dev.devopspack.specialist.cicd.workflow;

import dev.devopspack.change.Hidden;
import java.util.regex.Pattern;

/// The shapes that names and texts of a workflow must have.
final class Checks {

    private static final Pattern IDENTIFIER = Pattern.compile("[a-z][a-z0-9_-]{0,99}");
    private static final Pattern CONSTANT = Pattern.compile("[A-Z][A-Z0-9_]{0,99}");
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ,.()/'_:-]{0,118}");

    private Checks() {}

    static String noExpression(String text) {
        if (text.contains(Value.OPEN)) {
            throw new IllegalArgumentException("a plain text cannot begin an expression");
        }
        text.lines()
                .forEach(line -> {
                    if (Hidden.firstIn(line) >= 0) {
                        throw new IllegalArgumentException("a text holds visible characters only");
                    }
                });
        return text;
    }

    static String identifier(String text) {
        return matching(IDENTIFIER, text);
    }

    static String constant(String text) {
        return matching(CONSTANT, text);
    }

    /// A name that people read.
    static String label(String text) {
        return matching(LABEL, text);
    }

    private static String matching(Pattern shape, String text) {
        if (!shape.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' does not match " + shape.pattern());
        }
        return text;
    }
}
