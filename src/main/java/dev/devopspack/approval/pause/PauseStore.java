package dev.devopspack.approval.pause;

import dev.devopspack.approval.act.Ended;
import java.util.List;
import java.util.Optional;

/// Keeps pauses, for every replica to see.
public interface PauseStore {

    /// @return false where the same scope is paused already
    boolean insert(Pause pause);

    /// Ends it, in one statement.
    ///
    /// @return false where it was lifted before
    boolean lift(String id, Ended lifted);

    Optional<Pause> find(String id);

    /// Those that hold now, the widest first.
    List<Pause> active();

    /// The newest first, with those that were lifted.
    List<Pause> newest(int limit);
}
