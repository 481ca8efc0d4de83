package dev.devopspack.approval;

import dev.devopspack.identity.PersonId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How long people look at a request before they decide: a yes within seconds was not read.
///
/// Counted from when the person's page first showed the request to the signature.
public interface ReadingTimes {

    /// Below this nobody has read a change.
    Duration HASTY = Duration.ofSeconds(10);

    /// Keeps the first time alone.
    void seen(ApprovalId approval, PersonId person, Instant at);

    /// What came of the decisions since then whose page was shown.
    Pace pace(Instant since);

    /// @param median null where nothing was decided
    /// @param hasty how many took less than {@link #HASTY}
    record Pace(long decisions, @Nullable Duration median, long hasty) {

        /// The share that was hasty, in whole percent, rounded up: one of a thousand is not none.
        public long hastyPercent() {
            return decisions == 0 ? 0 : (hasty * 100 + decisions - 1) / decisions;
        }
    }
}
