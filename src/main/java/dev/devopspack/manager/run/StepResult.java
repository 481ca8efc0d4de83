package dev.devopspack.manager.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a step of a run came to, as it is kept. What can change afterwards (an approval) is not
/// here: it is looked at when somebody asks.
///
/// @param outcome `proposal`, `report`, `input_required`, `refused` or `failed`
/// @param agent who did it, where somebody was found
/// @param changeSet the id of the stored change set
/// @param summary what was done, a short line each
/// @param next what the agent says to do with it
/// @param report facts of a report
/// @param missing which inputs are missing, with schema and example
/// @param problem why it was refused or failed
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StepResult(
        String outcome,
        @Nullable String agent,
        @Nullable String capability,
        @Nullable String changeSet,
        List<String> summary,
        List<String> next,
        @Nullable Map<String, Object> report,
        @Nullable Map<String, Object> missing,
        @Nullable Problem problem) {

    public StepResult {
        summary = List.copyOf(summary);
        next = List.copyOf(next);
    }

    /// @param where the place in the document of the run
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Problem(String where, String problem, String mend, @Nullable String example) {}

    public static StepResult ended(String outcome, Problem problem) {
        return new StepResult(
                outcome, null, null, null, List.of(), List.of(problem.mend()), null, null, problem);
    }
}
