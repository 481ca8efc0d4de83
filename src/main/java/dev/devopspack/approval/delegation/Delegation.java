package dev.devopspack.approval.delegation;

import dev.devopspack.approval.act.Ended;
import dev.devopspack.change.Digest;
import dev.devopspack.identity.PersonId;
import dev.devopspack.task.Environment;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// That an approver lets another person decide in his place.
///
/// @param id `dl-` and 16 letters and digits
/// @param from an approver of the environment by his own right
/// @param reason in his own words
/// @param until before then it counts
/// @param act the signed act that made it
/// @param ended how it was taken back, where it was
public record Delegation(
        String id,
        PersonId from,
        PersonId to,
        Environment environment,
        String reason,
        Instant since,
        Instant until,
        Digest act,
        @Nullable Ended ended) {

    /// Whether it holds by itself; the two people are looked at apart.
    public boolean runs(Instant now) {
        return ended == null && now.isBefore(until);
    }
}
