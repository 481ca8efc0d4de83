package dev.devopspack.gate;

import dev.devopspack.change.ChangeSetId;
import java.time.Instant;
import java.util.Optional;

/// Keeps what the gates said, newest last; what was stored is never changed.
public interface VerdictStore {

    void store(ChangeSetId changeSet, Verdicts verdicts, Instant at);

    /// The newest verdicts on the change set.
    Optional<Verdicts> latest(ChangeSetId changeSet);
}
