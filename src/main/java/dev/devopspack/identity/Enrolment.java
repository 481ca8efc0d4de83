package dev.devopspack.identity;

import dev.devopspack.change.Canonical;
import dev.devopspack.change.Digest;
import dev.devopspack.change.Hidden;
import dev.devopspack.task.InvalidInput;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Registering a passkey with an enrolment link.
public final class Enrolment {

    private static final int MAX_LABEL_LENGTH = 40;

    private final Ceremonies ceremonies;
    private final PersonStore people;
    private final EnrolmentStore links;
    private final Sessions sessions;
    private final Bookkeeping books;

    public Enrolment(
            Ceremonies ceremonies,
            PersonStore people,
            EnrolmentStore links,
            Sessions sessions,
            Bookkeeping books) {
        this.ceremonies = ceremonies;
        this.people = people;
        this.links = links;
        this.sessions = sessions;
        this.books = books;
    }

    public sealed interface Result {

        /// The passkey is registered and its person signed in.
        record Enrolled(Sessions.Started session, Person person, Passkey passkey)
                implements Result {}

        record Refused(String problem, String mend) implements Result {}
    }

    /// Whom the link is for.
    ///
    /// @return nothing where the link is unknown, used or expired
    public Optional<Person> invited(String linkSecret) {
        return links.find(Digest.of(linkSecret))
                .filter(link -> link.usable(books.now()))
                .flatMap(link -> people.find(link.person()))
                .filter(Person::active);
    }

    /// What the browser hands to `navigator.credentials.create`, for
    /// `PublicKeyCredential.parseCreationOptionsFromJSON`.
    ///
    /// @return nothing where the link is unknown, used or expired
    public Optional<String> options(String linkSecret) {
        return invited(linkSecret).map(this::open);
    }

    private String open(Person person) {
        Instant now = books.now();
        String challenge = books.secret();
        ceremonies.begin(
                new Ceremony(
                        challenge,
                        Ceremony.Purpose.ENROL,
                        person.id(),
                        "",
                        now.plus(SignIn.CEREMONY)),
                now);
        return Canonical.text(
                Map.of(
                        "challenge",
                        challenge,
                        "rp",
                        Map.of("id", ceremonies.site().id(), "name", ceremonies.site().name()),
                        "user",
                        Map.of(
                                "id",
                                Secrets.base64(handle(person.id())),
                                "name",
                                person.displayName(),
                                "displayName",
                                person.displayName()),
                        "pubKeyCredParams",
                        PasskeyVerifier.algorithms().stream()
                                .map(alg -> Map.of("type", "public-key", "alg", alg))
                                .toList(),
                        "excludeCredentials",
                        ceremonies.passkeys().of(person.id()).stream()
                                .map(key -> Map.of("type", "public-key", "id", key.credentialId()))
                                .toList(),
                        "authenticatorSelection",
                        Map.of(
                                "residentKey", "required",
                                "requireResidentKey", true,
                                "userVerification", "required"),
                        "attestation",
                        "none",
                        "timeout",
                        SignIn.CEREMONY.toMillis()));
    }

    /// Registers the passkey, uses the link up and signs its person in.
    ///
    /// @param displayName what the person wants to be called, or null to keep the name
    /// @param label what the person calls the passkey, for example `laptop`
    /// @param registrationJson what the browser's `PublicKeyCredential.toJSON()` gave
    public Result register(
            String linkSecret,
            @Nullable String displayName,
            String label,
            String registrationJson) {
        return books.inOne(() -> {
            try {
                return registerNow(
                        Digest.of(linkSecret),
                        displayName,
                        checkedLabel(label),
                        BrowserAnswers.attestation(registrationJson));
            } catch (InvalidInput e) {
                return new Result.Refused(e.problem(), e.mend());
            }
        });
    }

    private Result registerNow(
            Digest hash, @Nullable String displayName, String label, Attestation attestation) {
        Instant now = books.now();
        EnrolmentLink link = links.find(hash).filter(l -> l.usable(now)).orElse(null);
        Person person =
                link == null
                        ? null
                        : people.find(link.person()).filter(Person::active).orElse(null);
        if (link == null || person == null) {
            return linkUsed();
        }
        String challenge = BrowserAnswers.challenge(attestation.clientDataJson());
        Ceremony ceremony = ceremonies.take(challenge, Ceremony.Purpose.ENROL, now).orElse(null);
        if (ceremony == null || !person.id().equals(ceremony.person())) {
            return new Result.Refused(
                    "this registration has expired or was used before",
                    "Open the enrolment link again.");
        }
        Person named = displayName == null ? person : person.withName(displayName);
        PasskeyVerifier.Registered registered =
                ceremonies
                        .verifier()
                        .register(
                                ceremonies.site(),
                                Base64.getUrlDecoder().decode(challenge),
                                attestation);
        return switch (registered) {
            case PasskeyVerifier.Registered.Invalid invalid ->
                    new Result.Refused(invalid.why(), "Open the enrolment link again.");
            case PasskeyVerifier.Registered.Valid valid -> keep(link, named, label, valid, now);
        };
    }

    private Result keep(
            EnrolmentLink link,
            Person person,
            String label,
            PasskeyVerifier.Registered.Valid valid,
            Instant now) {
        if (!links.use(link.hash(), now)) {
            return linkUsed();
        }
        Passkey passkey =
                new Passkey(
                        valid.credentialId(),
                        person.id(),
                        valid.publicKey(),
                        valid.aaguid(),
                        valid.signCount(),
                        valid.backupEligible(),
                        label,
                        now,
                        null);
        if (!ceremonies.passkeys().insert(passkey)) {
            return new Result.Refused(
                    "this passkey is registered already",
                    "Ask for a new link and use another authenticator: one key speaks for one"
                            + " person.");
        }
        people.update(person);
        books.record(
                "person.enrolled",
                "person:" + person.id(),
                Map.of(
                        "person", person.id().toString(),
                        "credential", passkey.credentialId(),
                        "roles", person.rolesText()),
                Map.of("displayName", person.displayName()));
        return new Result.Enrolled(sessions.start(person.id()), person, passkey);
    }

    private static Result.Refused linkUsed() {
        return new Result.Refused(
                "this enrolment link is unknown, used or expired",
                "Ask an admin for a new link; the first admin's is printed at the next start.");
    }

    private static String checkedLabel(String label) {
        String trimmed = label.strip();
        if (trimmed.isEmpty()
                || trimmed.length() > MAX_LABEL_LENGTH
                || Hidden.firstIn(trimmed) >= 0) {
            throw new InvalidInput(
                    "label",
                    "the passkey's label is empty, too long or holds invisible characters",
                    "Use 1 to " + MAX_LABEL_LENGTH + " characters, for example laptop.");
        }
        return trimmed;
    }

    /// The user handle: the person's id as 16 bytes, which tells nothing about him.
    private static byte[] handle(PersonId id) {
        UUID uuid = id.value();
        return ByteBuffer.allocate(16)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
    }
}
