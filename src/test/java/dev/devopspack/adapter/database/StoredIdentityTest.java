package dev.devopspack.adapter.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.change.CommitAuthor;
import dev.devopspack.change.Digest;
import dev.devopspack.identity.ApiToken;
import dev.devopspack.identity.Ceremony;
import dev.devopspack.identity.CeremonyStore;
import dev.devopspack.identity.EnrolmentLink;
import dev.devopspack.identity.EnrolmentStore;
import dev.devopspack.identity.Passkey;
import dev.devopspack.identity.PasskeyStore;
import dev.devopspack.identity.Person;
import dev.devopspack.identity.PersonId;
import dev.devopspack.identity.PersonStore;
import dev.devopspack.identity.Role;
import dev.devopspack.identity.Session;
import dev.devopspack.identity.SessionStore;
import dev.devopspack.identity.TokenStore;
import dev.devopspack.task.Environment;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class StoredIdentityTest {

    private static final Instant NOON = Instant.parse("2026-03-04T12:00:00.123456Z");
    private static final Instant LATER = NOON.plusSeconds(60);

    @Inject PersonStore people;
    @Inject PasskeyStore passkeys;
    @Inject EnrolmentStore enrolments;
    @Inject TokenStore tokens;
    @Inject SessionStore sessions;
    @Inject CeremonyStore ceremonies;

    private Person ada =
            new Person(new PersonId(UUID.randomUUID()), "Ada", Set.of(Role.ADMIN), NOON, true);
    private final String unique = UUID.randomUUID().toString();

    @BeforeEach
    void ada() {
        people.insert(ada);
    }

    @Test
    void aPersonIsChangedNotRemoved() {
        ada =
                ada.withName("Ada L.")
                        .withRoles(Set.of())
                        .withActive(false)
                        .withApproves(Set.of(new Environment("edge"), new Environment("staging")))
                        .withCommitsAs(Set.of(new CommitAuthor("Ada@Example.com")));

        people.update(ada);

        assertEquals(Optional.of(ada), people.find(ada.id()));
        assertTrue(people.all().contains(ada));
    }

    @Test
    void aPasskeyIsStoredOnceByItsIdAndByItsKey() {
        Passkey passkey = passkey("id" + unique, "key" + unique, 0);

        assertTrue(passkeys.insert(passkey));
        assertFalse(passkeys.insert(passkey("id" + unique, "other" + unique, 0)));
        assertFalse(passkeys.insert(passkey("other" + unique, "key" + unique, 0)));

        assertEquals(List.of(passkey), passkeys.of(ada.id()));
        assertTrue(passkeys.remove(passkey.credentialId()));
        assertFalse(passkeys.remove(passkey.credentialId()));
        assertEquals(Optional.empty(), passkeys.find(passkey.credentialId()));
        assertEquals(List.of(), passkeys.of(ada.id()));
        assertFalse(passkeys.insert(passkey("new" + unique, "key" + unique, 0)));
    }

    @Test
    void aCounterThatDoesNotRiseIsRefusedUnlessItIsAlwaysZero() {
        passkeys.insert(passkey("a" + unique, "a" + unique, 0));
        passkeys.insert(passkey("b" + unique, "b" + unique, 5));

        assertTrue(passkeys.used("a" + unique, 0, LATER));
        assertFalse(passkeys.used("b" + unique, 5, LATER));
        assertFalse(passkeys.used("b" + unique, 0, LATER));
        assertTrue(passkeys.used("b" + unique, 6, LATER));

        assertEquals(
                new Passkey(
                        "b" + unique,
                        ada.id(),
                        "b" + unique,
                        "aaguid",
                        6,
                        true,
                        "laptop",
                        NOON,
                        LATER),
                passkeys.find("b" + unique).orElseThrow());
    }

    @Test
    void anEnrolmentLinkIsUsedOnceAndInTime() {
        EnrolmentLink link = link("first", LATER);
        EnrolmentLink late = link("late", LATER);
        enrolments.insert(link);
        enrolments.insert(late);

        assertTrue(enrolments.use(link.hash(), NOON));
        assertFalse(enrolments.use(link.hash(), NOON));
        assertFalse(enrolments.use(late.hash(), LATER));

        enrolments.revokeOf(ada.id(), NOON);
        assertFalse(enrolments.use(late.hash(), NOON));
        assertEquals(
                Optional.of(new EnrolmentLink(late.hash(), ada.id(), NOON, late.expiresAt(), NOON)),
                enrolments.find(late.hash()));
    }

    @Test
    void aTokenIsFoundByItsHashAndRevokedOnce() {
        ApiToken token =
                new ApiToken(
                        "t" + unique,
                        Digest.of(unique),
                        ada.id(),
                        "laptop",
                        Set.of(Role.VIEWER, Role.REQUESTER),
                        NOON,
                        LATER,
                        null,
                        null);
        tokens.insert(token);
        assertEquals(Optional.of(token), tokens.findByHash(token.hash()));
        assertEquals(List.of(token), tokens.of(ada.id()));

        tokens.seen(token.id(), NOON);
        assertTrue(tokens.revoke(token.id(), LATER));
        assertFalse(tokens.revoke(token.id(), LATER));

        ApiToken revoked = tokens.find(token.id()).orElseThrow();
        assertEquals(LATER, revoked.revokedAt());
        assertEquals(NOON, revoked.lastUsedAt());
        assertTrue(tokens.all().contains(revoked));
    }

    @Test
    void sessionsEndOneByOneAndAllOfAPerson() {
        Session one = session("one", LATER);
        Session two = session("two", LATER);
        Session three = session("three", LATER.plusSeconds(1));
        List.of(one, two, three).forEach(sessions::insert);

        sessions.seen(one.hash(), LATER);
        assertEquals(LATER, sessions.find(one.hash()).orElseThrow().lastSeenAt());

        sessions.remove(one.hash());
        assertEquals(Optional.empty(), sessions.find(one.hash()));

        sessions.removeExpired(LATER);
        assertEquals(Optional.empty(), sessions.find(two.hash()));
        assertEquals(Optional.of(three), sessions.find(three.hash()));

        sessions.removeOf(ada.id());
        assertEquals(Optional.empty(), sessions.find(three.hash()));
    }

    @Test
    void aChallengeIsTakenOnceForItsPurposeAndInTime() {
        Ceremony ceremony = ceremony("a");
        Ceremony late = ceremony("late");
        ceremonies.insert(ceremony);
        ceremonies.insert(late);

        assertEquals(
                Optional.empty(),
                ceremonies.take(ceremony.challenge(), Ceremony.Purpose.SIGN_IN, NOON));
        assertEquals(
                Optional.of(ceremony),
                ceremonies.take(ceremony.challenge(), Ceremony.Purpose.DECIDE, NOON));
        assertEquals(
                Optional.empty(),
                ceremonies.take(ceremony.challenge(), Ceremony.Purpose.DECIDE, NOON));
        assertEquals(
                Optional.empty(),
                ceremonies.take(late.challenge(), Ceremony.Purpose.DECIDE, LATER));
        assertEquals(
                Optional.empty(), ceremonies.take(late.challenge(), Ceremony.Purpose.DECIDE, NOON));
    }

    @Test
    void ofManyRacingAnswersOneGetsTheChallenge() throws Exception {
        Ceremony ceremony = ceremony("race");
        ceremonies.insert(ceremony);
        int racers = 16;
        CyclicBarrier together = new CyclicBarrier(racers);
        List<Callable<Optional<Ceremony>>> calls =
                IntStream.range(0, racers)
                        .<Callable<Optional<Ceremony>>>mapToObj(i ->
                                () -> {
                                    together.await();
                                    return ceremonies.take(
                                            ceremony.challenge(), Ceremony.Purpose.DECIDE, NOON);
                                })
                        .toList();

        int taken = 0;
        try (ExecutorService pool = Executors.newFixedThreadPool(racers)) {
            for (Future<Optional<Ceremony>> call : pool.invokeAll(calls)) {
                taken += call.get().isPresent() ? 1 : 0;
            }
        }

        assertEquals(1, taken);
    }

    private Passkey passkey(String id, String key, long count) {
        return new Passkey(id, ada.id(), key, "aaguid", count, true, "laptop", NOON, null);
    }

    private EnrolmentLink link(String name, Instant expiresAt) {
        return new EnrolmentLink(Digest.of(name + unique), ada.id(), NOON, expiresAt, null);
    }

    private Session session(String name, Instant expiresAt) {
        return new Session(
                Digest.of(name + unique), name + unique, ada.id(), NOON, NOON, expiresAt);
    }

    private Ceremony ceremony(String name) {
        return new Ceremony(name + unique, Ceremony.Purpose.DECIDE, ada.id(), "{}", LATER);
    }
}
