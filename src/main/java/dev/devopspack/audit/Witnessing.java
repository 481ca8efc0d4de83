package dev.devopspack.audit;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How the witness stands that signs the log's checkpoints elsewhere.
@FunctionalInterface
public interface Witnessing {

    /// @return nothing where no witness is configured
    Optional<Standing> standing();

    /// @param name of the witness
    /// @param size of the newest checkpoint that it signed; 0 where it has signed none yet
    /// @param lastAt when it was last asked with success
    /// @param problem what was wrong the last time; empty where nothing was
    record Standing(String name, long size, @Nullable Instant lastAt, String problem) {}
}
