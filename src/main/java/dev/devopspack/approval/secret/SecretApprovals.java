package dev.devopspack.approval.secret;

import dev.devopspack.approval.ReasonText;
import dev.devopspack.approval.Refusal;
import dev.devopspack.approval.Refusal.Code;
import dev.devopspack.approval.act.Act;
import dev.devopspack.approval.act.Acts;
import dev.devopspack.approval.act.Acts.Prepared;
import dev.devopspack.approval.act.Acts.Result;
import dev.devopspack.approval.act.Acts.Signature;
import dev.devopspack.approval.act.Acts.Signed;
import dev.devopspack.approval.act.SignedAct;
import dev.devopspack.approval.delegation.Delegation;
import dev.devopspack.approval.pause.Pauses;
import dev.devopspack.change.Transactions;
import dev.devopspack.identity.NotAllowed;
import dev.devopspack.identity.PersonId;
import dev.devopspack.identity.Principal;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/// Where people approve or deny a secret: signed in, and each time with a passkey. With the last
/// approval that is needed the secret is made, in the same transaction. No token comes here.
public final class SecretApprovals {

    /// What stands in the signed text where there is nothing to say.
    private static final String NOTHING = "-";

    private final Acts acts;
    private final SecretStore store;
    private final SecretMaker maker;
    private final SecretQuorum quorum;
    private final Pauses pauses;
    private final Transactions transactions;
    private final Clock clock;

    public SecretApprovals(
            Acts acts,
            SecretStore store,
            SecretMaker maker,
            SecretQuorum quorum,
            Pauses pauses,
            Transactions transactions,
            Clock clock) {
        this.acts = acts;
        this.store = store;
        this.maker = maker;
        this.quorum = quorum;
        this.pauses = pauses;
        this.transactions = transactions;
        this.clock = clock;
    }

    /// Why this person could not approve or deny it; nothing where he could.
    ///
    /// @throws NotAllowed unless `by` is a signed-in person
    public Optional<Refusal> barred(SecretRequestId id, Principal by) {
        PersonId person = Acts.person(by);
        return store.find(id)
                .map(asked -> barred(asked, person))
                .orElseGet(() -> Optional.of(unknown()));
    }

    /// Whether the request waits for this person: for his yes, or first for a value. A pause only
    /// makes it wait longer.
    public boolean waitsFor(AskedSecret asked, PersonId person) {
        return noPartOfHis(asked, person).or(() -> quorum.idle(asked, person)).isEmpty();
    }

    /// Why this person's approval would not be taken as it stands; nothing where it would.
    ///
    /// @throws NotAllowed unless `by` is a signed-in person
    public Optional<Refusal> barredFromApproving(SecretRequestId id, Principal by) {
        PersonId person = Acts.person(by);
        return store.find(id)
                .map(asked -> barredFromApproving(asked, person))
                .orElseGet(() -> Optional.of(unknown()));
    }

    /// @throws NotAllowed unless `by` is a signed-in person
    public Prepared prepareApproval(Principal by, SecretRequestId id) {
        PersonId person = Acts.person(by);
        AskedSecret asked = store.find(id).orElse(null);
        if (asked == null) {
            return new Prepared.Refused(unknown());
        }
        return barredFromApproving(asked, person)
                .<Prepared>map(Prepared.Refused::new)
                .orElseGet(() -> acts.prepare(person, Act.Kind.SECRET, facts(asked)));
    }

    private static Map<String, String> facts(AskedSecret asked) {
        SecretRequest request = asked.request();
        SecretSpec spec = request.spec();
        return Map.of(
                "request",
                request.id().value(),
                "operation",
                spec.operation().word(),
                "secret",
                spec.secret().reference(),
                "version",
                String.valueOf(request.version()),
                "flow",
                spec.flow().words(),
                "recipient",
                spec.recipient() == null ? NOTHING : spec.recipient() + " " + request.fingerprint(),
                "sealed",
                asked.sealed().isEmpty() ? NOTHING : "sha256:" + asked.sealed(),
                "reason",
                request.reason());
    }

    /// Approves what was prepared, if the person signed it; makes the secret where enough people
    /// have.
    ///
    /// @throws NotAllowed unless `by` is a signed-in person
    public Result<AskedSecret> approve(Principal by, Signature signature) {
        return acts.sign(by, Act.Kind.SECRET, signature, this::approve);
    }

    private Result<AskedSecret> approve(Signed signed) {
        PersonId person = signed.person();
        SecretRequestId id = new SecretRequestId(signed.fact("request"));
        AskedSecret asked = store.lock(id).orElse(null);
        if (asked == null) {
            return new Result.Refused<>(unknown());
        }
        Optional<Refusal> refusal =
                barredFromApproving(asked, person).or(() -> requesters(asked, signed.publicKey()));
        if (refusal.isPresent()) {
            return new Result.Refused<>(refusal.get());
        }
        if (!facts(asked).equals(signed.act().facts())) {
            return new Result.Refused<>(
                    new Refusal(
                            Code.OTHER_TEXT_SHOWN,
                            "it was changed since you read it",
                            "Load the page again."));
        }
        SignedAct act =
                acts.keep(signed, "secret.approved", facts(asked, quorum.standsIn(asked, person)));
        if (!store.insertApproval(id, person, act.id(), act.signedAt())) {
            throw new IllegalStateException("the request was locked, yet approved meanwhile");
        }
        AskedSecret approved = store.find(id).orElseThrow();
        if (quorum.counted(approved) >= approved.request().quorum()) {
            maker.make(approved);
        }
        return new Result.Done<>(store.find(id).orElseThrow());
    }

    /// What the log says beside the act.
    private static Map<String, String> facts(AskedSecret asked, Optional<Delegation> inPlace) {
        Map<String, String> facts = SecretRequests.facts(asked.request());
        inPlace.ifPresent(delegation -> {
            facts.put("delegation", delegation.id());
            facts.put("inPlaceOf", delegation.from().toString());
        });
        return facts;
    }

    /// @param reason told to the assistant
    /// @throws NotAllowed unless `by` is a signed-in person
    public Prepared prepareDenial(Principal by, SecretRequestId id, String reason) {
        PersonId person = Acts.person(by);
        AskedSecret asked = store.find(id).orElse(null);
        if (asked == null) {
            return new Prepared.Refused(unknown());
        }
        return barred(asked, person)
                .<Prepared>map(Prepared.Refused::new)
                .orElseGet(() ->
                        acts.prepare(
                                person,
                                Act.Kind.DENY_SECRET,
                                Map.of(
                                        "request", id.value(),
                                        "secret", asked.request().spec().secret().reference(),
                                        "reason", ReasonText.required("/reason", reason))));
    }

    /// Denies what was prepared, if the person signed it. One denial is final.
    ///
    /// @throws NotAllowed unless `by` is a signed-in person
    public Result<AskedSecret> deny(Principal by, Signature signature) {
        return acts.sign(by, Act.Kind.DENY_SECRET, signature, this::deny);
    }

    private Result<AskedSecret> deny(Signed signed) {
        PersonId person = signed.person();
        SecretRequestId id = new SecretRequestId(signed.fact("request"));
        AskedSecret asked = store.lock(id).orElse(null);
        Optional<Refusal> refusal =
                asked == null
                        ? Optional.of(unknown())
                        : barred(asked, person).or(() -> requesters(asked, signed.publicKey()));
        if (asked == null || refusal.isPresent()) {
            return new Result.Refused<>(refusal.orElseThrow());
        }
        acts.keep(signed, "secret.denied", facts(asked, quorum.standsInToDeny(asked, person)));
        store.end(id, AskedSecret.Status.DENIED, signed.fact("reason"), clock.instant());
        return new Result.Done<>(store.find(id).orElseThrow());
    }

    /// Looks at the person's rights as they are at this moment.
    private Optional<Refusal> barred(AskedSecret asked, PersonId person) {
        return noPartOfHis(asked, person)
                .or(() -> pauses.against(null, asked.request().spec().secret().environment()));
    }

    private Optional<Refusal> noPartOfHis(AskedSecret asked, PersonId person) {
        AskedSecret.Status status = asked.statusAt(clock.instant());
        if (status != AskedSecret.Status.PENDING) {
            return refusal(Code.WRONG_STATUS, "it is " + status + " already", "Nothing is to do.");
        }
        Optional<Refusal> refusal = quorum.barred(asked, person);
        if (refusal.isPresent()) {
            return refusal;
        }
        return asked.approvers().contains(person)
                ? refusal(
                        Code.DECIDED_BEFORE, "you have approved it", "Others must approve as well.")
                : Optional.empty();
    }

    private Optional<Refusal> barredFromApproving(AskedSecret asked, PersonId person) {
        return barred(asked, person).or(() -> unready(asked)).or(() -> quorum.idle(asked, person));
    }

    private static Optional<Refusal> unready(AskedSecret asked) {
        return asked.wantsValue()
                ? refusal(
                        Code.WRONG_STATUS,
                        "nobody has typed the value yet",
                        "Type it on this page, or have it typed, then approve.")
                : Optional.empty();
    }

    private Optional<Refusal> requesters(AskedSecret asked, String publicKey) {
        return quorum.isRequesters(asked, publicKey)
                ? refusal(
                        Code.OWN_REQUEST,
                        "this passkey also belongs to the human who asked",
                        "Somebody else must decide.")
                : Optional.empty();
    }

    /// Takes what a person typed and his browser sealed.
    ///
    /// @param sealed base64 of the sealed form; nothing of it can be opened here
    /// @throws NotAllowed unless `by` is a signed-in person who may ask or approve
    public Result<AskedSecret> type(Principal by, SecretRequestId id, String sealed) {
        PersonId person = Acts.person(by);
        return transactions.inOne(() -> {
            AskedSecret asked = store.lock(id).orElse(null);
            if (asked == null) {
                return new Result.Refused<>(unknown());
            }
            if (!mayType(asked, by)) {
                throw new NotAllowed(
                        "only who asked for it or may approve it types the value",
                        "Ask one of them.");
            }
            if (asked.statusAt(clock.instant()) != AskedSecret.Status.PENDING
                    || !asked.wantsValue()) {
                return new Result.Refused<>(
                        new Refusal(
                                Code.WRONG_STATUS, "no value is wanted", "Load the page again."));
            }
            maker.keepTyped(asked, person, sealed);
            return new Result.Done<>(store.find(id).orElseThrow());
        });
    }

    /// Whether this person types the value of it: who asked, or who may approve it.
    public boolean mayType(AskedSecret asked, Principal by) {
        PersonId person = Acts.person(by);
        return asked.request().person().equals(person) || quorum.entitled(asked, person);
    }

    private static Refusal unknown() {
        return new Refusal(
                Code.UNKNOWN_APPROVAL,
                "there is no such request for a secret",
                "Use the id from the answer that opened it.");
    }

    private static Optional<Refusal> refusal(Code code, String problem, String mend) {
        return Optional.of(new Refusal(code, problem, mend));
    }
}
