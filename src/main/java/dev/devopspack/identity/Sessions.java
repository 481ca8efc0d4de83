package dev.devopspack.identity;

import dev.devopspack.change.Digest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Sessions of signed-in people: the only kind of principal that may decide.
public final class Sessions {

    /// A page left open over lunch must be signed in again.
    public static final Duration IDLE = Duration.ofMinutes(30);

    /// A working day, whatever is done with it.
    public static final Duration LONGEST = Duration.ofHours(12);

    private static final Duration SEEN_PRECISION = Duration.ofMinutes(1);
    private static final int SECRET_LENGTH = 43;
    private static final int ID_LENGTH = 16;

    private final SessionStore sessions;
    private final PersonStore people;
    private final Secrets secrets;
    private final Clock clock;

    public Sessions(SessionStore sessions, PersonStore people, Secrets secrets, Clock clock) {
        this.sessions = sessions;
        this.people = people;
        this.secrets = secrets;
        this.clock = clock;
    }

    /// @param secret the cookie's value
    public record Started(String secret, Session session) {

        @Override
        public String toString() {
            return "Started[" + session.id() + "]";
        }
    }

    /// After the company's identity provider said who it is. Decisions ask for a passkey all the
    /// same.
    public Started startByCompany(PersonId person) {
        return start(person);
    }

    /// Only a sign-in starts one: a passkey's proof, or the company's word.
    Started start(PersonId person) {
        Instant now = clock.instant();
        sessions.removeExpired(now);
        String secret = secrets.secret();
        Session session =
                new Session(
                        Digest.of(secret),
                        secrets.id(ID_LENGTH),
                        person,
                        now,
                        now,
                        now.plus(LONGEST));
        sessions.insert(session);
        return new Started(secret, session);
    }

    /// Who is signed in with this cookie, with the roles of this moment.
    public Optional<Principal> authenticate(String secret) {
        if (secret.length() != SECRET_LENGTH) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        return sessions.find(Digest.of(secret))
                .filter(session -> now.isBefore(session.expiresAt()))
                .filter(session -> now.isBefore(session.lastSeenAt().plus(IDLE)))
                .flatMap(session ->
                        people.find(session.person())
                                .filter(Person::active)
                                .map(person -> principal(session, person, now)));
    }

    private Principal principal(Session session, Person person, Instant now) {
        if (session.lastSeenAt().plus(SEEN_PRECISION).isBefore(now)) {
            sessions.seen(session.hash(), now);
        }
        return new Principal(
                Principal.Kind.SESSION,
                session.id(),
                person.id(),
                person.displayName(),
                person.roles());
    }

    /// Signs out.
    public void end(String secret) {
        sessions.remove(Digest.of(secret));
    }
}
