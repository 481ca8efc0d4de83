package dev.devopspack.identity;

import dev.devopspack.task.InvalidInput;
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

    private final Ceremonies ceremonies;
    private final PersonStore people;
    private final Sessions sessions;
    private final Bookkeeping books;

    public SignIn(Ceremonies ceremonies, PersonStore people, Sessions sessions, Bookkeeping books) {
        this.ceremonies = ceremonies;
        this.people = people;
        this.sessions = sessions;
        this.books = books;
    }

    public sealed interface Result {

        record SignedIn(Sessions.Started session, Person person) implements Result {}

        record Refused(String problem, String mend) implements Result {}
    }

    /// What the browser hands to `navigator.credentials.get`, for
    /// `PublicKeyCredential.parseRequestOptionsFromJSON`.
    public String options() {
        Instant now = books.now();
        String challenge = books.secret();
        ceremonies.begin(
                new Ceremony(challenge, Ceremony.Purpose.SIGN_IN, null, "", now.plus(CEREMONY)),
                now);
        return ceremonies.asked(challenge, CEREMONY, List.of());
    }

    /// @param assertionJson what the browser's `PublicKeyCredential.toJSON()` gave
    public Result finish(String assertionJson) {
        return books.inOne(() -> {
            try {
                return finishNow(BrowserAnswers.assertion(assertionJson));
            } catch (InvalidInput e) {
                return new Result.Refused(e.problem(), e.mend());
            }
        });
    }

    private Result finishNow(Assertion assertion) {
        Instant now = books.now();
        String challenge = BrowserAnswers.challenge(assertion.clientDataJson());
        if (ceremonies.take(challenge, Ceremony.Purpose.SIGN_IN, now).isEmpty()) {
            return new Result.Refused(
                    "this sign-in has expired or was used before", "Start signing in again.");
        }
        Optional<Passkey> found = ceremonies.passkeys().find(assertion.credentialId());
        if (found.isEmpty()) {
            return new Result.Refused(
                    "this passkey is not registered here",
                    "Ask an admin for an enrolment link, or use another passkey.");
        }
        Passkey passkey = found.get();
        PasskeyVerifier.Checked checked =
                ceremonies
                        .verifier()
                        .check(
                                ceremonies.site(),
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
        if (!ceremonies.passkeys().used(passkey.credentialId(), signCount, now)) {
            return refused(
                    passkey,
                    "the passkey's counter went back: it may have been copied",
                    "Ask an admin to remove the passkey and enrol a new one.");
        }
        Sessions.Started started = sessions.start(passkey.person());
        books.record(
                "person.signed_in",
                "person:" + passkey.person(),
                Map.of("session", started.session().id()),
                Map.of());
        return new Result.SignedIn(started, person.get());
    }

    private Result refused(Passkey passkey, String problem, String mend) {
        books.record(
                "person.sign_in_refused",
                "person:" + passkey.person(),
                Map.of("why", problem),
                Map.of());
        return new Result.Refused(problem, mend);
    }
}
