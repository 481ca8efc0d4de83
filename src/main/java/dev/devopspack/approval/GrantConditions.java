package dev.devopspack.approval;

import dev.devopspack.approval.Approval.Reservation;
import dev.devopspack.approval.Approval.Window;
import dev.devopspack.approval.Refusal.Code;
import dev.devopspack.approval.emergency.Emergencies;
import dev.devopspack.approval.enforcement.Bindings;
import dev.devopspack.approval.pause.Pauses;
import dev.devopspack.approval.waiver.Waivers;
import dev.devopspack.change.ChangeSetStore;
import dev.devopspack.change.Target;
import dev.devopspack.identity.Principal;
import dev.devopspack.identity.Role;
import dev.devopspack.identity.Workload;
import java.time.Instant;
import java.util.Optional;

/// Why a grant cannot be used: who asks, what it was given for, what became of it and of the people
/// behind it, and the files that are presented. Changes nothing.
final class GrantConditions {

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

    GrantConditions(
            ApprovalPolicy policy,
            GrantVerifier verifier,
            Bindings pipelines,
            ApprovalStore store,
            ChangeSetStore changeSets,
            SigningKeys keys,
            Quorum quorum,
            Pauses pauses,
            Waivers waivers,
            Emergencies emergencies) {
        this.policy = policy;
        this.verifier = verifier;
        this.pipelines = pipelines;
        this.store = store;
        this.changeSets = changeSets;
        this.keys = keys;
        this.quorum = quorum;
        this.pauses = pauses;
        this.waivers = waivers;
        this.emergencies = emergencies;
    }

    /// The first reason that there is; nothing where the grant can be used.
    Optional<Refusal> refusal(Principal by, Approval approval, Grants.Claim claim, Instant now) {
        return entitled(by)
                .or(() -> bound(by, approval))
                .or(() -> pauses.against(approval.request()))
                .or(() -> status(approval, claim, by, now))
                .or(() -> standing(approval))
                .or(() -> waivers.against(approval.request()))
                .or(() -> contents(approval, claim, now));
    }

    /// What may have become of an approval by what somebody did meanwhile.
    Optional<Refusal> changed(Approval approval) {
        return pauses.against(approval.request())
                .or(() -> standing(approval))
                .or(() -> waivers.against(approval.request()));
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

    private Optional<Refusal> status(
            Approval approval, Grants.Claim claim, Principal by, Instant now) {
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

    private Optional<Refusal> contents(Approval approval, Grants.Claim claim, Instant now) {
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

    /// Why a step that looked possible was not.
    Refusal lost(Principal by, Grants.Claim claim, Instant now) {
        return store.find(claim.id())
                .flatMap(approval -> status(approval, claim, by, now))
                .orElseGet(() ->
                        new Refusal(
                                Code.WRONG_STATUS,
                                "another caller was faster",
                                "Look at its status and ask again."));
    }

    private static Optional<Refusal> refusal(Code code, String problem, String mend) {
        return Optional.of(new Refusal(code, problem, mend));
    }
}
