package dev.devopspack.approval.pause;

import dev.devopspack.change.Digest;
import dev.devopspack.identity.PersonId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// That something is or was paused.
///
/// @param id `pause-` and 16 letters and digits
/// @param act the signed act that began it
/// @param lifted how it ended, once it did
public record Pause(
        String id,
        PauseScope scope,
        String reason,
        PersonId by,
        Instant since,
        Digest act,
        @Nullable Lifted lifted) {

    /// How it ended.
    ///
    /// @param act the signed act that ended it
    public record Lifted(PersonId by, Instant at, Digest act) {}

    public boolean active() {
        return lifted == null;
    }
}
