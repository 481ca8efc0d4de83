package dev.devopspack.specialist.cicd.workflow;

/// Runs of the same group come one after another.
///
/// @param cancel whether a newer one ends the one that runs, or an expression that says so
public record Concurrency(Value group, Value cancel) {

    /// Those that wait let the one that runs end.
    public static Concurrency waiting(Value group) {
        return new Concurrency(group, new Value.Flag(false));
    }

    boolean neverCancels() {
        return cancel.equals(new Value.Flag(false));
    }
}
