package dev.devopspack.task;

import java.util.Map;
import java.util.regex.Pattern;

/// What kind of work is asked for, for example `devops.terraform`.
///
/// Names from outside are folded into ours: `devops.infrastructure` is `devops.terraform`.
public record TaskType(String value) {

    private static final Pattern SHAPE = Pattern.compile("devops\\.[a-z][a-z_]{0,48}");
    private static final Map<String, String> OTHER_NAMES =
            Map.of("devops.infrastructure", "devops.terraform");

    public static final TaskType TERRAFORM = new TaskType("devops.terraform");

    public TaskType {
        value = OTHER_NAMES.getOrDefault(value, value);
        if (!SHAPE.matcher(value).matches()) {
            throw new InvalidInput(
                    "type",
                    "the task type is not of the form devops.NAME",
                    "Use a type such as devops.terraform.");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
