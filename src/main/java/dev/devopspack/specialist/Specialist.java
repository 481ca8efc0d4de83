package dev.devopspack.specialist;

import dev.devopspack.task.InvalidInput;
import dev.devopspack.task.Nearest;
import dev.devopspack.task.TaskType;
import java.util.List;

/// An agent for one field of work, for example `devops_terraform`.
public interface Specialist {

    /// How the agent is called over every protocol, for example `devops_terraform`.
    String agent();

    /// The tasks it is asked with.
    TaskType taskType();

    /// What it is for, in one line.
    String description();

    /// What it can do, the one meant where a task names none first.
    List<Capability<?>> capabilities();

    /// @throws InvalidInput if it has no such capability; says which it has
    default Capability<?> capability(String name) {
        return capabilities().stream()
                .filter(capability -> capability.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknownCapability(name));
    }

    private InvalidInput unknownCapability(String name) {
        List<String> names = capabilities().stream().map(Capability::name).toList();
        List<String> near = Nearest.to(name, names, 1);
        return new InvalidInput(
                "/capability",
                agent() + " has no capability of that name",
                (near.isEmpty() ? "" : "Did you mean '" + near.getFirst() + "'? ")
                        + "It has: "
                        + String.join(", ", names)
                        + ".");
    }
}
