package dev.devopspack.manager;

import dev.devopspack.change.Hidden;
import dev.devopspack.intake.TaskDocument;
import dev.devopspack.intake.TaskReader;
import dev.devopspack.manager.draft.Draft;
import dev.devopspack.manager.draft.Drafter;
import dev.devopspack.manager.draft.LanguageModel;
import dev.devopspack.specialist.Capability;
import dev.devopspack.specialist.Outcome;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.task.Task;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The typed input of a task: as the caller gave it, else as a language model read it from the
/// request where one is configured, else asked for with its schema and an example.
@ApplicationScoped
class Inputs {

    /// A claim is a sentence for a person to read.
    private static final int MAX_REQUEST_SHOWN = 300;

    private final Drafter drafter;

    Inputs(LanguageModel model, Clock clock) {
        this.drafter = new Drafter(model, clock);
    }

    sealed interface Filled {

        /// @param task with its typed input
        /// @param writtenBy the model's part, where the caller did not give the input himself
        record Ready(TaskDocument task, Optional<Draft.Written> writtenBy) implements Filled {}

        record Required(Outcome.InputRequired missing) implements Filled {}
    }

    /// A model's input is read by the same reader as a caller's, and must pass the same door.
    ///
    /// @throws InvalidInput where the reader refuses it
    Filled of(TaskDocument task, Destination.Found found) {
        String request = task.task().request();
        if (request == null || !task.task().input().isEmpty()) {
            return new Filled.Ready(task, Optional.empty());
        }
        return switch (drafter.draft(request, found.capability())) {
            case Draft.Written written ->
                    new Filled.Ready(
                            TaskReader.read(document(task.task(), found, written)),
                            Optional.of(written));
            case Draft.GivenUp givenUp ->
                    required(
                            found,
                            "the language model "
                                    + givenUp.model()
                                    + " could not read it from the request ("
                                    + givenUp.why()
                                    + ").");
            case Draft.NoModel _ ->
                    required(
                            found,
                            "no language model is configured that could read it from the request.");
        };
    }

    private static String document(Task task, Destination.Found found, Draft.Written written) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("type", found.specialist().taskType().value());
        fields.put("capability", found.capability().name());
        fields.put("input", written.input());
        if (task.environment() != null) {
            fields.put("environment", task.environment().value());
        }
        if (task.stack() != null) {
            fields.put("stack", task.stack().value());
        }
        return Json.pretty(Map.of("task", fields));
    }

    private static Filled required(Destination.Found found, String why) {
        Capability<?> capability = found.capability();
        Map<String, Object> schema = capability.inputSchema();
        Map<String, Object> task = new LinkedHashMap<>();
        task.put("type", found.specialist().taskType().value());
        task.put("capability", capability.name());
        task.put("input", capability.example());
        return new Filled.Required(
                new Outcome.InputRequired(
                        List.of(
                                new Outcome.MissingInput(
                                        "/input",
                                        "What "
                                                + capability.name()
                                                + " shall make, as typed values: "
                                                + why,
                                        schema,
                                        capability.example())),
                        schema,
                        Map.of("task", task)));
    }

    /// What a person who approves is told of an input that a model wrote.
    static String claim(Draft.Written written, String request) {
        String shown = Hidden.marked(request).replace('\n', ' ').strip();
        return "The language model "
                + written.model()
                + " wrote the input from this request: "
                + (shown.length() > MAX_REQUEST_SHOWN
                        ? shown.substring(0, MAX_REQUEST_SHOWN) + "…"
                        : shown);
    }
}
