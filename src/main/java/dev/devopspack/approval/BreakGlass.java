package dev.devopspack.approval;

import dev.devopspack.approval.Approval.Status;
import dev.devopspack.approval.Approval.Window;
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
import dev.devopspack.approval.pause.Pauses;
import dev.devopspack.approval.waiver.Waivers;
import dev.devopspack.audit.AuditLog;
import dev.devopspack.change.Digest;
import dev.devopspack.change.Hidden;
import dev.devopspack.identity.NotAllowed;
import dev.devopspack.identity.Person;
import dev.devopspack.identity.PersonId;
import dev.devopspack.identity.PersonStore;
import dev.devopspack.identity.Principal;
import dev.devopspack.task.InvalidInput;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where one approver lets a waiting change through alone, for an incident: signed in, and with a
/// passkey. No token comes here, and no tool.
///
/// It lifts how many people must approve. It lifts no gate, no digest, no pause, not who asked, and
/// not that the grant is used once. It cannot be done again before the last use was reviewed.
public final class BreakGlass {

    /// How long the grant may be used: an incident is over by then or is another one.
    public static final Duration USABLE = Duration.ofMinutes(60);

    private static final int MAX_INCIDENT_LENGTH = 100;

    /// More approvers than this are a mailing list: the rest reads the banner.
    private static final int MAX_TOLD = 500;

    private final ApprovalPolicy policy;
    private final Acts acts;
    private final ApprovalStore store;
    private final BrokenGlassStore uses;
    private final PersonStore people;
    private final Pauses pauses;
    private final Waivers waivers;
    private final GrantIssuer issuer;
    private final Trail trail;
    private final Clock clock;

    public BreakGlass(
            ApprovalPolicy policy,
            Acts acts,
            ApprovalStore store,
            BrokenGlassStore uses,
            PersonStore people,
            Pauses pauses,
            Waivers waivers,
            GrantIssuer issuer,
            AuditLog log,
            Clock clock) {
        this.policy = policy;
        this.acts = acts;
        this.store = store;
        this.uses = uses;
        this.people = people;
        this.pauses = pauses;
        this.waivers = waivers;
        this.issuer = issuer;
        this.trail = new Trail(log);
        this.clock = clock;
    }

    /// Why this person could not let this through alone; nothing where he could.
    ///
    /// @throws NotAllowed unless `by` is a signed-in person
    public Optional<Refusal> barred(ApprovalId id, Principal by) {
        PersonId person = Acts.person(by);
        return store.find(id)
                .map(approval -> barred(approval, person, clock.instant()))
                .orElseGet(() -> Optional.of(Approvals.unknown(id)));
    }

    /// The text to sign.
    ///
    /// @param displayed the digest that the browser computed from the request's text on its page
    /// @param incident what the incident is called elsewhere, for example `INC-4711`
    /// @throws NotAllowed unless `by` is a signed-in person
    public Prepared prepare(
            ApprovalId id, Principal by, Digest displayed, String incident, String reason) {
        PersonId person = Acts.person(by);
        Instant now = clock.instant();
        Approval approval = store.find(id).orElse(null);
        if (approval == null) {
            return new Prepared.Refused(Approvals.unknown(id));
        }
        Optional<Refusal> refusal =
                barred(approval, person, now).or(() -> otherText(approval, displayed));
        if (refusal.isPresent()) {
            return new Prepared.Refused(refusal.get());
        }
        ApprovalRequest request = approval.request();
        Map<String, String> facts = new HashMap<>();
        facts.put("request", request.id().value());
        facts.put("changeSet", request.changeSet().value());
        facts.put("digest", request.digest().value());
        facts.put("verdicts", request.verdicts().value());
        facts.put("rendering", request.rendering().digest().value());
        facts.put("environment", request.environment().value());
        facts.put("policy", request.policy().value());
        facts.put("approvers", approval.approvals() + " of " + request.quorum());
        facts.put("uses", "1");
        facts.put("notBefore", now.truncatedTo(ChronoUnit.SECONDS).toString());
        facts.put("executeBy", now.plus(USABLE).truncatedTo(ChronoUnit.SECONDS).toString());
        facts.put("incident", incident(incident));
        facts.put("reason", ReasonText.required("reason", reason));
        return acts.prepare(person, Act.Kind.BREAK_GLASS, facts);
    }

    private static Optional<Refusal> otherText(Approval approval, Digest displayed) {
        return displayed.equals(approval.request().rendering().digest())
                ? Optional.empty()
                : refusal(
                        Code.OTHER_TEXT_SHOWN,
                        "what your browser displayed is not the text of this request",
                        "Reload the page; if it happens again, do not sign and tell an admin.");
    }

    private static String incident(String text) {
        String incident = text.strip();
        if (incident.isEmpty()
                || incident.length() > MAX_INCIDENT_LENGTH
                || Hidden.firstIn(incident) >= 0) {
            throw new InvalidInput(
                    "incident",
                    "it is empty, too long or holds characters that cannot be seen",
                    "Name the incident as your tracker does, for example INC-4711.");
        }
        return ReasonText.of(incident);
    }

    /// Lets through what was prepared, if the person signed it.
    ///
    /// @throws NotAllowed unless `by` is a signed-in person
    public Result<BrokenGlass> use(Principal by, Signature signature) {
        issuer.awake();
        return acts.sign(by, Act.Kind.BREAK_GLASS, signature, this::use);
    }

    private Result<BrokenGlass> use(Signed signed) {
        PersonId person = signed.person();
        Act act = signed.act();
        Instant now = clock.instant();
        Approval approval = store.lock(new ApprovalId(act.fact("request"))).orElseThrow();
        Optional<Refusal> refusal =
                barred(approval, person, now).or(() -> otherRequest(approval.request(), act));
        if (refusal.isPresent()) {
            return new Result.Refused<>(refusal.get());
        }
        ApprovalRequest request = approval.request();
        SignedAct kept =
                acts.keep(
                        signed,
                        "break_glass.used",
                        Map.of("approval", request.id().value(), "stack", request.stack().value()));
        List<PersonId> skipped = skipped(approval, person);
        BrokenGlass broken =
                new BrokenGlass(
                        request.id(),
                        person,
                        act.fact("incident"),
                        act.fact("reason"),
                        now,
                        kept.id(),
                        skipped,
                        null);
        Window window =
                new Window(
                        Instant.parse(act.fact("notBefore")), Instant.parse(act.fact("executeBy")));
        if (!uses.insert(broken) || !store.approve(request.id(), window, now)) {
            throw new InvalidInput(
                    "approval",
                    "somebody else was faster",
                    "Load the page again and look at where it stands.");
        }
        skipped.forEach(each ->
                trail.append(
                        "break_glass.skipped",
                        "system",
                        request,
                        Map.of("person", each.toString(), "incident", broken.incident())));
        issuer.issueBroken(
                new GrantIssuer.Complete(request, approval.decisions(), window), kept, now);
        return new Result.Done<>(broken);
    }

    private static Optional<Refusal> otherRequest(ApprovalRequest request, Act act) {
        return act.fact("digest").equals(request.digest().value())
                        && act.fact("verdicts").equals(request.verdicts().value())
                        && act.fact("rendering").equals(request.rendering().digest().value())
                ? Optional.empty()
                : refusal(
                        Code.BAD_CHALLENGE,
                        "what was signed is another request than this one",
                        "Load the page again.");
    }

    /// Everybody else who could have decided, but those who approved.
    private List<PersonId> skipped(Approval approval, PersonId by) {
        ApprovalRequest request = approval.request();
        return people.all().stream()
                .filter(person -> person.approvesIn(request.environment()))
                .map(Person::id)
                .filter(id -> !id.equals(by))
                .filter(id -> approval.decisions().stream().noneMatch(d -> d.approver().equals(id)))
                .limit(MAX_TOLD)
                .toList();
    }

    private Optional<Refusal> barred(Approval approval, PersonId person, Instant now) {
        ApprovalRequest request = approval.request();
        Status status = approval.statusAt(now);
        if (status != Status.PENDING) {
            return refusal(
                    Code.WRONG_STATUS,
                    "it is " + status + " and waits for nobody",
                    "There is nothing to let through.");
        }
        if (!request.policy().equals(policy.digest())) {
            return refusal(
                    Code.POLICY_CHANGED,
                    "the approval policy was changed since this was asked",
                    "Make the change set again.");
        }
        if (people.find(person).filter(p -> p.approvesIn(request.environment())).isEmpty()) {
            return refusal(
                    Code.NOT_ENTITLED,
                    "you do not approve in " + request.environment() + " by your own right",
                    "Ask an approver of " + request.environment() + ".");
        }
        if (person.toString().equals(request.requester().person())) {
            return refusal(
                    Code.OWN_REQUEST,
                    "this was asked for in your name",
                    "Somebody else must let it through: breaking the glass lifts how many, not who.");
        }
        if (people.find(person)
                .filter(p ->
                        p.commitsAs().stream()
                                .anyMatch(store.authorsOf(request.changeSet())::contains))
                .isPresent()) {
            return refusal(
                    Code.OWN_REQUEST,
                    "you wrote a commit of it",
                    "Somebody else must let it through.");
        }
        return pauses.against(request).or(() -> waivers.against(request)).or(this::waitsForReview);
    }

    private Optional<Refusal> waitsForReview() {
        return uses.unreviewed()
                .flatMap(broken ->
                        refusal(
                                Code.NOT_REVIEWED,
                                "the glass was broken at "
                                        + broken.at().truncatedTo(ChronoUnit.SECONDS)
                                        + " for "
                                        + broken.incident()
                                        + " and nobody has reviewed it",
                                "Another person reviews it on the page /break-glass."));
    }

    private static Optional<Refusal> refusal(Code code, String problem, String mend) {
        return Optional.of(new Refusal(code, problem, mend));
    }
}
