package dev.devopspack.gate.quality;

import java.util.List;
import java.util.Optional;

/// What terraform said of a module.
///
/// @param results one for each command that was asked for, in order
/// @param plannedJson what `terraform show -json` printed of the plan, if it came that far
/// @param marking what the result rests on: `offline: schema-checked against aws 6.66.0, not
///   cloud-checked`
public record TerraformRun(List<Result> results, Optional<String> plannedJson, String marking) {
    public TerraformRun {
        results = List.copyOf(results);
    }

    public record Result(TerraformCommand command, Outcome outcome) {}

    public sealed interface Outcome {
        record Passed() implements Outcome {}

        /// @param problems at least one
        record Failed(List<Problem> problems) implements Outcome {
            public Failed {
                problems = List.copyOf(problems);
            }
        }

        record Skipped(String reason) implements Outcome {}
    }

    /// One error that terraform reported.
    ///
    /// @param file the artifact's name; empty where terraform named no place
    /// @param line from 1; 0 where unknown
    /// @param column from 1; 0 where unknown
    public record Problem(String file, int line, int column, String message) {}

    /// True if every command that was asked for passed.
    public boolean passed() {
        return results.stream().allMatch(result -> result.outcome() instanceof Outcome.Passed);
    }
}
