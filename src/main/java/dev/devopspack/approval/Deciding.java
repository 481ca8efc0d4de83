package dev.devopspack.approval;

import dev.devopspack.approval.Approval.Status;
import dev.devopspack.approval.Approval.Window;
import dev.devopspack.approval.Decision.Choice;
import dev.devopspack.approval.Refusal.Code;
import dev.devopspack.approval.act.PasskeyCeremony;
import dev.devopspack.approval.pause.Pauses;
import dev.devopspack.approval.waiver.Waivers;
import dev.devopspack.change.Digest;
import dev.devopspack.identity.Assertion;
import dev.devopspack.identity.Ceremony;
import dev.devopspack.identity.NotAllowed;
import dev.devopspack.identity.Passkey;
import dev.devopspack.identity.PersonId;
import dev.devopspack.identity.Principal;
import dev.devopspack.identity.Secrets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What single decisions and those of a batch have in common: who may decide, what he signs, and
/// what his signature leads to.
final class Deciding {

    private final ApprovalPolicy policy;
    private final PasskeyCeremony ceremony;
    private final ApprovalStore store;
    private final Quorum quorum;
    private final Pauses pauses;
    private final Waivers waivers;
    private final GrantIssuer issuer;
    private final Trail trail;
    private final Secrets secrets;

    Deciding(
            ApprovalPolicy policy,
            PasskeyCeremony ceremony,
            ApprovalStore store,
            Quorum quorum,
            Pauses pauses,
            Waivers waivers,
            GrantIssuer issuer,
            Trail trail,
            Secrets secrets) {
        this.policy = policy;
        this.ceremony = ceremony;
        this.store = store;
        this.quorum = quorum;
        this.pauses = pauses;
        this.waivers = waivers;
        this.issuer = issuer;
        this.trail = trail;
        this.secrets = secrets;
    }

    /// What a person wants, before any signature was looked at.
    record Asked(
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

    sealed interface Signature {

        record Valid(String publicKey) implements Signature {}

        /// @param request the one that it is about, where it is about one
        record Refused(Refusal refusal, @Nullable ApprovalRequest request) implements Signature {}
    }

    /// @throws NotAllowed unless `by` is a signed-in person
    static PersonId person(Principal by) {
        PersonId person = by.person();
        if (by.kind() != Principal.Kind.SESSION || person == null) {
            throw new NotAllowed(
                    "only a signed-in person decides", "Open the page and sign in with a passkey.");
        }
        return person;
    }

    /// Why this choice of this person would not count now; nothing where it would.
    Optional<Refusal> against(Approval approval, PersonId person, Choice choice, Instant now) {
        return switch (choice) {
            case APPROVE -> barred(approval, person, now).or(() -> idle(approval, person));
            case DENY -> barredFromDenying(approval, person, now);
        };
    }

    /// Why this person may not approve now.
    Optional<Refusal> barred(Approval approval, PersonId person, Instant now) {
        return over(approval, person, now).or(() -> quorum.barred(approval.request(), person));
    }

    /// Why this person may not even say no.
    Optional<Refusal> barredFromDenying(Approval approval, PersonId person, Instant now) {
        return over(approval, person, now)
                .or(() -> quorum.barredFromDenying(approval.request(), person));
    }

    private Optional<Refusal> over(Approval approval, PersonId person, Instant now) {
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
        return Optional.empty();
    }

    /// Whether the request waits for this person. A pause only makes it wait longer.
    boolean waitsFor(Approval approval, PersonId person, Instant now) {
        return barred(approval, person, now)
                .or(() -> waivers.against(approval.request()))
                .or(() -> quorum.idle(approval, person))
                .isEmpty();
    }

    /// Whether a yes of this person would be one more, whatever else holds the request up.
    boolean isEntitled(Approval approval, PersonId person) {
        return approval.decisions().stream().noneMatch(d -> d.approver().equals(person))
                && quorum.barred(approval.request(), person)
                        .or(() -> quorum.idle(approval, person))
                        .isEmpty();
    }

    /// A yes would start the short clock of a grant that nobody can use.
    private Optional<Refusal> idle(Approval approval, PersonId person) {
        return pauses.against(approval.request())
                .or(() -> waivers.against(approval.request()))
                .or(() -> quorum.idle(approval, person));
    }

    /// What is signed for this request, with a nonce of its own.
    Challenge challenge(Approval approval, PersonId person, Choice choice, Instant now) {
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

    /// What the answered challenge stands for; nothing where it is none of ours, or was answered
    /// before, or was another person's. Uses it up.
    Optional<String> take(
            Ceremony.Purpose purpose, Assertion assertion, PersonId person, Instant now) {
        return ceremony.take(purpose, assertion, now)
                .filter(open -> person.equals(open.person()))
                .map(Ceremony::document);
    }

    static boolean fits(Challenge challenge, Asked asked) {
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

    /// Whether the page showed the text that is signed.
    static Optional<Refusal> otherText(Asked asked) {
        return asked.displayed().equals(asked.request().rendering().digest())
                ? Optional.empty()
                : Optional.of(PasskeyCeremony.OTHER_TEXT_SHOWN);
    }

    /// Whether a passkey of this person signed it that belongs to nobody who asked.
    Signature signature(
            List<ApprovalRequest> requests,
            PersonId person,
            byte[] hash,
            Assertion assertion,
            Instant now) {
        Passkey passkey = ceremony.passkey(person, assertion).orElse(null);
        if (passkey == null) {
            return new Signature.Refused(PasskeyCeremony.OTHER_PASSKEY, null);
        }
        for (ApprovalRequest request : requests) {
            if (quorum.isRequesters(request, passkey.publicKey())) {
                return new Signature.Refused(
                        new Refusal(
                                Code.OWN_REQUEST,
                                "this passkey also belongs to the human who asked",
                                "Somebody else must decide."),
                        request);
            }
        }
        return ceremony.unsigned(hash, passkey, assertion, now)
                .<Signature>map(refusal -> new Signature.Refused(refusal, null))
                .orElseGet(() -> new Signature.Valid(passkey.publicKey()));
    }

    /// Looks whether a grant could be signed, where a yes to these would make one.
    void awake(Collection<ApprovalId> ids) {
        boolean completes =
                ids.stream()
                        .flatMap(id -> store.find(id).stream())
                        .anyMatch(approval ->
                                approval.approvals() + 1 >= approval.request().quorum());
        if (completes) {
            issuer.awake();
        }
    }

    /// One of the decisions that a signature stands for.
    ///
    /// @param batch the challenge's place among those that were signed together, where it was
    record Signed(Asked asked, Challenge challenge, @Nullable BatchProof batch) {}

    /// Keeps the decisions of one signature that was checked, and makes the grants where they were
    /// the last ones that were needed. The log has all of them before the first grant is made: one
    /// checkpoint serves every grant.
    List<Decisions.Result.Recorded> record(
            List<Signed> signed, String publicKey, Assertion assertion, Instant now) {
        List<Decision> decisions =
                signed.stream().map(each -> keep(each, publicKey, assertion)).toList();
        List<GrantIssuer.Complete> complete = new ArrayList<>();
        for (Signed each : signed) {
            switch (each.asked().choice()) {
                case APPROVE -> complete(each.asked().request().id(), now).ifPresent(complete::add);
                case DENY -> deny(each.asked());
            }
        }
        Map<ApprovalId, String> grants = issuer.issue(complete, now);
        return decisions.stream()
                .map(decision ->
                        new Decisions.Result.Recorded(
                                current(decision.approval()),
                                decision,
                                grants.get(decision.approval())))
                .toList();
    }

    private Decision keep(Signed signed, String publicKey, Assertion assertion) {
        Asked asked = signed.asked();
        ApprovalRequest request = asked.request();
        long sequence =
                trail.append(
                        "approval.decided",
                        "person:" + asked.person(),
                        request,
                        facts(signed, assertion));
        Decision decision =
                new Decision(
                        request.id(),
                        asked.person(),
                        asked.choice(),
                        asked.reason(),
                        signed.challenge().text(),
                        publicKey,
                        assertion,
                        asked.now(),
                        sequence,
                        signed.batch());
        if (!store.insertDecision(decision)) {
            throw new IllegalStateException("the request was locked, yet decided on meanwhile");
        }
        return decision;
    }

    private Map<String, String> facts(Signed signed, Assertion assertion) {
        Asked asked = signed.asked();
        Challenge challenge = signed.challenge();
        BatchProof batch = signed.batch();
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
        if (batch != null) {
            facts.put("batch", batch.root().value());
            facts.put("batchSize", String.valueOf(batch.size()));
        }
        quorum.standsIn(asked.approval(), asked.person())
                .ifPresent(delegation -> {
                    facts.put("delegation", delegation.id());
                    facts.put("inPlaceOf", delegation.from().toString());
                });
        return facts;
    }

    private void deny(Asked asked) {
        boolean ended =
                store.end(
                        asked.request().id(),
                        List.of(Status.PENDING),
                        Status.DENIED,
                        asked.reason(),
                        asked.now());
        if (!ended) {
            throw new IllegalStateException("the request was locked, yet ended meanwhile");
        }
    }

    /// Closes the request where enough people approved.
    private Optional<GrantIssuer.Complete> complete(ApprovalId id, Instant now) {
        Approval approval = current(id);
        List<Decision> counted = quorum.counted(approval);
        if (counted.size() < approval.request().quorum()) {
            return Optional.empty();
        }
        Window window = window(approval, counted, now);
        if (!store.approve(id, window, now)) {
            throw new IllegalStateException("the request was locked, yet decided meanwhile");
        }
        return Optional.of(new GrantIssuer.Complete(approval.request(), counted, window));
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

    private Approval current(ApprovalId id) {
        return store.find(id)
                .orElseThrow(() -> new IllegalStateException("approval " + id + " is gone"));
    }

    private static Optional<Refusal> refusal(Code code, String problem, String mend) {
        return Optional.of(new Refusal(code, problem, mend));
    }
}
