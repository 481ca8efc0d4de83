package dev.devopspack.approval.pause;

import dev.devopspack.approval.act.Ended;
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
        @Nullable Ended lifted) {

    public boolean active() {
        return lifted == null;
    }
}
