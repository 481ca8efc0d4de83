package dev.devopspack.approval.act;

import dev.devopspack.approval.Refusal;
import dev.devopspack.approval.Refusal.Code;
import dev.devopspack.audit.AuditEntry;
import dev.devopspack.audit.AuditLog;
import dev.devopspack.change.Canonical;
import dev.devopspack.change.Digest;
import dev.devopspack.identity.Assertion;
import dev.devopspack.identity.BrowserAnswers;
import dev.devopspack.identity.Ceremony;
import dev.devopspack.identity.CeremonyStore;
import dev.devopspack.identity.NotAllowed;
import dev.devopspack.identity.Passkey;
import dev.devopspack.identity.PasskeyStore;
import dev.devopspack.identity.PasskeyVerifier;
import dev.devopspack.identity.PersonId;
import dev.devopspack.identity.Principal;
import dev.devopspack.identity.RelyingParty;
import dev.devopspack.identity.Secrets;
import dev.devopspack.task.InvalidInput;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The ceremony in which a signed-in person reads what an act says and signs it with a passkey.
/// Says nothing of whether the person may.
public final class Acts {

    /// How long a person may take between reading the text and signing it.
    public static final Duration VALID = Duration.ofMinutes(3);

    private final RelyingParty site;
    private final PasskeyVerifier verifier;
    private final PasskeyStore passkeys;
    private final CeremonyStore ceremonies;
    private final ActStore store;
    private final AuditLog log;
    private final Secrets secrets;
    private final Clock clock;

    public Acts(
            RelyingParty site,
            PasskeyVerifier verifier,
            PasskeyStore passkeys,
            CeremonyStore ceremonies,
            ActStore store,
            AuditLog log,
            Secrets secrets,
            Clock clock) {
        this.site = site;
        this.verifier = verifier;
        this.passkeys = passkeys;
        this.ceremonies = ceremonies;
        this.store = store;
        this.log = log;
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

    public sealed interface Checked {

        record Valid(Act act, String publicKey, Assertion assertion) implements Checked {}

        record Refused(Refusal refusal) implements Checked {}
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
        String challenge = Secrets.base64(act.hash());
        Instant expiresAt = now.plus(VALID);
        ceremonies.removeExpired(now);
        ceremonies.insert(
                new Ceremony(challenge, Ceremony.Purpose.ACT, person, act.text(), expiresAt));
        return new Prepared.Ready(options(challenge, person), act.shown(), expiresAt);
    }

    private String options(String challenge, PersonId person) {
        return Canonical.text(
                Map.of(
                        "challenge",
                        challenge,
                        "rpId",
                        site.id(),
                        "userVerification",
                        "required",
                        "timeout",
                        VALID.toMillis(),
                        "allowCredentials",
                        passkeys.of(person).stream()
                                .map(key -> Map.of("type", "public-key", "id", key.credentialId()))
                                .toList()));
    }

    /// Whether the person signed an act of this kind that was prepared for him. Uses the challenge
    /// up, whatever the answer.
    ///
    /// @param assertionJson what the browser's `PublicKeyCredential.toJSON()` gave
    /// @param displayed the digest that the browser computed from the text it displayed
    public Checked check(PersonId person, Act.Kind kind, String assertionJson, Digest displayed) {
        try {
            return check(person, kind, BrowserAnswers.assertion(assertionJson), displayed);
        } catch (InvalidInput e) {
            return refused(Code.BAD_INPUT, e.problem(), e.mend());
        }
    }

    private Checked check(PersonId person, Act.Kind kind, Assertion assertion, Digest displayed) {
        Instant now = clock.instant();
        String signed = BrowserAnswers.challenge(assertion.clientDataJson());
        Optional<Ceremony> ceremony = ceremonies.take(signed, Ceremony.Purpose.ACT, now);
        if (ceremony.isEmpty()) {
            return refused(
                    Code.BAD_CHALLENGE,
                    "this challenge has expired, was used before or is none of ours",
                    "Press the button again and sign within three minutes.");
        }
        Act act = Act.parse(ceremony.get().document());
        if (act.kind() != kind
                || !act.person().equals(person)
                || !person.equals(ceremony.get().person())) {
            return refused(
                    Code.BAD_CHALLENGE,
                    "what was signed is something else than this",
                    "Press the button of what you mean again.");
        }
        if (!displayed.equals(act.shownDigest())) {
            return refused(
                    Code.OTHER_TEXT_SHOWN,
                    "what your browser displayed is not the text to be signed",
                    "Reload the page; if it happens again, do not sign and tell an admin.");
        }
        return signature(act, assertion, now);
    }

    private Checked signature(Act act, Assertion assertion, Instant now) {
        Passkey passkey =
                passkeys.find(assertion.credentialId())
                        .filter(key -> key.person().equals(act.person()))
                        .orElse(null);
        if (passkey == null) {
            return refused(
                    Code.BAD_ASSERTION,
                    "it was signed with a passkey that is not yours here",
                    "Use the passkey that you signed in with.");
        }
        PasskeyVerifier.Checked checked =
                verifier.check(site, act.hash(), passkey.publicKey(), assertion);
        return switch (checked) {
            case PasskeyVerifier.Checked.Invalid invalid ->
                    refused(Code.BAD_ASSERTION, invalid.why(), "Press the button again.");
            case PasskeyVerifier.Checked.Valid valid
                    when !passkeys.used(assertion.credentialId(), valid.signCount(), now) ->
                    refused(
                            Code.BAD_ASSERTION,
                            "the passkey's counter went back: it may have been copied",
                            "Ask an admin to remove it and enrol a new one.");
            case PasskeyVerifier.Checked.Valid _ ->
                    new Checked.Valid(act, passkey.publicKey(), assertion);
        };
    }

    /// Appends the act to the audit log and keeps it with its proof, in the caller's transaction.
    ///
    /// @param entry the audit entry's kind, for example `pause.began`
    /// @param more facts of the entry beside the act's own
    public SignedAct keep(Checked.Valid signed, String entry, Map<String, String> more) {
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

    /// Remembers that an act was refused.
    public Refusal refuse(PersonId person, Act.Kind kind, Refusal refusal) {
        log.append(
                AuditEntry.of(
                        "act.refused",
                        "person:" + person,
                        Map.of("kind", kind.word(), "code", refusal.code().name())));
        return refusal;
    }

    private static Checked refused(Code code, String problem, String mend) {
        return new Checked.Refused(new Refusal(code, problem, mend));
    }
}
