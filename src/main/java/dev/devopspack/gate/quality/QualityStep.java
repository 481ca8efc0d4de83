package dev.devopspack.gate.quality;

import dev.devopspack.policy.Finding;
import java.util.List;

/// One step of the quality gate.
///
/// @param id for example `schema` or `terraform-plan`
/// @param title the state that the step wants
/// @param detail what was looked at, or the reason of a skip
/// @param findings what is to be mended; empty unless it failed
public record QualityStep(
        String id, String title, Outcome outcome, String detail, List<Finding> findings) {
    public QualityStep {
        findings = List.copyOf(findings);
    }

    public enum Outcome {
        PASSED,
        FAILED,
        /// Not done; `detail` says why. Never counted as passed.
        SKIPPED
    }
}
