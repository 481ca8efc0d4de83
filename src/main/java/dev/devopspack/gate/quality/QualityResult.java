package dev.devopspack.gate.quality;

import dev.devopspack.policy.Finding;
import java.util.List;
import java.util.Optional;

/// What the quality steps say of a change set.
///
/// @param steps in the order in which they should be read
/// @param plannedJson what `terraform show -json` printed of the plan of the first root module, if
///   it came that far
/// @param marking what the terraform steps rest on, to be shown with the result
public record QualityResult(List<QualityStep> steps, Optional<String> plannedJson, String marking) {
    public QualityResult {
        steps = List.copyOf(steps);
    }

    /// True if nothing failed and, where terraform is required, nothing was skipped.
    public boolean passes(TerraformPolicy policy) {
        return switch (policy) {
            case REQUIRED ->
                    steps.stream().allMatch(step -> step.outcome() == QualityStep.Outcome.PASSED);
            case IF_PRESENT ->
                    steps.stream().noneMatch(step -> step.outcome() == QualityStep.Outcome.FAILED);
        };
    }

    public List<Finding> findings() {
        return steps.stream().flatMap(step -> step.findings().stream()).toList();
    }
}
