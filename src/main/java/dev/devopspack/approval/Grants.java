package dev.devopspack.approval;

import dev.devopspack.approval.Approval.Status;
import dev.devopspack.approval.Refusal.Code;
import dev.devopspack.approval.emergency.Emergencies;
import dev.devopspack.approval.enforcement.Bindings;
import dev.devopspack.approval.pause.Pauses;
import dev.devopspack.approval.waiver.Waivers;
import dev.devopspack.audit.AuditLog;
import dev.devopspack.change.ChangeSetStore;
import dev.devopspack.change.Digest;
import dev.devopspack.change.Transactions;
import dev.devopspack.identity.Principal;
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

    private final GrantConditions conditions;
    private final ApprovalStore store;
    private final ChangeSetStore changeSets;
    private final SigningKeys keys;
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
            Quorum quorum,
            SigningKeys keys,
            Pauses pauses,
            Waivers waivers,
            Emergencies emergencies,
            AuditLog log,
            Transactions transactions,
            Clock clock) {
        this.conditions =
                new GrantConditions(
                        policy,
                        verifier,
                        pipelines,
                        store,
                        changeSets,
                        keys,
                        quorum,
                        pauses,
                        waivers,
                        emergencies);
        this.store = store;
        this.changeSets = changeSets;
        this.keys = keys;
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
            return conditions
                    .refusal(by, approval, claim, clock.instant())
                    .<Used>map(Used.Refused::new)
                    .orElseGet(() -> new Used.Done(approval));
        });
    }

    /// Why what is left of a use that has begun is not done any more: of several objects of one
    /// grant the later ones come when it is consumed. Holds the log, as a use does.
    public Optional<Refusal> changed(ApprovalId id) {
        Approval approval =
                store.lock(id).orElseThrow(() -> new IllegalStateException(id + " is gone"));
        log.hold();
        return conditions.changed(approval);
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
                    conditions.refusal(by, approval, claim, now).or(() -> done(by, claim, step));
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
        Optional<Refusal> refusal = conditions.changed(approval);
        if (refusal.isPresent() || step.done(now)) {
            return refusal;
        }
        // Somebody was faster: read again to say why.
        return Optional.of(conditions.lost(by, claim, now));
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

    private static ApprovalStore.Use use(Claim claim, Principal by) {
        return new ApprovalStore.Use(claim.id(), claim.digest(), claim.environment(), by.actor());
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
}
