package dev.devopspack.approval.waiver;

import dev.devopspack.approval.act.Ended;
import dev.devopspack.change.Digest;
import dev.devopspack.identity.PersonId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// That a person accepts a finding for a while.
///
/// @param id `wv-` and 16 letters and digits
/// @param reason in the person's own words
/// @param until before then it counts
/// @param act the signed act that made it
/// @param ended how it was taken back, where it was
public record Waiver(
        String id,
        WaiverScope scope,
        String reason,
        PersonId by,
        Instant since,
        Instant until,
        Digest act,
        @Nullable Ended ended) {

    /// Whether it holds by itself; who signed it is looked at apart.
    public boolean runs(Instant now) {
        return ended == null && now.isBefore(until);
    }
}
