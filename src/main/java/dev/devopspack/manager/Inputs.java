package dev.devopspack.manager;

import dev.devopspack.intake.TaskDocument;
import dev.devopspack.specialist.Capability;
import dev.devopspack.specialist.Outcome;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The typed input of a task: as the caller gave it.
@ApplicationScoped
class Inputs {

    /// @return none where a task says in plain language alone what it wants
    Optional<Map<String, Object>> of(TaskDocument task, Capability<?> capability) {
        boolean onlyWords = task.task().request() != null && task.task().input().isEmpty();
        return onlyWords ? Optional.empty() : Optional.of(task.task().input());
    }

    /// Asks for the input with its schema and a filled example of the whole task.
    static Outcome.InputRequired required(Destination.Found found) {
        Capability<?> capability = found.capability();
        Map<String, Object> schema = capability.inputSchema();
        Map<String, Object> task = new LinkedHashMap<>();
        task.put("type", found.specialist().taskType().value());
        task.put("capability", capability.name());
        task.put("input", capability.example());
        String what =
                "What "
                        + capability.name()
                        + " shall make, as typed values: no language model is configured that could"
                        + " read it from the request.";
        return new Outcome.InputRequired(
                List.of(new Outcome.MissingInput("/input", what, schema, capability.example())),
                schema,
                Map.of("task", task));
    }
}
