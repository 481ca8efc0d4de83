package dev.devopspack.manager.run;

import java.time.Instant;
import java.util.Optional;

/// Keeps runs. Every call joins the transaction that is open, so that a step ends together with
/// what it stored, or not at all.
public interface RunStore {

    void create(Run run);

    Optional<Run> find(RunId id);

    /// Counts an attempt of a step that has not ended.
    ///
    /// @return which attempt this is, from 1; 0 where the step has ended
    int begin(RunId id, int position);

    /// @return whether this ended it; not where another process has ended it
    boolean end(RunId id, int position, StepResult result, Instant at);

    /// Forgets runs that were made before the limit and have ended.
    ///
    /// @return how many
    int forgetBefore(Instant limit);
}
