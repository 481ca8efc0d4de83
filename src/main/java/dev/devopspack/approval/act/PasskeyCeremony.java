package dev.devopspack.approval.act;

import dev.devopspack.approval.Refusal;
import dev.devopspack.approval.Refusal.Code;
import dev.devopspack.identity.Assertion;
import dev.devopspack.identity.BrowserAnswers;
import dev.devopspack.identity.Ceremonies;
import dev.devopspack.identity.Ceremony;
import dev.devopspack.identity.Passkey;
import dev.devopspack.identity.PasskeyVerifier;
import dev.devopspack.identity.PersonId;
import dev.devopspack.identity.Secrets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How a signed-in person signs a document of ours with a passkey: its hash is the challenge, which
/// answers once. Knows neither what documents say nor who may sign them.
public final class PasskeyCeremony {

    /// How long a person may take between reading the text and signing it.
    public static final Duration VALID = Duration.ofMinutes(3);

    public static final Refusal NO_CHALLENGE =
            new Refusal(
                    Code.BAD_CHALLENGE,
                    "this challenge has expired, was used before or is none of ours",
                    "Press the button again and sign within three minutes.");

    public static final Refusal OTHER_TEXT_SHOWN =
            new Refusal(
                    Code.OTHER_TEXT_SHOWN,
                    "what your browser displayed is not the text to be signed",
                    "Reload the page; if it happens again, do not sign and tell an admin.");

    public static final Refusal OTHER_PASSKEY =
            new Refusal(
                    Code.BAD_ASSERTION,
                    "it was signed with a passkey that is not yours here",
                    "Use the passkey that you signed in with.");

    private final Ceremonies ceremonies;

    public PasskeyCeremony(Ceremonies ceremonies) {
        this.ceremonies = ceremonies;
    }

    /// @param options what the browser hands to `navigator.credentials.get`, for
    ///   `PublicKeyCredential.parseRequestOptionsFromJSON`
    public record Opened(String options, Instant expiresAt) {}

    /// Gives out the challenge of a document.
    ///
    /// @param hash of the document
    public Opened open(
            Ceremony.Purpose purpose, PersonId person, String document, byte[] hash, Instant now) {
        String challenge = Secrets.base64(hash);
        Instant expiresAt = now.plus(VALID);
        ceremonies.begin(new Ceremony(challenge, purpose, person, document, expiresAt), now);
        return new Opened(
                ceremonies.asked(challenge, VALID, ceremonies.passkeys().of(person)), expiresAt);
    }

    /// The open ceremony that an assertion answers, used up; nothing is believed of the assertion
    /// yet.
    public Optional<Ceremony> take(Ceremony.Purpose purpose, Assertion assertion, Instant now) {
        String challenge = BrowserAnswers.challenge(assertion.clientDataJson());
        return ceremonies.take(challenge, purpose, now);
    }

    /// The person's passkey that an assertion names.
    public Optional<Passkey> passkey(PersonId person, Assertion assertion) {
        return ceremonies
                .passkeys()
                .find(assertion.credentialId())
                .filter(key -> key.person().equals(person));
    }

    /// Why the assertion is not the passkey's signature of the document; nothing where it is.
    ///
    /// @param hash of the document
    public Optional<Refusal> unsigned(
            byte[] hash, Passkey passkey, Assertion assertion, Instant now) {
        return switch (ceremonies
                .verifier()
                .check(ceremonies.site(), hash, passkey.publicKey(), assertion)) {
            case PasskeyVerifier.Checked.Invalid invalid ->
                    refusal(invalid.why(), "Press the button again.");
            case PasskeyVerifier.Checked.Valid valid
                    when !ceremonies
                            .passkeys()
                            .used(passkey.credentialId(), valid.signCount(), now) ->
                    refusal(
                            "the passkey's counter went back: it may have been copied",
                            "Ask an admin to remove it and enrol a new one.");
            case PasskeyVerifier.Checked.Valid _ -> Optional.empty();
        };
    }

    private static Optional<Refusal> refusal(String problem, String mend) {
        return Optional.of(new Refusal(Code.BAD_ASSERTION, problem, mend));
    }
}
