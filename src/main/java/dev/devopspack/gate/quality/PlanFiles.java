package dev.devopspack.gate.quality;

/// Reads plan files that callers give. They hold sensitive values in clear: nothing of them is
/// kept.
public interface PlanFiles {

    /// `terraform show -json` of a plan file.
    Shown show(byte[] planFile);

    sealed interface Shown {

        /// @param text the plan as JSON, sensitive values in clear: to be masked at once
        record Json(String text) implements Shown {}

        record Failed(String why) implements Shown {}
    }
}
