package dev.devopspack.manager;

import dev.devopspack.manager.route.RoutingTerms;
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
import java.util.Set;

/// The specialists of this installation: who does what.
@ApplicationScoped
class Specialists {

    private final List<Specialist> all;
    private final RoutingTerms terms = RoutingTerms.shipped();

    Specialists(Instance<Specialist> found) {
        this.all = found.stream().sorted(Comparator.comparing(Specialist::agent)).toList();
    }

    List<Specialist> all() {
        return all;
    }

    /// @throws InvalidInput where nobody does this kind of task; names the nearest that somebody
    ///   does
    Specialist of(TaskType type) {
        return all.stream()
                .filter(specialist -> specialist.taskType().equals(type))
                .findFirst()
                .orElseThrow(() -> unknown(type));
    }

    /// Which inputs of a task hold files that are judged and forgotten. Says nothing of a task that
    /// nobody does: that is refused where it is routed.
    Set<String> judgedInputs(Task task) {
        return all.stream()
                .filter(specialist -> specialist.taskType().equals(task.type()))
                .flatMap(specialist -> specialist.capabilities().stream())
                .filter(capability ->
                        task.capability() == null || capability.name().equals(task.capability()))
                .findFirst()
                .map(Capability::judgedInputs)
                .orElse(Set.of());
    }

    RoutingTerms terms() {
        return terms;
    }

    /// What is said of a field of work that no agent does yet.
    static InvalidInput notOffered(String where, RoutingTerms.Field field) {
        String instead = field.instead();
        return new InvalidInput(
                where,
                "no agent here does " + field.about() + " (" + field.agent() + ") yet",
                instead == null
                        ? "Ask for something else, or write the files yourself and send"
                                + " them with change_set_submit."
                        : instead);
    }

    private InvalidInput unknown(TaskType type) {
        RoutingTerms.Field field = terms.fieldOf(type.value().replace('.', '_'));
        if (field != null) {
            return notOffered("/type", field);
        }
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
