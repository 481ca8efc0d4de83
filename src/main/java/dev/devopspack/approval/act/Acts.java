package dev.devopspack.approval.act;

import dev.devopspack.approval.Refusal;
import dev.devopspack.approval.Refusal.Code;
import dev.devopspack.audit.AuditEntry;
import dev.devopspack.audit.AuditLog;
import dev.devopspack.change.Digest;
import dev.devopspack.change.Transactions;
import dev.devopspack.identity.Assertion;
import dev.devopspack.identity.BrowserAnswers;
import dev.devopspack.identity.Ceremony;
import dev.devopspack.identity.NotAllowed;
import dev.devopspack.identity.Passkey;
import dev.devopspack.identity.PersonId;
import dev.devopspack.identity.Principal;
import dev.devopspack.identity.Secrets;
import dev.devopspack.task.InvalidInput;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The ceremony in which a signed-in person reads what an act says and signs it with a passkey.
/// Says nothing of whether the person may: that is looked at before and by the step that follows.
public final class Acts {

    private final PasskeyCeremony ceremony;
    private final ActStore store;
    private final AuditLog log;
    private final Transactions transactions;
    private final Secrets secrets;
    private final Clock clock;

    public Acts(
            PasskeyCeremony ceremony,
            ActStore store,
            AuditLog log,
            Transactions transactions,
            Secrets secrets,
            Clock clock) {
        this.ceremony = ceremony;
        this.store = store;
        this.log = log;
        this.transactions = transactions;
        this.secrets = secrets;
        this.clock = clock;
    }

    /// What a person is given to read and sign, or why not.
    public sealed interface Prepared {

        /// @param options what the browser hands to `navigator.credentials.get`, as JSON
        /// @param shown the text to read; its digest comes back with the signature
        record Ready(String options, String shown, Instant expiresAt) implements Prepared {}

        record Refused(Refusal refusal) implements Prepared {}
    }

    /// What the browser of a person who signs sends back.
    ///
    /// @param assertion what `PublicKeyCredential.toJSON()` gave
    /// @param displayed the digest that the browser computed from the text it displayed
    public record Signature(String assertion, Digest displayed) {}

    /// An act whose signature holds.
    public record Signed(Act act, String publicKey, Assertion assertion) {

        public PersonId person() {
            return act.person();
        }

        /// The act's fact of this name.
        public String fact(String name) {
            return act.fact(name);
        }
    }

    /// What became of a signature.
    ///
    /// @param <T> what was signed for
    public sealed interface Result<T> {

        record Done<T>(T value) implements Result<T> {}

        record Refused<T>(Refusal refusal) implements Result<T> {}
    }

    /// @throws NotAllowed unless `by` is a signed-in person: no token acts, whatever its roles
    public static PersonId person(Principal by) {
        PersonId person = by.person();
        if (by.kind() != Principal.Kind.SESSION || person == null) {
            throw new NotAllowed(
                    "only a signed-in person does that",
                    "Open the page and sign in with a passkey.");
        }
        return person;
    }

    /// Makes the text and its challenge: valid once, for three minutes.
    public Prepared prepare(PersonId person, Act.Kind kind, Map<String, String> facts) {
        Instant now = clock.instant();
        Act act = new Act(kind, person, facts, now, secrets.secret());
        PasskeyCeremony.Opened opened =
                ceremony.open(Ceremony.Purpose.ACT, person, act.text(), act.hash(), now);
        return new Prepared.Ready(opened.options(), act.shown(), opened.expiresAt());
    }

    /// Does what was prepared if the person signed it, in one transaction. Uses the challenge up
    /// whatever the answer, and appends to the audit log that it was refused.
    ///
    /// @param step looks again whether the person may, and keeps what it does with {@link #keep}
    /// @throws NotAllowed unless `by` is a signed-in person
    public <T> Result<T> sign(
            Principal by, Act.Kind kind, Signature signature, Function<Signed, Result<T>> step) {
        PersonId person = person(by);
        return transactions.inOne(() -> {
            Result<T> result =
                    switch (check(person, kind, signature)) {
                        case Result.Refused<Signed> refused ->
                                new Result.Refused<>(refused.refusal());
                        case Result.Done<Signed> done -> step.apply(done.value());
                    };
            if (result instanceof Result.Refused<T> refused) {
                log.append(
                        AuditEntry.of(
                                "act.refused",
                                "person:" + person,
                                Map.of(
                                        "kind", kind.word(),
                                        "code", refused.refusal().code().name())));
            }
            return result;
        });
    }

    private Result<Signed> check(PersonId person, Act.Kind kind, Signature signature) {
        try {
            Assertion assertion = BrowserAnswers.assertion(signature.assertion());
            return check(person, kind, assertion, signature.displayed());
        } catch (InvalidInput e) {
            return refused(new Refusal(Code.BAD_INPUT, e.problem(), e.mend()));
        }
    }

    private Result<Signed> check(
            PersonId person, Act.Kind kind, Assertion assertion, Digest displayed) {
        Instant now = clock.instant();
        Ceremony open = ceremony.take(Ceremony.Purpose.ACT, assertion, now).orElse(null);
        if (open == null) {
            return refused(PasskeyCeremony.NO_CHALLENGE);
        }
        Act act = Act.parse(open.document());
        if (act.kind() != kind || !act.person().equals(person) || !person.equals(open.person())) {
            return refused(
                    new Refusal(
                            Code.BAD_CHALLENGE,
                            "what was signed is something else than this",
                            "Press the button of what you mean again."));
        }
        if (!displayed.equals(act.shownDigest())) {
            return refused(PasskeyCeremony.OTHER_TEXT_SHOWN);
        }
        Passkey passkey = ceremony.passkey(person, assertion).orElse(null);
        if (passkey == null) {
            return refused(PasskeyCeremony.OTHER_PASSKEY);
        }
        return ceremony.unsigned(act.hash(), passkey, assertion, now)
                .map(Acts::refused)
                .orElseGet(
                        () -> new Result.Done<>(new Signed(act, passkey.publicKey(), assertion)));
    }

    private static Result<Signed> refused(Refusal refusal) {
        return new Result.Refused<>(refusal);
    }

    /// Appends the act to the audit log and keeps it with its proof, in the caller's transaction.
    ///
    /// @param entry the audit entry's kind, for example `pause.began`
    /// @param more facts of the entry beside the act's own
    public SignedAct keep(Signed signed, String entry, Map<String, String> more) {
        Act act = signed.act();
        Map<String, String> facts = new HashMap<>(act.facts());
        facts.putAll(more);
        facts.put("act", Digest.ofHash(act.hash()).value());
        facts.put("credential", signed.assertion().credentialId());
        facts.put("assertion", Digest.of(signed.assertion().signature()).value());
        long sequence = log.append(AuditEntry.of(entry, "person:" + act.person(), facts));
        SignedAct kept =
                new SignedAct(
                        act, signed.publicKey(), signed.assertion(), clock.instant(), sequence);
        store.insert(kept);
        return kept;
    }

    public Optional<SignedAct> find(Digest id) {
        return store.find(id);
    }
}
