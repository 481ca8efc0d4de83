package dev.devopspack.manager;

import dev.devopspack.specialist.Capability;
import dev.devopspack.specialist.Specialist;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.task.Nearest;
import dev.devopspack.task.Task;
import dev.devopspack.task.TaskType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.Comparator;
import java.util.List;

/// The specialists of this installation: who does what.
@ApplicationScoped
class Specialists {

    private final List<Specialist> all;

    Specialists(Instance<Specialist> found) {
        this.all = found.stream().sorted(Comparator.comparing(Specialist::agent)).toList();
    }

    /// @throws InvalidInput where nobody does this kind of task; names the nearest that somebody
    ///   does
    Specialist of(TaskType type) {
        return all.stream()
                .filter(specialist -> specialist.taskType().equals(type))
                .findFirst()
                .orElseThrow(() -> unknown(type));
    }

    /// The capability that the task names, or the specialist's first.
    static Capability<?> capability(Specialist specialist, Task task) {
        return task.capability() == null
                ? specialist.capabilities().getFirst()
                : specialist.capability(task.capability());
    }

    private InvalidInput unknown(TaskType type) {
        List<String> types = all.stream().map(specialist -> specialist.taskType().value()).toList();
        List<String> near = Nearest.to(type.value(), types, 1);
        return new InvalidInput(
                "/type",
                "no agent does '" + type + "'",
                near.isEmpty()
                        ? "Use one of " + String.join(", ", types) + "."
                        : "Did you mean '" + near.getFirst() + "'?");
    }
}
