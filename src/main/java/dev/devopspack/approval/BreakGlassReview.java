package dev.devopspack.approval;

import dev.devopspack.approval.Approval.Status;
import dev.devopspack.approval.Refusal.Code;
import dev.devopspack.approval.act.Act;
import dev.devopspack.approval.act.Acts;
import dev.devopspack.approval.act.Acts.Prepared;
import dev.devopspack.approval.act.Acts.Result;
import dev.devopspack.approval.act.Acts.Signature;
import dev.devopspack.approval.act.Acts.Signed;
import dev.devopspack.approval.act.SignedAct;
import dev.devopspack.approval.emergency.BrokenGlass;
import dev.devopspack.approval.emergency.BrokenGlassStore;
import dev.devopspack.audit.AuditLog;
import dev.devopspack.identity.NotAllowed;
import dev.devopspack.identity.Person;
import dev.devopspack.identity.PersonId;
import dev.devopspack.identity.PersonStore;
import dev.devopspack.identity.Principal;
import dev.devopspack.identity.Role;
import dev.devopspack.task.InvalidInput;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where another person looks at what one let through alone, and says whether it was right: signed
/// in, and with a passkey. Until then the glass is not broken again.
public final class BreakGlassReview {

    private final Acts acts;
    private final ApprovalStore store;
    private final BrokenGlassStore uses;
    private final PersonStore people;
    private final Trail trail;
    private final Clock clock;

    public BreakGlassReview(
            Acts acts,
            ApprovalStore store,
            BrokenGlassStore uses,
            PersonStore people,
            AuditLog log,
            Clock clock) {
        this.acts = acts;
        this.store = store;
        this.uses = uses;
        this.people = people;
        this.trail = new Trail(log);
        this.clock = clock;
    }

    /// The text to sign.
    ///
    /// @param justified whether it was right to do it
    /// @param finding what came of looking at it; not empty
    /// @throws NotAllowed unless `by` is a signed-in person
    public Prepared prepare(Principal by, ApprovalId id, boolean justified, String finding) {
        PersonId person = Acts.person(by);
        Optional<Refusal> refusal = barred(person, id);
        if (refusal.isPresent()) {
            return new Prepared.Refused(refusal.get());
        }
        BrokenGlass broken = existing(id);
        return acts.prepare(
                person,
                Act.Kind.REVIEW,
                Map.of(
                        "request", id.value(),
                        "used", broken.act().value(),
                        "incident", broken.incident(),
                        "justified", justified ? "yes" : "no",
                        "finding", ReasonText.required("finding", finding)));
    }

    /// Keeps the review that was prepared, if the person signed it. A grant that was found
    /// unjustified and not used yet is taken back.
    ///
    /// @throws NotAllowed unless `by` is a signed-in person
    public Result<BrokenGlass> review(Principal by, Signature signature) {
        return acts.sign(by, Act.Kind.REVIEW, signature, this::review);
    }

    private Result<BrokenGlass> review(Signed signed) {
        PersonId person = signed.person();
        Act act = signed.act();
        ApprovalId id = new ApprovalId(act.fact("request"));
        Optional<Refusal> refusal = barred(person, id);
        if (refusal.isPresent()) {
            return new Result.Refused<>(refusal.get());
        }
        boolean justified = act.fact("justified").equals("yes");
        if (!justified) {
            // The row before the log, as who uses the grant at this moment does.
            store.lock(id);
        }
        SignedAct kept = acts.keep(signed, "break_glass.reviewed", Map.of("approval", id.value()));
        BrokenGlass.Review review =
                new BrokenGlass.Review(
                        person, kept.signedAt(), justified, act.fact("finding"), kept.id());
        if (!uses.review(id, review)) {
            throw new InvalidInput("approval", "it was reviewed already", "Load the page again.");
        }
        if (!justified) {
            takeBack(id, act.fact("finding"));
        }
        return new Result.Done<>(existing(id));
    }

    private void takeBack(ApprovalId id, String finding) {
        List<Status> unused = List.of(Status.APPROVED, Status.RESERVED);
        if (store.end(id, unused, Status.REVOKED, finding, clock.instant())) {
            store.find(id)
                    .ifPresent(approval ->
                            trail.append(
                                    "approval.revoked",
                                    "system",
                                    approval.request(),
                                    Map.of("why", finding)));
        }
    }

    /// Another person than the one who broke it and the one who asked, who may look at such things.
    private Optional<Refusal> barred(PersonId person, ApprovalId id) {
        BrokenGlass broken = uses.find(id).orElse(null);
        if (broken == null || broken.reviewed()) {
            return refusal(
                    Code.WRONG_STATUS,
                    "there is nothing to review, or it was reviewed already",
                    "Load the page again.");
        }
        Person reviewer = people.find(person).orElse(null);
        if (reviewer == null
                || !(reviewer.has(Role.APPROVER)
                        || reviewer.has(Role.AUDITOR)
                        || reviewer.has(Role.ADMIN))) {
            return refusal(
                    Code.NOT_ENTITLED,
                    "you have none of the roles APPROVER, AUDITOR and ADMIN",
                    "Ask somebody who has one.");
        }
        boolean asked =
                store.find(id)
                        .filter(approval ->
                                person.toString().equals(approval.request().requester().person()))
                        .isPresent();
        return asked || person.equals(broken.by())
                ? refusal(
                        Code.OWN_REQUEST,
                        "you broke the glass or asked for the change",
                        "Somebody else must review it.")
                : Optional.empty();
    }

    private BrokenGlass existing(ApprovalId id) {
        return uses.find(id).orElseThrow(() -> new IllegalStateException(id + " is gone"));
    }

    private static Optional<Refusal> refusal(Code code, String problem, String mend) {
        return Optional.of(new Refusal(code, problem, mend));
    }
}
