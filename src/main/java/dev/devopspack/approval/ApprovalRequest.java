package dev.devopspack.approval;

import dev.devopspack.change.ChangeSetId;
import dev.devopspack.change.Digest;
import dev.devopspack.change.Requester;
import dev.devopspack.task.Environment;
import dev.devopspack.task.StackName;
import java.time.Duration;
import java.time.Instant;

/// What people are asked, once and for all: nothing of it ever changes.
///
/// @param digest of the change set's manifest
/// @param verdicts the digest of the other gates' verdicts
/// @param requester who asked; the human behind it never counts
/// @param policy the digest of the approval policy in force
/// @param quorum how many distinct people must approve
/// @param decideBy after this it is EXPIRED
/// @param executeWithin how long after the last decision the grant may be used
public record ApprovalRequest(
        ApprovalId id,
        ChangeSetId changeSet,
        Digest digest,
        Digest verdicts,
        Rendering rendering,
        Environment environment,
        StackName stack,
        Requester requester,
        Digest policy,
        int quorum,
        Instant createdAt,
        Instant decideBy,
        Duration executeWithin) {}
