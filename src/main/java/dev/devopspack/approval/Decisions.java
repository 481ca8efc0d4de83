package dev.devopspack.approval;

import dev.devopspack.approval.Approval.Status;
import dev.devopspack.approval.Approval.Window;
import dev.devopspack.approval.Decision.Choice;
import dev.devopspack.approval.Refusal.Code;
import dev.devopspack.approval.act.PasskeyCeremony;
import dev.devopspack.approval.delegation.Delegations;
import dev.devopspack.approval.pause.Pauses;
import dev.devopspack.approval.waiver.Waivers;
import dev.devopspack.audit.AuditLog;
import dev.devopspack.change.Digest;
import dev.devopspack.change.Transactions;
import dev.devopspack.identity.Assertion;
import dev.devopspack.identity.BrowserAnswers;
import dev.devopspack.identity.Ceremony;
import dev.devopspack.identity.NotAllowed;
import dev.devopspack.identity.Passkey;
import dev.devopspack.identity.PasskeyStore;
import dev.devopspack.identity.PersonId;
import dev.devopspack.identity.PersonStore;
import dev.devopspack.identity.Principal;
import dev.devopspack.identity.Secrets;
import dev.devopspack.task.InvalidInput;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where people decide. Only a signed-in person can come here: no token, whatever its roles, and no
/// tool.
public final class Decisions {

    private final ApprovalPolicy policy;
    private final PasskeyCeremony ceremony;
    private final ApprovalStore store;
    private final Quorum quorum;
    private final Pauses pauses;
    private final Waivers waivers;
    private final GrantIssuer issuer;
    private final Trail trail;
    private final Transactions transactions;
    private final Secrets secrets;
    private final Clock clock;

    public Decisions(
            ApprovalPolicy policy,
            PasskeyCeremony ceremony,
            ApprovalStore store,
            PersonStore people,
            PasskeyStore passkeys,
            GrantIssuer issuer,
            Pauses pauses,
            Waivers waivers,
            Delegations delegations,
            AuditLog log,
            Transactions transactions,
            Secrets secrets,
            Clock clock) {
        this.policy = policy;
        this.ceremony = ceremony;
        this.store = store;
        this.pauses = pauses;
        this.waivers = waivers;
        this.quorum = new Quorum(people, passkeys, delegations, store);
        this.issuer = issuer;
        this.trail = new Trail(log);
        this.transactions = transactions;
        this.secrets = secrets;
        this.clock = clock;
    }

    public sealed interface Options {

        /// @param json what the browser hands to `navigator.credentials.get`, for
        ///   `PublicKeyCredential.parseRequestOptionsFromJSON`
        /// @param challenge the canonical challenge document, for those who want to look
        /// @param executeBy until when the grant could be used
        record Ready(String json, String challenge, Instant executeBy, Instant expiresAt)
                implements Options {}

        record Refused(Refusal refusal) implements Options {}
    }

    public sealed interface Result {

        /// @param approval as it stands now
        /// @param grant the DSSE envelope, where this decision completed the quorum
        record Recorded(Approval approval, Decision decision, @Nullable String grant)
                implements Result {}

        record Refused(Refusal refusal) implements Result {}
    }

    /// Why this person could not decide on this request; nothing where he could.
    ///
    /// @throws NotAllowed unless `by` is a signed-in person
    public Optional<Refusal> barred(ApprovalId id, Principal by) {
        PersonId person = person(by);
        return store.find(id)
                .map(approval -> barred(approval, person, clock.instant()))
                .orElseGet(() -> Optional.of(Approvals.unknown(id)));
    }

    /// Makes the challenge for one decision of one person: valid once, for three minutes.
    ///
    /// @throws NotAllowed unless `by` is a signed-in person
    public Options options(ApprovalId id, Principal by, Choice choice) {
        PersonId person = person(by);
        Instant now = clock.instant();
        Approval approval = store.find(id).orElse(null);
        if (approval == null) {
            return new Options.Refused(Approvals.unknown(id));
        }
        Optional<Refusal> barred =
                barred(approval, person, now).or(() -> idle(approval, person, choice));
        if (barred.isPresent()) {
            return new Options.Refused(barred.get());
        }
        Challenge challenge = challenge(approval, person, choice, now);
        PasskeyCeremony.Opened opened =
                ceremony.open(
                        Ceremony.Purpose.DECIDE, person, challenge.text(), challenge.hash(), now);
        return new Options.Ready(
                opened.options(), challenge.text(), challenge.executeBy(), opened.expiresAt());
    }

    private Challenge challenge(Approval approval, PersonId person, Choice choice, Instant now) {
        ApprovalRequest request = approval.request();
        // Whoever completes the quorum starts the short clock; those before him agree to any
        // completion within the time to decide.
        boolean completes = quorum.counted(approval).size() + 1 >= request.quorum();
        Instant executeBy = (completes ? now : request.decideBy()).plus(request.executeWithin());
        return new Challenge(
                request.id(),
                request.digest(),
                request.verdicts(),
                request.rendering().digest(),
                choice,
                request.environment(),
                person,
                1,
                now,
                executeBy,
                request.policy(),
                secrets.secret());
    }

    /// Records a decision if everything about it holds.
    ///
    /// @param reason in the person's own words; needed for a denial, told to the assistant
    /// @param assertionJson what the browser's `PublicKeyCredential.toJSON()` gave
    /// @param displayed the digest that the browser computed from the text it displayed
    /// @throws NotAllowed unless `by` is a signed-in person
    public Result decide(
            ApprovalId id,
            Principal by,
            Choice choice,
            @Nullable String reason,
            String assertionJson,
            Digest displayed) {
        PersonId person = person(by);
        return transactions.inOne(() -> {
            Approval approval = store.lock(id).orElse(null);
            if (approval == null) {
                return new Result.Refused(Approvals.unknown(id));
            }
            Asked asked =
                    new Asked(
                            approval,
                            person,
                            choice,
                            reason == null ? "" : ReasonText.of(reason),
                            displayed,
                            clock.instant());
            Result result;
            try {
                result = decide(asked, BrowserAnswers.assertion(assertionJson));
            } catch (InvalidInput e) {
                result = refused(Code.BAD_INPUT, e.problem(), e.mend());
            }
            if (result instanceof Result.Refused refused) {
                trail.append(
                        "approval.decision_refused",
                        by.actor(),
                        approval.request(),
                        Map.of("code", refused.refusal().code().name(), "choice", choice.name()));
            }
            return result;
        });
    }

    private record Asked(
            Approval approval,
            PersonId person,
            Choice choice,
            String reason,
            Digest displayed,
            Instant now) {

        ApprovalRequest request() {
            return approval.request();
        }
    }

    private Result decide(Asked asked, Assertion assertion) {
        Ceremony open = ceremony.take(Ceremony.Purpose.DECIDE, assertion, asked.now()).orElse(null);
        if (open == null) {
            return new Result.Refused(PasskeyCeremony.NO_CHALLENGE);
        }
        Challenge challenge = Challenge.parse(open.document());
        if (!fits(challenge, asked) || !asked.person().equals(open.person())) {
            return refused(
                    Code.BAD_CHALLENGE,
                    "what was signed is another decision than this one",
                    "Press the button of the decision that you mean again.");
        }
        Optional<Refusal> barred =
                barred(asked.approval(), asked.person(), asked.now())
                        .or(() -> idle(asked.approval(), asked.person(), asked.choice()));
        if (barred.isPresent()) {
            return new Result.Refused(barred.get());
        }
        if (!asked.displayed().equals(asked.request().rendering().digest())) {
            return new Result.Refused(PasskeyCeremony.OTHER_TEXT_SHOWN);
        }
        if (asked.choice() == Choice.DENY && asked.reason().isEmpty()) {
            return refused(
                    Code.BAD_INPUT,
                    "a denial needs a reason",
                    "Say what must change; the assistant gets your words.");
        }
        return signed(asked, challenge, assertion);
    }

    private static boolean fits(Challenge challenge, Asked asked) {
        ApprovalRequest request = asked.request();
        return challenge.request().equals(request.id())
                && challenge.digest().equals(request.digest())
                && challenge.verdicts().equals(request.verdicts())
                && challenge.rendering().equals(request.rendering().digest())
                && challenge.decision() == asked.choice()
                && challenge.environment().equals(request.environment())
                && challenge.approver().equals(asked.person())
                && challenge.policy().equals(request.policy());
    }

    private Result signed(Asked asked, Challenge challenge, Assertion assertion) {
        Passkey passkey = ceremony.passkey(asked.person(), assertion).orElse(null);
        if (passkey == null) {
            return new Result.Refused(PasskeyCeremony.OTHER_PASSKEY);
        }
        if (quorum.isRequesters(asked.request(), passkey.publicKey())) {
            return refused(
                    Code.OWN_REQUEST,
                    "this passkey also belongs to the human who asked",
                    "Somebody else must decide.");
        }
        return ceremony.unsigned(challenge.hash(), passkey, assertion, asked.now())
                .<Result>map(Result.Refused::new)
                .orElseGet(() -> record(asked, challenge, passkey.publicKey(), assertion));
    }

    private Result record(Asked asked, Challenge challenge, String publicKey, Assertion assertion) {
        ApprovalRequest request = asked.request();
        long sequence =
                trail.append(
                        "approval.decided",
                        "person:" + asked.person(),
                        request,
                        facts(asked, challenge, assertion));
        Decision decision =
                new Decision(
                        request.id(),
                        asked.person(),
                        asked.choice(),
                        asked.reason(),
                        challenge.text(),
                        publicKey,
                        assertion,
                        asked.now(),
                        sequence);
        if (!store.insertDecision(decision)) {
            throw new IllegalStateException("the request was locked, yet decided on meanwhile");
        }
        String grant =
                switch (asked.choice()) {
                    case APPROVE -> grantIfComplete(request.id(), asked.now());
                    case DENY -> {
                        deny(request, asked);
                        yield null;
                    }
                };
        return new Result.Recorded(current(request.id()), decision, grant);
    }

    private Map<String, String> facts(Asked asked, Challenge challenge, Assertion assertion) {
        Map<String, String> facts = new HashMap<>();
        facts.put("decision", asked.choice().name());
        facts.put("approver", asked.person().toString());
        facts.put("credential", assertion.credentialId());
        facts.put("challenge", Digest.ofHash(challenge.hash()).value());
        facts.put("assertion", Digest.of(assertion.signature()).value());
        facts.put("rendering", challenge.rendering().value());
        facts.put("verdicts", challenge.verdicts().value());
        if (!asked.reason().isEmpty()) {
            facts.put("reason", asked.reason());
        }
        quorum.standsIn(asked.approval(), asked.person())
                .ifPresent(delegation -> {
                    facts.put("delegation", delegation.id());
                    facts.put("inPlaceOf", delegation.from().toString());
                });
        return facts;
    }

    private void deny(ApprovalRequest request, Asked asked) {
        boolean ended =
                store.end(
                        request.id(),
                        List.of(Status.PENDING),
                        Status.DENIED,
                        asked.reason(),
                        asked.now());
        if (!ended) {
            throw new IllegalStateException("the request was locked, yet ended meanwhile");
        }
    }

    private @Nullable String grantIfComplete(ApprovalId id, Instant now) {
        Approval approval = current(id);
        List<Decision> counted = quorum.counted(approval);
        if (counted.size() < approval.request().quorum()) {
            return null;
        }
        Window window = window(approval, counted, now);
        if (!store.approve(id, window, now)) {
            throw new IllegalStateException("the request was locked, yet decided meanwhile");
        }
        return issuer.issue(approval.request(), counted, window, now);
    }

    /// The time that lies within what every one of them signed, and no longer than the policy says.
    private static Window window(Approval approval, List<Decision> counted, Instant now) {
        Instant notBefore = Instant.MIN;
        Instant executeBy = now.plus(approval.request().executeWithin());
        for (Decision decision : counted) {
            Challenge challenge = Challenge.parse(decision.challenge());
            notBefore = later(notBefore, challenge.notBefore());
            executeBy = earlier(executeBy, challenge.executeBy());
        }
        return new Window(notBefore, executeBy.truncatedTo(ChronoUnit.SECONDS));
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private Optional<Refusal> barred(Approval approval, PersonId person, Instant now) {
        ApprovalRequest request = approval.request();
        Status status = approval.statusAt(now);
        if (status == Status.EXPIRED) {
            return refusal(
                    Code.OUT_OF_TIME,
                    "the time to decide ended at " + request.decideBy(),
                    "Ask for the approval again.");
        }
        if (status != Status.PENDING) {
            return refusal(
                    Code.WRONG_STATUS,
                    "it is " + status + " and waits for nobody",
                    "There is nothing to decide.");
        }
        if (!request.policy().equals(policy.digest())) {
            return refusal(
                    Code.POLICY_CHANGED,
                    "the approval policy was changed since this was asked",
                    "Make the change set again.");
        }
        if (approval.decisions().stream().anyMatch(d -> d.approver().equals(person))) {
            return refusal(
                    Code.DECIDED_BEFORE,
                    "you approved this before",
                    "Somebody else must decide; you can take it back.");
        }
        return quorum.barred(request, person);
    }

    /// A yes would start the short clock of a grant that nobody can use; a no does no harm.
    private Optional<Refusal> idle(Approval approval, PersonId person, Choice choice) {
        ApprovalRequest request = approval.request();
        return switch (choice) {
            case APPROVE ->
                    pauses.against(request)
                            .or(() -> waivers.against(request))
                            .or(() -> quorum.idle(approval, person));
            case DENY -> Optional.empty();
        };
    }

    private Approval current(ApprovalId id) {
        return store.find(id)
                .orElseThrow(() -> new IllegalStateException("approval " + id + " is gone"));
    }

    private static PersonId person(Principal by) {
        PersonId person = by.person();
        if (by.kind() != Principal.Kind.SESSION || person == null) {
            throw new NotAllowed(
                    "only a signed-in person decides", "Open the page and sign in with a passkey.");
        }
        return person;
    }

    private static Optional<Refusal> refusal(Code code, String problem, String mend) {
        return Optional.of(new Refusal(code, problem, mend));
    }

    private static Result refused(Code code, String problem, String mend) {
        return new Result.Refused(new Refusal(code, problem, mend));
    }
}
