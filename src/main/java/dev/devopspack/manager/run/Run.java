package dev.devopspack.manager.run;

import dev.devopspack.identity.Principal;
import java.time.Instant;
import java.util.List;

/// Several tasks that were asked for at once.
///
/// @param document as it came in, without secrets: those are refused at the door
/// @param client the software that asked, as it names itself
/// @param steps one a task, in the order of the document
public record Run(
        RunId id,
        Principal caller,
        String client,
        String document,
        Instant createdAt,
        List<RunStep> steps) {

    public Run {
        steps = List.copyOf(steps);
    }

    public boolean ended() {
        return steps.stream().allMatch(RunStep::ended);
    }

    public int endedSteps() {
        return (int) steps.stream().filter(RunStep::ended).count();
    }
}
