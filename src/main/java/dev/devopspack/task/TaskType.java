package dev.devopspack.task;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What kind of work is asked for, for example `devops.terraform`.
///
/// Names from outside are folded into ours: `devops.infrastructure` is `devops.terraform`. A name
/// may also say the capability: `devops.incident_runbook` is `runbook_generation` of
/// `devops.incident_response`.
public record TaskType(String value) {

    private static final Pattern SHAPE = Pattern.compile("devops\\.[a-z][a-z_]{0,48}");
    private static final Map<String, String> OTHER_NAMES =
            Map.of(
                    "devops.infrastructure", "devops.terraform",
                    "devops.incident_runbook", "devops.incident_response");

    private static final Map<String, String> CAPABILITIES =
            Map.of("devops.incident_runbook", "runbook_generation");

    public static final TaskType TERRAFORM = new TaskType("devops.terraform");
    public static final TaskType INCIDENT_RESPONSE = new TaskType("devops.incident_response");
    public static final TaskType CICD = new TaskType("devops.cicd");
    public static final TaskType SECURITY = new TaskType("devops.security");

    /// A request in plain language, for the manager to route.
    public static final TaskType MANAGER = new TaskType("devops.pack_manager");

    public TaskType {
        value = OTHER_NAMES.getOrDefault(value, value);
        if (!SHAPE.matcher(value).matches()) {
            throw new InvalidInput(
                    "type",
                    "the task type is not of the form devops.NAME",
                    "Use a type such as devops.terraform.");
        }
    }

    /// The capability that a name from outside says, where it says one.
    public static Optional<String> capabilityOf(String name) {
        return Optional.ofNullable(CAPABILITIES.get(name));
    }

    @Override
    public String toString() {
        return value;
    }
}
