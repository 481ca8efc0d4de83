package dev.devopspack.identity;

import dev.devopspack.change.Canonical;
import dev.devopspack.change.Transactions;
import dev.devopspack.task.InvalidInput;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Signing in with a passkey: nobody types a name, the authenticator offers what it has.
public final class SignIn {

    /// How long a person may look for the authenticator.
    public static final Duration CEREMONY = Duration.ofMinutes(5);

    private final RelyingParty site;
    private final PasskeyVerifier verifier;
    private final PersonStore people;
    private final PasskeyStore passkeys;
    private final CeremonyStore ceremonies;
    private final Sessions sessions;
    private final Journal journal;
    private final Transactions transactions;
    private final Secrets secrets;
    private final Clock clock;

    public SignIn(
            RelyingParty site,
            PasskeyVerifier verifier,
            PersonStore people,
            PasskeyStore passkeys,
            CeremonyStore ceremonies,
            Sessions sessions,
            Journal journal,
            Transactions transactions,
            Secrets secrets,
            Clock clock) {
        this.site = site;
        this.verifier = verifier;
        this.people = people;
        this.passkeys = passkeys;
        this.ceremonies = ceremonies;
        this.sessions = sessions;
        this.journal = journal;
        this.transactions = transactions;
        this.secrets = secrets;
        this.clock = clock;
    }

    public sealed interface Result {

        record SignedIn(Sessions.Started session, Person person) implements Result {}

        record Refused(String problem, String mend) implements Result {}
    }

    /// What the browser hands to `navigator.credentials.get`, for
    /// `PublicKeyCredential.parseRequestOptionsFromJSON`.
    public String options() {
        Instant now = clock.instant();
        String challenge = secrets.secret();
        ceremonies.removeExpired(now);
        ceremonies.insert(
                new Ceremony(challenge, Ceremony.Purpose.SIGN_IN, null, "", now.plus(CEREMONY)));
        return Canonical.text(
                Map.of(
                        "challenge", challenge,
                        "rpId", site.id(),
                        "userVerification", "required",
                        "timeout", CEREMONY.toMillis(),
                        "allowCredentials", List.of()));
    }

    /// @param assertionJson what the browser's `PublicKeyCredential.toJSON()` gave
    public Result finish(String assertionJson) {
        return transactions.inOne(() -> {
            try {
                return finishNow(BrowserAnswers.assertion(assertionJson));
            } catch (InvalidInput e) {
                return new Result.Refused(e.problem(), e.mend());
            }
        });
    }

    private Result finishNow(Assertion assertion) {
        Instant now = clock.instant();
        String challenge = BrowserAnswers.challenge(assertion.clientDataJson());
        if (ceremonies.take(challenge, Ceremony.Purpose.SIGN_IN, now).isEmpty()) {
            return new Result.Refused(
                    "this sign-in has expired or was used before", "Start signing in again.");
        }
        Optional<Passkey> found = passkeys.find(assertion.credentialId());
        if (found.isEmpty()) {
            return new Result.Refused(
                    "this passkey is not registered here",
                    "Ask an admin for an enrolment link, or use another passkey.");
        }
        Passkey passkey = found.get();
        PasskeyVerifier.Checked checked =
                verifier.check(
                        site,
                        Base64.getUrlDecoder().decode(challenge),
                        passkey.publicKey(),
                        assertion);
        return switch (checked) {
            case PasskeyVerifier.Checked.Invalid invalid ->
                    refused(passkey, invalid.why(), "Start signing in again.");
            case PasskeyVerifier.Checked.Valid valid -> signIn(passkey, valid.signCount(), now);
        };
    }

    private Result signIn(Passkey passkey, long signCount, Instant now) {
        Optional<Person> person = people.find(passkey.person()).filter(Person::active);
        if (person.isEmpty()) {
            return refused(passkey, "this person is not active", "Ask an admin.");
        }
        if (!passkeys.used(passkey.credentialId(), signCount, now)) {
            return refused(
                    passkey,
                    "the passkey's counter went back: it may have been copied",
                    "Ask an admin to remove the passkey and enrol a new one.");
        }
        Sessions.Started started = sessions.start(passkey.person());
        journal.record(
                "person.signed_in",
                "person:" + passkey.person(),
                Map.of("session", started.session().id()),
                Map.of());
        return new Result.SignedIn(started, person.get());
    }

    private Result refused(Passkey passkey, String problem, String mend) {
        journal.record(
                "person.sign_in_refused",
                "person:" + passkey.person(),
                Map.of("why", problem),
                Map.of());
        return new Result.Refused(problem, mend);
    }
}
