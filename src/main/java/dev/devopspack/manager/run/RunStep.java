package dev.devopspack.manager.run;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One task of a run.
///
/// @param position from 0, in the order of the document
/// @param attempts how often it was begun: more than once where a process ended in the middle
/// @param result once it ended
public record RunStep(
        int position, int attempts, @Nullable StepResult result, @Nullable Instant endedAt) {

    public static RunStep waiting(int position) {
        return new RunStep(position, 0, null, null);
    }

    public boolean ended() {
        return result != null;
    }
}
