package dev.devopspack.specialist.cicd.workflow;

import java.util.regex.Pattern;

/// Lines for bash. No expression can stand in them: what they need from outside comes as a variable
/// of the step, which bash does not read as program text.
public record Script(String text) {

    private static final Pattern LINES = Pattern.compile("[ -~\n]+");

    public Script {
        Checks.noExpression(text);
        if (!LINES.matcher(text).matches() || text.isBlank()) {
            throw new IllegalArgumentException("a script holds lines of visible ASCII");
        }
    }
}
