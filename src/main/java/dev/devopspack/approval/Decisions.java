package dev.devopspack.approval;

import dev.devopspack.approval.Deciding.Asked;
import dev.devopspack.approval.Deciding.Signature;
import dev.devopspack.approval.Decision.Choice;
import dev.devopspack.approval.Refusal.Code;
import dev.devopspack.approval.act.PasskeyCeremony;
import dev.devopspack.approval.pause.Pauses;
import dev.devopspack.approval.waiver.Waivers;
import dev.devopspack.audit.AuditLog;
import dev.devopspack.change.Digest;
import dev.devopspack.change.Transactions;
import dev.devopspack.identity.Assertion;
import dev.devopspack.identity.BrowserAnswers;
import dev.devopspack.identity.Ceremony;
import dev.devopspack.identity.NotAllowed;
import dev.devopspack.identity.PersonId;
import dev.devopspack.identity.Principal;
import dev.devopspack.identity.Secrets;
import dev.devopspack.task.InvalidInput;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where people decide. Only a signed-in person can come here: no token, whatever its roles, and no
/// tool.
public final class Decisions {

    private final PasskeyCeremony ceremony;
    private final ApprovalStore store;
    private final Deciding deciding;
    private final Trail trail;
    private final Transactions transactions;
    private final Clock clock;

    public Decisions(
            ApprovalPolicy policy,
            PasskeyCeremony ceremony,
            ApprovalStore store,
            Quorum quorum,
            GrantIssuer issuer,
            Pauses pauses,
            Waivers waivers,
            AuditLog log,
            Transactions transactions,
            Secrets secrets,
            Clock clock) {
        this.ceremony = ceremony;
        this.store = store;
        this.trail = new Trail(log);
        this.transactions = transactions;
        this.clock = clock;
        this.deciding =
                new Deciding(
                        policy, ceremony, store, quorum, pauses, waivers, issuer, trail, secrets);
    }

    /// Several decisions under one signature.
    public BatchDecisions together() {
        return new BatchDecisions(store, ceremony, deciding, trail, transactions, clock);
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

    /// Why this person could not approve this request; nothing where he could.
    ///
    /// @throws NotAllowed unless `by` is a signed-in person
    public Optional<Refusal> barred(ApprovalId id, Principal by) {
        PersonId person = Deciding.person(by);
        return store.find(id)
                .map(approval -> deciding.barred(approval, person, clock.instant()))
                .orElseGet(() -> Optional.of(Approvals.unknown(id)));
    }

    /// Why this person could not deny it; nothing where he could.
    ///
    /// @throws NotAllowed unless `by` is a signed-in person
    public Optional<Refusal> barredFromDenying(ApprovalId id, Principal by) {
        PersonId person = Deciding.person(by);
        return store.find(id)
                .map(approval -> deciding.barredFromDenying(approval, person, clock.instant()))
                .orElseGet(() -> Optional.of(Approvals.unknown(id)));
    }

    /// Whether a yes of this person would bring the request further at this moment, or as soon as a
    /// pause is over.
    public boolean waitsFor(Approval approval, PersonId person) {
        return deciding.waitsFor(approval, person, clock.instant());
    }

    /// Whether a yes of this person would be one more, whatever else holds the request up.
    public boolean isEntitled(Approval approval, PersonId person) {
        return deciding.isEntitled(approval, person);
    }

    /// Makes the challenge for one decision of one person: valid once, for three minutes.
    ///
    /// @throws NotAllowed unless `by` is a signed-in person
    public Options options(ApprovalId id, Principal by, Choice choice) {
        PersonId person = Deciding.person(by);
        Instant now = clock.instant();
        Approval approval = store.find(id).orElse(null);
        if (approval == null) {
            return new Options.Refused(Approvals.unknown(id));
        }
        Optional<Refusal> against = deciding.against(approval, person, choice, now);
        if (against.isPresent()) {
            return new Options.Refused(against.get());
        }
        Challenge challenge = deciding.challenge(approval, person, choice, now);
        PasskeyCeremony.Opened opened =
                ceremony.open(
                        Ceremony.Purpose.DECIDE, person, challenge.text(), challenge.hash(), now);
        return new Options.Ready(
                opened.options(), challenge.text(), challenge.executeBy(), opened.expiresAt());
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
        PersonId person = Deciding.person(by);
        if (choice == Choice.APPROVE) {
            deciding.awake(List.of(id));
        }
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

    private Result decide(Asked asked, Assertion assertion) {
        Optional<String> given =
                deciding.take(Ceremony.Purpose.DECIDE, assertion, asked.person(), asked.now());
        if (given.isEmpty()) {
            return new Result.Refused(PasskeyCeremony.NO_CHALLENGE);
        }
        Challenge challenge = Challenge.parse(given.get());
        if (!Deciding.fits(challenge, asked)) {
            return refused(
                    Code.BAD_CHALLENGE,
                    "what was signed is another decision than this one",
                    "Press the button of the decision that you mean again.");
        }
        Optional<Refusal> against =
                deciding.against(asked.approval(), asked.person(), asked.choice(), asked.now())
                        .or(() -> Deciding.otherText(asked));
        if (against.isPresent()) {
            return new Result.Refused(against.get());
        }
        if (asked.choice() == Choice.DENY && asked.reason().isEmpty()) {
            return refused(
                    Code.BAD_INPUT,
                    "a denial needs a reason",
                    "Say what must change; the assistant gets your words.");
        }
        Signature signature =
                deciding.signature(
                        List.of(asked.request()),
                        asked.person(),
                        challenge.hash(),
                        assertion,
                        asked.now());
        return switch (signature) {
            case Signature.Refused refused -> new Result.Refused(refused.refusal());
            case Signature.Valid valid ->
                    deciding.record(
                                    List.of(new Deciding.Signed(asked, challenge, null)),
                                    valid.publicKey(),
                                    assertion,
                                    asked.now())
                            .getFirst();
        };
    }

    private static Result refused(Code code, String problem, String mend) {
        return new Result.Refused(new Refusal(code, problem, mend));
    }
}
