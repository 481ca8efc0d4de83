package dev.devopspack.identity;

import dev.devopspack.task.InvalidInput;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/// Another passkey for who has one already, for example on a second device.
///
/// A session is not enough for it: who took one over would stay for good, and decide. So the person
/// proves with a passkey that he has, now, and gets a link that registers one more.
public final class AnotherPasskey {

    /// The link is opened at once, on this device or on the one beside it.
    public static final Duration LINK_VALID = Duration.ofMinutes(10);

    private static final String AGAIN = "Press the button again.";

    private final Ceremonies ceremonies;
    private final People people;
    private final Bookkeeping books;

    public AnotherPasskey(Ceremonies ceremonies, People people, Bookkeeping books) {
        this.ceremonies = ceremonies;
        this.people = people;
        this.books = books;
    }

    public sealed interface Result {

        record Ready(People.Invitation invitation) implements Result {}

        record Refused(String problem, String mend) implements Result {}
    }

    /// What the browser hands to `navigator.credentials.get`, for
    /// `PublicKeyCredential.parseRequestOptionsFromJSON`: one of the passkeys that he has.
    ///
    /// @throws NotAllowed unless a person is signed in
    public String options(Principal by) {
        PersonId person = Guards.requirePerson(by);
        List<Passkey> his = ceremonies.passkeys().of(person);
        if (his.isEmpty()) {
            // An empty list would let any passkey of the site answer.
            throw new NotAllowed(
                    "you have no passkey yet to prove with that it is you",
                    "Ask an admin for a link.");
        }
        Instant now = books.now();
        String challenge = books.secret();
        ceremonies.begin(
                new Ceremony(
                        challenge,
                        Ceremony.Purpose.ADD_PASSKEY,
                        person,
                        "",
                        now.plus(SignIn.CEREMONY)),
                now);
        return ceremonies.asked(challenge, SignIn.CEREMONY, his);
    }

    /// @param assertionJson what the browser's `PublicKeyCredential.toJSON()` gave
    /// @throws NotAllowed unless a person is signed in
    public Result link(Principal by, String assertionJson) {
        PersonId person = Guards.requirePerson(by);
        return books.inOne(() -> {
            try {
                return linkNow(by, person, BrowserAnswers.assertion(assertionJson));
            } catch (InvalidInput e) {
                return new Result.Refused(e.problem(), e.mend());
            }
        });
    }

    private Result linkNow(Principal by, PersonId person, Assertion assertion) {
        Instant now = books.now();
        String challenge = BrowserAnswers.challenge(assertion.clientDataJson());
        boolean open =
                ceremonies
                        .take(challenge, Ceremony.Purpose.ADD_PASSKEY, now)
                        .filter(ceremony -> person.equals(ceremony.person()))
                        .isPresent();
        if (!open) {
            return new Result.Refused("this proof has expired or was used before", AGAIN);
        }
        Passkey passkey =
                ceremonies
                        .passkeys()
                        .find(assertion.credentialId())
                        .filter(key -> key.person().equals(person))
                        .orElse(null);
        if (passkey == null) {
            return new Result.Refused(
                    "it was proved with a passkey that is not yours here",
                    "Use a passkey that this page lists.");
        }
        return switch (ceremonies
                .verifier()
                .check(
                        ceremonies.site(),
                        Base64.getUrlDecoder().decode(challenge),
                        passkey.publicKey(),
                        assertion)) {
            case PasskeyVerifier.Checked.Invalid invalid ->
                    new Result.Refused(invalid.why(), AGAIN);
            case PasskeyVerifier.Checked.Valid valid
                    when !ceremonies
                            .passkeys()
                            .used(passkey.credentialId(), valid.signCount(), now) ->
                    new Result.Refused(
                            "the passkey's counter went back: it may have been copied",
                            "Ask an admin to remove it and enrol a new one.");
            case PasskeyVerifier.Checked.Valid _ ->
                    new Result.Ready(people.inviteProven(by, person, passkey, LINK_VALID));
        };
    }
}
