package dev.devopspack.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.webauthn4j.data.AttestationConveyancePreference;
import com.webauthn4j.data.AuthenticatorSelectionCriteria;
import com.webauthn4j.data.PublicKeyCredentialCreationOptions;
import com.webauthn4j.data.PublicKeyCredentialDescriptor;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialRequestOptions;
import com.webauthn4j.data.PublicKeyCredentialRpEntity;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.PublicKeyCredentialUserEntity;
import com.webauthn4j.data.UserVerificationRequirement;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.test.EmulatorUtil;
import com.webauthn4j.test.authenticator.webauthn.WebAuthnAuthenticatorAdaptor;
import com.webauthn4j.test.client.ClientPlatform;
import dev.devopspack.change.Canonical;
import dev.devopspack.change.StrictJson;
import dev.devopspack.change.Transactions;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.testing.InMemoryIdentity;
import dev.devopspack.testing.MovingClock;
import dev.devopspack.testing.SoftPasskey;
import dev.devopspack.testing.SoftPasskey.Circumstances;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class IdentityTest {

    private static final String ORIGIN = "http://localhost:8080";
    private static final RelyingParty SITE =
            new RelyingParty("localhost", "DevOps Pack", Set.of(ORIGIN));
    private static final Circumstances HONEST = Circumstances.honest(ORIGIN, "localhost");

    private final MovingClock clock = new MovingClock(Instant.parse("2026-11-23T10:00:00Z"));
    private final InMemoryIdentity rows = new InMemoryIdentity();
    private final List<String> journalled = new ArrayList<>();
    private final Journal journal = (kind, actor, facts, personal) -> journalled.add(kind);
    private final Transactions transactions =
            new Transactions() {
                @Override
                public <T> T inOne(Supplier<T> work) {
                    return work.get();
                }
            };
    private final Secrets secrets = new Secrets();
    private final PasskeyVerifier verifier = new PasskeyVerifier();
    private final Bookkeeping books = new Bookkeeping(journal, transactions, secrets, clock);
    private final Ceremonies ceremonies =
            new Ceremonies(SITE, verifier, rows.passkeys, rows.ceremonies);
    private final People people =
            new People(rows.people, rows.passkeys, rows.enrolments, rows.sessions, books);
    private final Sessions sessions = new Sessions(rows.sessions, rows.people, secrets, clock);
    private final Tokens tokens = new Tokens(rows.tokens, rows.people, books);
    private final Enrolment enrolment =
            new Enrolment(ceremonies, rows.people, rows.enrolments, sessions, books);
    private final AnotherPasskey another = new AnotherPasskey(ceremonies, people, books);
    private final SignIn signIn = new SignIn(ceremonies, rows.people, sessions, books);

    @Test
    void theFirstAdminEnrolsWithTheLinkAndSignsInAgain() {
        SoftPasskey passkey = new SoftPasskey();
        People.Invitation link = people.firstAdmin().orElseThrow();

        Enrolment.Result.Enrolled enrolled = enrolled(register(link, "Ada", passkey, HONEST));
        SignIn.Result.SignedIn signedIn = signedIn(signIn(passkey, HONEST));

        assertEquals("Ada", enrolled.person().displayName());
        assertEquals(People.FIRST_ADMIN, signedIn.person().id());
        assertEquals(Optional.empty(), people.firstAdmin());
        assertEquals(
                List.of("person.added", "person.invited", "person.enrolled", "person.signed_in"),
                journalled);
    }

    @Test
    void anotherAuthenticatorsEmulatorIsUnderstood() {
        ClientPlatform browser =
                new ClientPlatform(
                        new Origin(ORIGIN),
                        new WebAuthnAuthenticatorAdaptor(
                                EmulatorUtil.NONE_ATTESTATION_AUTHENTICATOR));
        People.Invitation link = people.firstAdmin().orElseThrow();
        String options = enrolment.options(link.secret()).orElseThrow();
        var made =
                browser.create(
                        new PublicKeyCredentialCreationOptions(
                                new PublicKeyCredentialRpEntity("localhost", "x"),
                                new PublicKeyCredentialUserEntity(new byte[16], "a", "a"),
                                new DefaultChallenge(challengeOf(options)),
                                List.of(
                                        new PublicKeyCredentialParameters(
                                                PublicKeyCredentialType.PUBLIC_KEY,
                                                COSEAlgorithmIdentifier.ES256)),
                                60_000L,
                                List.of(),
                                new AuthenticatorSelectionCriteria(
                                        null, true, UserVerificationRequirement.REQUIRED),
                                AttestationConveyancePreference.NONE,
                                null));
        String registration =
                Canonical.text(
                        Map.of(
                                "id",
                                base64(made.getRawId()),
                                "response",
                                Map.of(
                                        "attestationObject",
                                        base64(made.getResponse().getAttestationObject()),
                                        "clientDataJSON",
                                        base64(made.getResponse().getClientDataJSON()))));
        enrolled(enrolment.register(link.secret(), null, "emulator", registration));

        var answer =
                browser.get(
                        new PublicKeyCredentialRequestOptions(
                                new DefaultChallenge(challengeOf(signIn.options())),
                                60_000L,
                                "localhost",
                                List.of(
                                        new PublicKeyCredentialDescriptor(
                                                PublicKeyCredentialType.PUBLIC_KEY,
                                                made.getRawId(),
                                                null)),
                                UserVerificationRequirement.REQUIRED,
                                null));
        String assertion =
                Canonical.text(
                        Map.of(
                                "id",
                                base64(answer.getRawId()),
                                "response",
                                Map.of(
                                        "authenticatorData",
                                        base64(answer.getResponse().getAuthenticatorData()),
                                        "clientDataJSON",
                                        base64(answer.getResponse().getClientDataJSON()),
                                        "signature",
                                        base64(answer.getResponse().getSignature()))));

        assertEquals(People.FIRST_ADMIN, signedIn(signIn.finish(assertion)).person().id());
    }

    @Test
    void aLinkIsForOnePasskey() {
        People.Invitation link = people.firstAdmin().orElseThrow();
        String options = enrolment.options(link.secret()).orElseThrow();
        enrolled(register(link, null, new SoftPasskey(), HONEST));

        Enrolment.Result again =
                enrolment.register(
                        link.secret(),
                        null,
                        "second",
                        new SoftPasskey()
                                .register(
                                        challengeText(options),
                                        HONEST.withType("webauthn.create")));

        assertInstanceOf(Enrolment.Result.Refused.class, again);
        assertEquals(Optional.empty(), enrolment.options(link.secret()));
    }

    @Test
    void aNewerLinkMakesTheOlderOneUseless() {
        People.Invitation older = people.firstAdmin().orElseThrow();
        People.Invitation newer = people.firstAdmin().orElseThrow();

        assertEquals(Optional.empty(), enrolment.options(older.secret()));
        assertTrue(enrolment.options(newer.secret()).isPresent());
    }

    @Test
    void aLinkEndsAfterADay() {
        People.Invitation link = people.firstAdmin().orElseThrow();
        clock.move(People.LINK_VALID);

        assertEquals(Optional.empty(), enrolment.options(link.secret()));
    }

    @Test
    void oneKeySpeaksForOnePersonAlsoAfterItWasRemoved() {
        SoftPasskey passkey = new SoftPasskey();
        enrolled(register(people.firstAdmin().orElseThrow(), null, passkey, HONEST));
        Person second = enrol("Second", new SoftPasskey(), Role.VIEWER);
        People.Invitation link = people.invite(Principal.SYSTEM, second.id());
        Enrolment.Result shared = register(link, null, passkey, HONEST);

        assertInstanceOf(Enrolment.Result.Refused.class, shared);
    }

    @Test
    void whatAForgerChangesIsRefused() {
        SoftPasskey passkey = new SoftPasskey();
        enrolled(register(people.firstAdmin().orElseThrow(), null, passkey, HONEST));

        List<Circumstances> forged =
                List.of(
                        HONEST.withOrigin("http://localhost.evil.example"),
                        HONEST.withRpId("evil.example"),
                        HONEST.withFlags(SoftPasskey.USER_PRESENT),
                        HONEST.withType("webauthn.create"),
                        HONEST.withCrossOrigin());

        for (Circumstances how : forged) {
            assertInstanceOf(SignIn.Result.Refused.class, signIn(passkey, how), how.toString());
        }
    }

    @Test
    void aSignInAnswersOnce() {
        SoftPasskey passkey = new SoftPasskey();
        enrolled(register(people.firstAdmin().orElseThrow(), null, passkey, HONEST));
        String assertion = passkey.sign(challengeText(signIn.options()), HONEST);

        signedIn(signIn.finish(assertion));

        assertInstanceOf(SignIn.Result.Refused.class, signIn.finish(assertion));
    }

    @Test
    void aPasskeyWhoseCounterDoesNotRiseSignsNobodyIn() {
        SoftPasskey passkey = new SoftPasskey();
        enrolled(register(people.firstAdmin().orElseThrow(), null, passkey, HONEST));
        signedIn(signIn(passkey, HONEST.withCount(7)));

        assertInstanceOf(SignIn.Result.Refused.class, signIn(passkey, HONEST.withCount(7)));
        assertInstanceOf(SignIn.Result.Refused.class, signIn(passkey, HONEST.withCount(6)));
        assertEquals(
                List.of("person.signed_in", "person.sign_in_refused", "person.sign_in_refused"),
                journalled.subList(journalled.size() - 3, journalled.size()));
    }

    @Test
    void anAnswerToOnePersonsLinkEnrolsNobodyElse() {
        People.Invitation ada = people.add(Principal.SYSTEM, "Ada", Set.of(Role.APPROVER));
        People.Invitation mallory = people.add(Principal.SYSTEM, "Mallory", Set.of(Role.VIEWER));
        String challenge = challengeText(enrolment.options(mallory.secret()).orElseThrow());
        String answer = new SoftPasskey().register(challenge, HONEST.withType("webauthn.create"));

        assertInstanceOf(
                Enrolment.Result.Refused.class,
                enrolment.register(ada.secret(), null, "laptop", answer));
        assertEquals(List.of(), people.passkeys(ada.person().id()));
    }

    @Test
    void anEnrolmentWithoutUserVerificationIsRefused() {
        Enrolment.Result result =
                register(
                        people.firstAdmin().orElseThrow(),
                        null,
                        new SoftPasskey(),
                        HONEST.withFlags(SoftPasskey.USER_PRESENT));

        assertInstanceOf(Enrolment.Result.Refused.class, result);
    }

    @Test
    void garbageIsARefusal() {
        for (String garbage :
                List.of("", "[]", "{\"id\":1}", "{\"response\":{}}", "{".repeat(10_000))) {
            assertInstanceOf(SignIn.Result.Refused.class, signIn.finish(garbage), garbage);
        }
    }

    @Test
    void aSessionEndsByIdlenessByItsAgeAndWithItsPerson() {
        SoftPasskey passkey = new SoftPasskey();
        Person person = enrol("Somebody", passkey, Role.VIEWER);
        String idle = signedIn(signIn(passkey, HONEST)).session().secret();
        clock.move(Sessions.IDLE);
        assertEquals(Optional.empty(), sessions.authenticate(idle));

        String busy = signedIn(signIn(passkey, HONEST)).session().secret();
        for (int i = 0; i < 47; i++) {
            clock.move(Duration.ofMinutes(15));
            assertTrue(sessions.authenticate(busy).isPresent());
        }
        clock.move(Duration.ofMinutes(15));
        assertEquals(Optional.empty(), sessions.authenticate(busy));

        String current = signedIn(signIn(passkey, HONEST)).session().secret();
        people.disable(Principal.SYSTEM, person.id());
        assertEquals(Optional.empty(), sessions.authenticate(current));
        assertInstanceOf(SignIn.Result.Refused.class, signIn(passkey, HONEST));
    }

    @Test
    void aTokenSpeaksForItsHumanWithinItsRoles() {
        Person person = enrol("Somebody", new SoftPasskey(), Role.VIEWER, Role.REQUESTER);
        Tokens.Issued issued =
                tokens.issue(
                        Principal.SYSTEM,
                        person.id(),
                        "claude-code",
                        Set.of(Role.VIEWER, Role.REQUESTER),
                        Duration.ofDays(30));

        assertTrue(issued.secret().startsWith("dpk_"));
        assertFalse(issued.toString().contains(issued.secret()));
        assertEquals(
                Optional.of(
                        new Principal(
                                Principal.Kind.TOKEN,
                                issued.token().id(),
                                person.id(),
                                "claude-code",
                                Set.of(Role.VIEWER, Role.REQUESTER))),
                tokens.authenticate(issued.secret()));

        people.setRoles(Principal.SYSTEM, person.id(), Set.of(Role.VIEWER));
        assertEquals(
                Set.of(Role.VIEWER), tokens.authenticate(issued.secret()).orElseThrow().roles());
    }

    @Test
    void aTokenEndsByTimeByRevocationAndWithItsPerson() {
        Person person = enrol("Somebody", new SoftPasskey(), Role.VIEWER);
        String late = token(person, Duration.ofHours(1)).secret();
        Tokens.Issued revoked = token(person, Duration.ofDays(2));
        String orphaned = token(person, Duration.ofDays(2)).secret();

        clock.move(Duration.ofHours(1));
        tokens.revoke(Principal.SYSTEM, revoked.token().id());

        assertEquals(Optional.empty(), tokens.authenticate(late));
        assertEquals(Optional.empty(), tokens.authenticate(revoked.secret()));
        assertTrue(tokens.authenticate(orphaned).isPresent());
        people.disable(Principal.SYSTEM, person.id());
        assertEquals(Optional.empty(), tokens.authenticate(orphaned));
    }

    @Test
    void whoCalledEarlierHasTheRolesOfNow() {
        Standing standing = new Standing(rows.tokens, rows.people, clock);
        Person person = enrol("Somebody", new SoftPasskey(), Role.VIEWER, Role.REQUESTER);
        Tokens.Issued issued =
                tokens.issue(
                        Principal.SYSTEM,
                        person.id(),
                        "bot",
                        Set.of(Role.VIEWER, Role.REQUESTER),
                        Duration.ofDays(2));
        Principal byToken = tokens.authenticate(issued.secret()).orElseThrow();
        Principal inSession =
                new Principal(
                        Principal.Kind.SESSION,
                        "a session that is over",
                        person.id(),
                        "Somebody",
                        Set.of(Role.VIEWER, Role.REQUESTER));

        assertEquals(Optional.of(byToken), standing.now(byToken));
        assertEquals(Optional.of(inSession), standing.now(inSession));
        assertEquals(Optional.of(Principal.SYSTEM), standing.now(Principal.SYSTEM));

        people.setRoles(Principal.SYSTEM, person.id(), Set.of(Role.VIEWER));
        assertEquals(Set.of(Role.VIEWER), standing.now(byToken).orElseThrow().roles());
        assertEquals(Set.of(Role.VIEWER), standing.now(inSession).orElseThrow().roles());

        tokens.revoke(Principal.SYSTEM, issued.token().id());
        assertEquals(Optional.empty(), standing.now(byToken));
        assertEquals(Set.of(Role.VIEWER), standing.now(inSession).orElseThrow().roles());

        people.disable(Principal.SYSTEM, person.id());
        assertEquals(Optional.empty(), standing.now(inSession));
    }

    private Tokens.Issued token(Person person, Duration validFor) {
        return tokens.issue(Principal.SYSTEM, person.id(), "bot", Set.of(Role.VIEWER), validFor);
    }

    @Test
    void noTokenCanDecideAdministerOrMakeTokens() {
        Person person = enrol("Boss", new SoftPasskey(), Role.values());
        Principal token =
                new Principal(Principal.Kind.TOKEN, "t", person.id(), "t", Set.of(Role.values()));

        for (Role role : List.of(Role.APPROVER, Role.ADMIN)) {
            assertThrows(
                    InvalidInput.class,
                    () ->
                            tokens.issue(
                                    Principal.SYSTEM,
                                    person.id(),
                                    "bot",
                                    Set.of(role),
                                    Duration.ofDays(1)));
        }
        assertThrows(
                NotAllowed.class,
                () ->
                        tokens.issue(
                                token,
                                person.id(),
                                "bot",
                                Set.of(Role.VIEWER),
                                Duration.ofDays(1)));
        assertThrows(NotAllowed.class, () -> people.add(token, "x", Set.of(Role.ADMIN)));
        assertThrows(NotAllowed.class, () -> people.invite(token, person.id()));
    }

    @Test
    void whoProvesItWithHisPasskeyRegistersAnother() {
        SoftPasskey first = new SoftPasskey();
        Person person = enrol("Somebody", first, Role.VIEWER);
        Principal session = sessionOf(person);
        journalled.clear();

        AnotherPasskey.Result.Ready ready =
                assertInstanceOf(AnotherPasskey.Result.Ready.class, another(session, first));
        enrolled(register(ready.invitation(), null, new SoftPasskey(), HONEST));

        assertEquals(
                clock.instant().plus(AnotherPasskey.LINK_VALID), ready.invitation().expiresAt());
        assertEquals(2, people.passkeys(person.id()).size());
        assertEquals(List.of("person.invited", "person.enrolled"), journalled);
    }

    @Test
    void aSessionAloneRegistersNoOtherPasskey() {
        SoftPasskey own = new SoftPasskey();
        SoftPasskey foreign = new SoftPasskey();
        Person person = enrol("Somebody", own, Role.VIEWER);
        Person other = enrol("Another", foreign, Role.VIEWER);
        Principal session = sessionOf(person);
        String options = another.options(session);
        String answer = own.sign(base64(challengeOf(options)), HONEST);

        assertEquals(
                "it was proved with a passkey that is not yours here",
                refusal(another(session, foreign)));
        assertEquals(
                "this proof has expired or was used before",
                refusal(another.link(sessionOf(other), answer)));
        assertEquals(
                "this proof has expired or was used before",
                refusal(another.link(session, answer)));
        assertEquals(
                "this proof has expired or was used before",
                refusal(
                        another.link(
                                session, own.sign(base64(challengeOf(signIn.options())), HONEST))));
        String late = own.sign(base64(challengeOf(another.options(session))), HONEST);
        clock.move(SignIn.CEREMONY.plusSeconds(1));
        assertEquals(
                "this proof has expired or was used before", refusal(another.link(session, late)));
        Principal token =
                new Principal(Principal.Kind.TOKEN, "t", person.id(), "t", Set.of(Role.VIEWER));
        assertThrows(NotAllowed.class, () -> another.options(token));
        assertThrows(NotAllowed.class, () -> another.link(token, answer));
        assertThrows(NotAllowed.class, () -> people.invite(session, person.id()));
        assertEquals(1, people.passkeys(person.id()).size());
    }

    @Test
    void whoHasNoPasskeyCannotProveAnything() {
        Person person = people.add(Principal.SYSTEM, "New", Set.of(Role.VIEWER)).person();

        assertThrows(NotAllowed.class, () -> another.options(sessionOf(person)));
    }

    private AnotherPasskey.Result another(Principal by, SoftPasskey passkey) {
        return another.link(by, passkey.sign(base64(challengeOf(another.options(by))), HONEST));
    }

    private static String refusal(AnotherPasskey.Result result) {
        return assertInstanceOf(AnotherPasskey.Result.Refused.class, result).problem();
    }

    private static Principal sessionOf(Person person) {
        return new Principal(Principal.Kind.SESSION, "s", person.id(), "s", person.roles());
    }

    @Test
    void onlyAnAdminMakesAPipelinesToken() {
        Person person = enrol("Somebody", new SoftPasskey(), Role.VIEWER);
        Principal session =
                new Principal(Principal.Kind.SESSION, "s", person.id(), "s", Set.of(Role.VIEWER));

        assertThrows(
                NotAllowed.class,
                () ->
                        tokens.issue(
                                session,
                                person.id(),
                                "ci",
                                Set.of(Role.PIPELINE),
                                Duration.ofDays(1)));
        Tokens.Issued issued =
                tokens.issue(
                        Principal.SYSTEM,
                        person.id(),
                        "ci",
                        Set.of(Role.PIPELINE),
                        Duration.ofDays(1));
        assertEquals(
                Set.of(Role.PIPELINE), tokens.authenticate(issued.secret()).orElseThrow().roles());
    }

    @Test
    void theLastAdminStays() {
        enrolled(register(people.firstAdmin().orElseThrow(), null, new SoftPasskey(), HONEST));

        assertThrows(NotAllowed.class, () -> people.disable(Principal.SYSTEM, People.FIRST_ADMIN));
        assertThrows(
                NotAllowed.class,
                () -> people.setRoles(Principal.SYSTEM, People.FIRST_ADMIN, Set.of(Role.VIEWER)));
        String credential = people.passkeys(People.FIRST_ADMIN).getFirst().credentialId();
        assertThrows(NotAllowed.class, () -> people.removePasskey(Principal.SYSTEM, credential));
    }

    @Test
    void theTrialRequesterIsNotTheFirstAdmin() {
        assertNotEquals(People.FIRST_ADMIN, people.trialRequester().id());
        assertEquals(people.trialRequester(), people.trialRequester());
    }

    private Person enrol(String name, SoftPasskey passkey, Role... roles) {
        People.Invitation link = people.add(Principal.SYSTEM, name, Set.of(roles));
        return enrolled(register(link, null, passkey, HONEST)).person();
    }

    private Enrolment.Result register(
            People.Invitation link, String name, SoftPasskey passkey, Circumstances how) {
        String options = enrolment.options(link.secret()).orElseThrow();
        return enrolment.register(
                link.secret(),
                name,
                "laptop",
                passkey.register(challengeText(options), how.withType("webauthn.create")));
    }

    private SignIn.Result signIn(SoftPasskey passkey, Circumstances how) {
        return signIn.finish(passkey.sign(challengeText(signIn.options()), how));
    }

    private static Enrolment.Result.Enrolled enrolled(Enrolment.Result result) {
        return assertInstanceOf(Enrolment.Result.Enrolled.class, result);
    }

    private static SignIn.Result.SignedIn signedIn(SignIn.Result result) {
        return assertInstanceOf(SignIn.Result.SignedIn.class, result);
    }

    private static String challengeText(String options) {
        return (String) StrictJson.object("options", options, 100_000).get("challenge");
    }

    private static byte[] challengeOf(String options) {
        return Base64.getUrlDecoder().decode(challengeText(options));
    }

    private static String base64(byte[] bytes) {
        return Secrets.base64(bytes);
    }
}
