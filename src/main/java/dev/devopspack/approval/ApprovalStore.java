package dev.devopspack.approval;

import dev.devopspack.approval.Approval.Status;
import dev.devopspack.approval.Approval.Window;
import dev.devopspack.change.ChangeSetId;
import dev.devopspack.change.CommitAuthor;
import dev.devopspack.change.Digest;
import dev.devopspack.change.Requester;
import dev.devopspack.task.Environment;
import dev.devopspack.task.StackName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Keeps requests, decisions, grants and where they stand.
///
/// Every method that changes a status is **one** SQL statement whose WHERE holds the whole
/// condition, so that of many racing callers exactly one wins. The reason of a refusal is worked
/// out afterwards by reading.
public interface ApprovalStore {

    /// Stores a request as PENDING unless another one for the same digest is live (PENDING,
    /// APPROVED or RESERVED).
    ///
    /// @return whether it was stored
    boolean insert(ApprovalRequest request);

    Optional<Approval> find(ApprovalId id);

    /// The same, locked until the transaction ends (`SELECT … FOR UPDATE`), so that two people who
    /// decide at once are counted one after the other.
    Optional<Approval> lock(ApprovalId id);

    /// All requests for the change set, the newest first.
    List<Approval> ofChangeSet(ChangeSetId changeSet);

    /// The newest first.
    List<Approval> newest(int limit);

    /// Keeps who wrote the commits of a change set; what was named once stays.
    void author(ChangeSetId changeSet, Set<CommitAuthor> authors);

    /// Who wrote its commits, as far as that is known.
    Set<CommitAuthor> authorsOf(ChangeSetId changeSet);

    /// How many requests of this requester were made at `since` or later: of his human, where one
    /// is known, through whatever token.
    int askedSince(Requester requester, Instant since);

    /// Those stored as PENDING, the nearest deadline first.
    List<Approval> pending(int limit);

    /// PENDING, APPROVED or RESERVED ones whose clock has run out at `now`.
    List<Approval> due(Instant now, int limit);

    /// Those whose grant may be used at `now`, or was consumed and nobody has reported how it went:
    /// the newest first.
    List<Approval> usable(Environment environment, Instant now, int limit);

    /// Those of one stack in one environment, in whatever status: the newest first.
    List<Approval> ofStack(StackName stack, Environment environment, int limit);

    /// @return false where the person has decided on this request before
    boolean insertDecision(Decision decision);

    /// PENDING to APPROVED, before `decideBy` at `now`.
    boolean approve(ApprovalId id, Window window, Instant now);

    /// From one of `from` to `to`, with the note: denial, expiry, revocation.
    ///
    /// @param from never empty
    boolean end(ApprovalId id, List<Status> from, Status to, String note, Instant now);

    /// APPROVED, or RESERVED with an ended lease, to RESERVED: where id, digest and environment are
    /// the same and `now` is in the window. The same caller may renew its own lease.
    boolean reserve(Use use, Instant leaseUntil, Instant now);

    /// RESERVED back to APPROVED, where the caller holds it.
    boolean release(ApprovalId id, String caller, Instant now);

    /// APPROVED, or RESERVED by this caller or with an ended lease, to CONSUMED: where id, digest
    /// and environment are the same and `now` is in the window. Exactly once.
    boolean consume(Use use, Instant now);

    /// CONSUMED to SUCCEEDED, FAILED or UNKNOWN, where it was this caller who consumed it.
    boolean reportOutcome(ApprovalId id, String caller, Status outcome, String note, Instant now);

    /// @param envelope the DSSE envelope as text, byte for byte
    void insertGrant(ApprovalId id, String envelope, Instant at);

    Optional<String> grant(ApprovalId id);

    /// What a caller must name to use a grant.
    ///
    /// @param caller a principal's actor, for example `token:ID`
    record Use(ApprovalId id, Digest digest, Environment environment, String caller) {}
}
