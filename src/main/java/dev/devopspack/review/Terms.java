package dev.devopspack.review;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Under which terms a change set is put before people.
///
/// @param requestedBy the display name of the person behind the requester, where known
/// @param decideBy after it nobody can decide
/// @param executeWithin how long the grant can be used after the last decision
/// @param approvers how many people have to approve
/// @param uses how often the grant can be used
/// @param policy the name of the approval policy, for example `strict`
public record Terms(
        @Nullable String requestedBy,
        Instant requestedAt,
        Instant decideBy,
        Duration executeWithin,
        int approvers,
        int uses,
        String policy) {}
