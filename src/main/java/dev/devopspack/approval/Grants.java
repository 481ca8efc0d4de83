package dev.devopspack.approval;

import dev.devopspack.approval.Approval.Reservation;
import dev.devopspack.approval.Approval.Status;
import dev.devopspack.approval.Approval.Window;
import dev.devopspack.approval.Refusal.Code;
import dev.devopspack.approval.delegation.Delegations;
import dev.devopspack.approval.emergency.Emergencies;
import dev.devopspack.approval.enforcement.Bindings;
import dev.devopspack.approval.pause.Pauses;
import dev.devopspack.approval.waiver.Waivers;
import dev.devopspack.audit.AuditLog;
import dev.devopspack.change.ChangeSetStore;
import dev.devopspack.change.Digest;
import dev.devopspack.change.Target;
import dev.devopspack.change.Transactions;
import dev.devopspack.identity.PasskeyStore;
import dev.devopspack.identity.PersonStore;
import dev.devopspack.identity.Principal;
import dev.devopspack.identity.Role;
import dev.devopspack.identity.Workload;
import dev.devopspack.task.Environment;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Using a grant: a pipeline reserves it, consumes it exactly once and reports how it went.
///
/// Every use looks again at the whole grant, at the files that the pipeline presents, and at the
/// people who approved: one who lost his role or passkey since does not count any more. What others
/// may change at the same moment is looked at last, while the log is held: where a pause stands in
/// the log before a use, that use was refused.
public final class Grants {

    /// Long enough to check out and initialise, short enough that a dead pipeline blocks nobody.
    public static final Duration LEASE = Duration.ofMinutes(10);

    private final ApprovalPolicy policy;
    private final GrantVerifier verifier;
    private final Bindings pipelines;
    private final ApprovalStore store;
    private final ChangeSetStore changeSets;
    private final SigningKeys keys;
    private final Quorum quorum;
    private final Pauses pauses;
    private final Waivers waivers;
    private final Emergencies emergencies;
    private final AuditLog log;
    private final Trail trail;
    private final Transactions transactions;
    private final Clock clock;

    public Grants(
            ApprovalPolicy policy,
            GrantVerifier verifier,
            Bindings pipelines,
            ApprovalStore store,
            ChangeSetStore changeSets,
            PersonStore people,
            PasskeyStore passkeys,
            SigningKeys keys,
            Pauses pauses,
            Waivers waivers,
            Delegations delegations,
            Emergencies emergencies,
            AuditLog log,
            Transactions transactions,
            Clock clock) {
        this.policy = policy;
        this.verifier = verifier;
        this.pipelines = pipelines;
        this.store = store;
        this.changeSets = changeSets;
        this.keys = keys;
        this.pauses = pauses;
        this.waivers = waivers;
        this.emergencies = emergencies;
        this.quorum = new Quorum(people, passkeys, delegations, store);
        this.log = log;
        this.trail = new Trail(log);
        this.transactions = transactions;
        this.clock = clock;
    }

    /// What a pipeline says it is about to do.
    ///
    /// @param digest of the change set
    /// @param files the files that will be used
    /// @param plan the SHA-256 of the plan file that will be applied, where there is one
    public record Claim(
            ApprovalId id,
            Digest digest,
            Environment environment,
            PresentedFiles files,
            @Nullable Digest plan) {}

    public sealed interface Used {

        /// @param approval as it stands now
        record Done(Approval approval) implements Used {}

        record Refused(Refusal refusal) implements Used {}
    }

    public enum Outcome {
        SUCCEEDED,
        FAILED,
        /// Nobody can tell: counts as released.
        UNKNOWN;

        private Status status() {
            return switch (this) {
                case SUCCEEDED -> Status.SUCCEEDED;
                case FAILED -> Status.FAILED;
                case UNKNOWN -> Status.UNKNOWN;
            };
        }
    }

    /// The grant as text, once enough people approved.
    public Optional<String> envelope(ApprovalId id) {
        return store.grant(id);
    }

    /// The keys that grants are checked against, for publication.
    public KeySet keys() {
        return keys.published();
    }

    /// Holds the grant for the time of a lease, so that no other pipeline can use it meanwhile. The
    /// holder may call again to renew.
    public Used reserve(Principal by, Claim claim) {
        return use(
                by,
                claim,
                "grant.reserved",
                now -> store.reserve(use(claim, by), now.plus(LEASE), now));
    }

    /// Looks at everything that {@link #consume} looks at and changes nothing: it would be done
    /// now.
    public Used check(Principal by, Claim claim) {
        return transactions.inOne(() -> {
            Approval approval = store.find(claim.id()).orElse(null);
            if (approval == null) {
                return new Used.Refused(Approvals.unknown(claim.id()));
            }
            return refusal(by, approval, claim, clock.instant())
                    .<Used>map(Used.Refused::new)
                    .orElseGet(() -> new Used.Done(approval));
        });
    }

    /// Uses the grant up. Of any number of racing callers exactly one gets {@link Used.Done}.
    public Used consume(Principal by, Claim claim) {
        return use(
                by,
                claim,
                "grant.consumed",
                now -> {
                    boolean won = store.consume(use(claim, by), now);
                    if (won) {
                        request(claim.id())
                                .ifPresent(r -> changeSets.markReleased(r.changeSet(), now));
                    }
                    return won;
                });
    }

    private interface Step {
        boolean done(Instant now);
    }

    private Used use(Principal by, Claim claim, String kind, Step step) {
        return transactions.inOne(() -> {
            Instant now = clock.instant();
            Approval approval = store.find(claim.id()).orElse(null);
            if (approval == null) {
                return new Used.Refused(Approvals.unknown(claim.id()));
            }
            Optional<Refusal> refusal =
                    refusal(by, approval, claim, now).or(() -> done(by, claim, step));
            if (refusal.isPresent()) {
                trail.append(
                        "grant.use_refused",
                        by.actor(),
                        approval.request(),
                        with(by, Map.of("code", refusal.get().code().name(), "step", kind)));
                return new Used.Refused(refusal.get());
            }
            trail.append(kind, by.actor(), approval.request(), with(by, Map.of()));
            return new Used.Done(current(claim.id()));
        });
    }

    /// Takes the step after a last look at what others change. Whoever pauses, takes a waiver, a
    /// delegation, a role or a passkey away says so in the log within the same transaction: he is
    /// either seen here, or comes after this use.
    private Optional<Refusal> done(Principal by, Claim claim, Step step) {
        // The row first, then the log, as everybody else does: nobody waits for each other.
        Approval approval =
                store.lock(claim.id())
                        .orElseThrow(() -> new IllegalStateException(claim.id() + " is gone"));
        log.hold();
        Instant now = clock.instant();
        Optional<Refusal> refusal = changed(approval);
        if (refusal.isPresent() || step.done(now)) {
            return refusal;
        }
        // Somebody was faster: read again to say why.
        return Optional.of(lost(claim, by, now));
    }

    /// What may have become of an approval by what somebody did meanwhile.
    private Optional<Refusal> changed(Approval approval) {
        return pauses.against(approval.request())
                .or(() -> standing(approval))
                .or(() -> waivers.against(approval.request()));
    }

    private Optional<Refusal> refusal(Principal by, Approval approval, Claim claim, Instant now) {
        return entitled(by)
                .or(() -> bound(by, approval))
                .or(() -> pauses.against(approval.request()))
                .or(() -> status(approval, claim, by, now))
                .or(() -> standing(approval))
                .or(() -> waivers.against(approval.request()))
                .or(() -> contents(approval, claim, now));
    }

    /// A job that proves itself is remembered with what it proved.
    private static Map<String, String> with(Principal by, Map<String, String> facts) {
        Workload job = by.workload();
        if (job == null) {
            return facts;
        }
        Map<String, String> all = new HashMap<>(facts);
        all.put("repository", job.repository());
        all.put("ref", job.ref());
        all.put("commit", job.sha());
        all.put("workflow", job.workflow());
        return all;
    }

    /// A job that proves itself is the one that the operator bound to the stack, at the commit that
    /// was approved.
    private Optional<Refusal> bound(Principal by, Approval approval) {
        Workload job = by.workload();
        if (job == null) {
            return Optional.empty();
        }
        ApprovalRequest request = approval.request();
        Target target =
                changeSets
                        .find(request.changeSet())
                        .orElseThrow(
                                () -> new IllegalStateException(request.changeSet() + " is gone"))
                        .target();
        return pipelines
                .refusal(request.stack(), request.environment(), target, job)
                .map(problem ->
                        new Refusal(
                                Code.OTHER_CALLER,
                                problem,
                                "Use the grant from the pipeline that is configured for this"
                                        + " stack, at the approved commit."));
    }

    private static ApprovalStore.Use use(Claim claim, Principal by) {
        return new ApprovalStore.Use(claim.id(), claim.digest(), claim.environment(), by.actor());
    }

    private static Optional<Refusal> entitled(Principal by) {
        boolean may =
                switch (by.kind()) {
                    case SYSTEM -> true;
                    case TOKEN, WORKLOAD, SESSION -> by.roles().contains(Role.PIPELINE);
                };
        return may
                ? Optional.empty()
                : refusal(
                        Code.NOT_ENTITLED,
                        "the caller has no role PIPELINE",
                        "Use a pipeline's token; an admin makes one.");
    }

    private Optional<Refusal> status(Approval approval, Claim claim, Principal by, Instant now) {
        if (!approval.request().digest().equals(claim.digest())) {
            return refusal(
                    Code.OTHER_DIGEST,
                    "the digest is not the approved one",
                    "Use the grant of this change set.");
        }
        if (!approval.request().environment().equals(claim.environment())) {
            return refusal(
                    Code.OTHER_ENVIRONMENT,
                    "'"
                            + approval.request().environment()
                            + "' was approved, not '"
                            + claim.environment()
                            + "'",
                    "Use the grant of this environment.");
        }
        if (!approval.request().policy().equals(policy.digest())) {
            return refusal(
                    Code.POLICY_CHANGED,
                    "the approval policy was changed since this was approved",
                    "Make the change set again.");
        }
        return switch (approval.statusAt(now)) {
            case APPROVED -> notYet(approval, now);
            case RESERVED -> held(approval, by);
            case PENDING ->
                    refusal(
                            Code.WRONG_STATUS,
                            "it waits for people to decide",
                            "Ask again once it is APPROVED.");
            case EXPIRED ->
                    refusal(
                            Code.OUT_OF_TIME,
                            "its time has run out",
                            "Ask for the approval again.");
            case CONSUMED, SUCCEEDED, FAILED, UNKNOWN ->
                    refusal(
                            Code.WRONG_STATUS,
                            "it was used before, at " + approval.changedAt(),
                            "A grant is for one use: ask for the approval again.");
            case DENIED, REVOKED ->
                    refusal(
                            Code.WRONG_STATUS,
                            "it is " + approval.status() + ": " + approval.note(),
                            "Make a change set that fits and ask for its approval.");
        };
    }

    private static Optional<Refusal> notYet(Approval approval, Instant now) {
        Window window = approval.window();
        return window != null && window.contains(now)
                ? Optional.empty()
                : refusal(
                        Code.OUT_OF_TIME,
                        "its time has not begun",
                        "Check the clocks of the server's replicas.");
    }

    private static Optional<Refusal> held(Approval approval, Principal by) {
        Reservation held = approval.reservation();
        return held != null && held.caller().equals(by.actor())
                ? Optional.empty()
                : refusal(
                        Code.HELD_BY_ANOTHER,
                        "another caller holds it until " + (held == null ? "?" : held.leaseUntil()),
                        "Wait for that pipeline, or until its lease ends.");
    }

    private Optional<Refusal> standing(Approval approval) {
        int needed = approval.request().quorum();
        int counted = quorum.counted(approval).size();
        return counted >= needed || emergencies.counts(approval.request())
                ? Optional.empty()
                : refusal(
                        Code.APPROVER_LOST,
                        "somebody who approved is no approver any more, or lost the passkey: "
                                + counted
                                + " of "
                                + needed
                                + " count",
                        "Ask for the approval again.");
    }

    private Optional<Refusal> contents(Approval approval, Claim claim, Instant now) {
        Optional<String> envelope = store.grant(approval.request().id());
        if (envelope.isEmpty()) {
            return refusal(Code.WRONG_STATUS, "it has no grant", "Ask for the approval again.");
        }
        Verification verification =
                verifier.verify(
                        envelope.get(),
                        new GrantVerifier.Intent(claim.environment(), claim.files(), claim.plan()),
                        GrantVerifier.Trust.in(keys.published()),
                        now);
        return switch (verification) {
            case Verification.Verified verified
                    when verified.grant().id().equals(claim.id())
                            && verified.grant().digest().equals(claim.digest()) ->
                    Optional.empty();
            case Verification.Verified _ ->
                    refusal(
                            Code.OTHER_DIGEST,
                            "the grant is for another change set",
                            "Tell an admin: the store does not fit the grant.");
            case Verification.Rejected rejected -> Optional.of(asRefusal(rejected));
        };
    }

    private static Refusal asRefusal(Verification.Rejected rejected) {
        Verification.Problem first = rejected.problems().getFirst();
        String more =
                rejected.problems().size() == 1
                        ? ""
                        : " (and " + (rejected.problems().size() - 1) + " more)";
        Code code =
                switch (first.code()) {
                    case EXPIRED, NOT_YET_VALID -> Code.OUT_OF_TIME;
                    case OTHER_ENVIRONMENT -> Code.OTHER_ENVIRONMENT;
                    case FILE_CHANGED, FILE_MISSING, FILE_EXTRA, PLAN_CHANGED -> Code.OTHER_FILES;
                    case BAD_GRANT,
                            UNKNOWN_KEY,
                            BAD_SERVER_SIGNATURE,
                            KEY_OUT_OF_TIME,
                            BAD_ASSERTION,
                            UNKNOWN_APPROVER,
                            OTHER_SITE,
                            QUORUM_NOT_MET,
                            NOT_IN_LOG ->
                            Code.BAD_ASSERTION;
                };
        return new Refusal(code, first.where() + ": " + first.problem() + more, first.mend());
    }

    private Refusal lost(Claim claim, Principal by, Instant now) {
        return store.find(claim.id())
                .flatMap(approval -> status(approval, claim, by, now))
                .orElseGet(() ->
                        new Refusal(
                                Code.WRONG_STATUS,
                                "another caller was faster",
                                "Look at its status and ask again."));
    }

    /// Gives a reservation back unused.
    public Used release(Principal by, ApprovalId id) {
        return transactions.inOne(() -> {
            Approval approval = store.find(id).orElse(null);
            if (approval == null) {
                return new Used.Refused(Approvals.unknown(id));
            }
            if (!store.release(id, by.actor(), clock.instant())) {
                return new Used.Refused(
                        new Refusal(
                                Code.WRONG_STATUS,
                                "this caller does not hold it",
                                "There is nothing to give back."));
            }
            trail.append("grant.released", by.actor(), approval.request(), Map.of());
            return new Used.Done(current(id));
        });
    }

    /// Says how it went, once, by the caller who consumed it.
    ///
    /// @param note what happened, in the pipeline's words; may be empty
    public Used report(Principal by, ApprovalId id, Outcome outcome, String note) {
        return transactions.inOne(() -> {
            Instant now = clock.instant();
            Approval approval = store.find(id).orElse(null);
            if (approval == null) {
                return new Used.Refused(Approvals.unknown(id));
            }
            String text = ReasonText.of(note);
            if (!store.reportOutcome(id, by.actor(), outcome.status(), text, now)) {
                return new Used.Refused(
                        new Refusal(
                                Code.WRONG_STATUS,
                                "it is "
                                        + approval.statusAt(now)
                                        + ", or another caller consumed it",
                                "Report once, with the token that consumed it."));
            }
            if (outcome == Outcome.FAILED) {
                changeSets.markFailed(approval.request().changeSet());
            }
            trail.append(
                    "grant.outcome",
                    by.actor(),
                    approval.request(),
                    text.isEmpty()
                            ? Map.of("outcome", outcome.name())
                            : Map.of("outcome", outcome.name(), "note", text));
            return new Used.Done(current(id));
        });
    }

    private Optional<ApprovalRequest> request(ApprovalId id) {
        return store.find(id).map(Approval::request);
    }

    private Approval current(ApprovalId id) {
        return store.find(id)
                .orElseThrow(() -> new IllegalStateException("approval " + id + " is gone"));
    }

    private static Optional<Refusal> refusal(Code code, String problem, String mend) {
        return Optional.of(new Refusal(code, problem, mend));
    }
}
