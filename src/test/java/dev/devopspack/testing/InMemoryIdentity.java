package dev.devopspack.testing;

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
import dev.devopspack.identity.Session;
import dev.devopspack.identity.SessionStore;
import dev.devopspack.identity.TokenStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The stores of people, passkeys, sessions and tokens in memory, each method one step.
public final class InMemoryIdentity {

    public final PersonStore people = new People();
    public final PasskeyStore passkeys = new Passkeys();
    public final EnrolmentStore enrolments = new Enrolments();
    public final SessionStore sessions = new Sessions();
    public final CeremonyStore ceremonies = new Ceremonies();
    public final TokenStore tokens = new Tokens();

    private static final class People implements PersonStore {

        private final Map<PersonId, Person> rows = new LinkedHashMap<>();

        @Override
        public synchronized void insert(Person person) {
            if (rows.putIfAbsent(person.id(), person) != null) {
                throw new IllegalStateException("there is such a person already");
            }
        }

        @Override
        public synchronized Optional<Person> find(PersonId id) {
            return Optional.ofNullable(rows.get(id));
        }

        @Override
        public synchronized List<Person> all() {
            return rows.values().stream()
                    .sorted(Comparator.comparing(Person::displayName))
                    .toList();
        }

        @Override
        public synchronized void update(Person person) {
            rows.put(person.id(), person);
        }
    }

    private static final class Passkeys implements PasskeyStore {

        private final Map<String, Passkey> rows = new LinkedHashMap<>();
        private final Set<String> everSeen = new HashSet<>();

        @Override
        public synchronized boolean insert(Passkey passkey) {
            String id = "id " + passkey.credentialId();
            String key = "key " + passkey.publicKey();
            if (everSeen.contains(id) || everSeen.contains(key)) {
                return false;
            }
            everSeen.add(id);
            everSeen.add(key);
            rows.put(passkey.credentialId(), passkey);
            return true;
        }

        @Override
        public synchronized Optional<Passkey> find(String credentialId) {
            return Optional.ofNullable(rows.get(credentialId));
        }

        @Override
        public synchronized List<Passkey> of(PersonId person) {
            return rows.values().stream().filter(key -> key.person().equals(person)).toList();
        }

        @Override
        public synchronized boolean used(String credentialId, long signCount, Instant at) {
            Passkey key = rows.get(credentialId);
            boolean counts = signCount > 0 || key.signCount() > 0;
            if (counts && key.signCount() >= signCount) {
                return false;
            }
            rows.put(
                    credentialId,
                    new Passkey(
                            credentialId,
                            key.person(),
                            key.publicKey(),
                            key.aaguid(),
                            signCount,
                            key.backupEligible(),
                            key.label(),
                            key.createdAt(),
                            at));
            return true;
        }

        @Override
        public synchronized boolean remove(String credentialId) {
            return rows.remove(credentialId) != null;
        }
    }

    private static final class Enrolments implements EnrolmentStore {

        private final Map<Digest, EnrolmentLink> rows = new LinkedHashMap<>();

        @Override
        public synchronized void insert(EnrolmentLink link) {
            rows.put(link.hash(), link);
        }

        @Override
        public synchronized Optional<EnrolmentLink> find(Digest hash) {
            return Optional.ofNullable(rows.get(hash));
        }

        @Override
        public synchronized boolean use(Digest hash, Instant now) {
            EnrolmentLink link = rows.get(hash);
            if (link == null || !link.usable(now)) {
                return false;
            }
            rows.put(hash, used(link, now));
            return true;
        }

        @Override
        public synchronized void revokeOf(PersonId person, Instant now) {
            rows.replaceAll((_, link) ->
                    link.person().equals(person) && link.usedAt() == null ? used(link, now) : link);
        }

        private static EnrolmentLink used(EnrolmentLink link, Instant now) {
            return new EnrolmentLink(
                    link.hash(), link.person(), link.createdAt(), link.expiresAt(), now);
        }
    }

    private static final class Sessions implements SessionStore {

        private final Map<Digest, Session> rows = new LinkedHashMap<>();

        @Override
        public synchronized void insert(Session session) {
            rows.put(session.hash(), session);
        }

        @Override
        public synchronized Optional<Session> find(Digest hash) {
            return Optional.ofNullable(rows.get(hash));
        }

        @Override
        public synchronized void seen(Digest hash, Instant at) {
            rows.computeIfPresent(
                    hash,
                    (_, s) ->
                            new Session(
                                    s.hash(),
                                    s.id(),
                                    s.person(),
                                    s.createdAt(),
                                    at,
                                    s.expiresAt()));
        }

        @Override
        public synchronized void remove(Digest hash) {
            rows.remove(hash);
        }

        @Override
        public synchronized void removeOf(PersonId person) {
            rows.values().removeIf(session -> session.person().equals(person));
        }

        @Override
        public synchronized void removeExpired(Instant now) {
            rows.values().removeIf(session -> !now.isBefore(session.expiresAt()));
        }
    }

    private static final class Ceremonies implements CeremonyStore {

        private final Map<String, Ceremony> rows = new LinkedHashMap<>();

        @Override
        public synchronized void insert(Ceremony ceremony) {
            rows.put(ceremony.challenge(), ceremony);
        }

        @Override
        public synchronized Optional<Ceremony> take(
                String challenge, Ceremony.Purpose purpose, Instant now) {
            Ceremony ceremony = rows.get(challenge);
            if (ceremony == null || ceremony.purpose() != purpose) {
                return Optional.empty();
            }
            rows.remove(challenge);
            return now.isBefore(ceremony.expiresAt()) ? Optional.of(ceremony) : Optional.empty();
        }

        @Override
        public synchronized void removeExpired(Instant now) {
            rows.values().removeIf(ceremony -> !now.isBefore(ceremony.expiresAt()));
        }
    }

    private static final class Tokens implements TokenStore {

        private final Map<String, ApiToken> rows = new LinkedHashMap<>();

        @Override
        public synchronized void insert(ApiToken token) {
            rows.put(token.id(), token);
        }

        @Override
        public synchronized Optional<ApiToken> findByHash(Digest hash) {
            return rows.values().stream().filter(token -> token.hash().equals(hash)).findFirst();
        }

        @Override
        public synchronized Optional<ApiToken> find(String id) {
            return Optional.ofNullable(rows.get(id));
        }

        @Override
        public synchronized List<ApiToken> all() {
            return new ArrayList<>(rows.values()).reversed();
        }

        @Override
        public synchronized List<ApiToken> of(PersonId person) {
            return all().stream().filter(token -> token.person().equals(person)).toList();
        }

        @Override
        public synchronized boolean revoke(String id, Instant at) {
            ApiToken token = rows.get(id);
            if (token == null || token.revokedAt() != null) {
                return false;
            }
            rows.put(id, with(token, at, token.lastUsedAt()));
            return true;
        }

        @Override
        public synchronized void seen(String id, Instant at) {
            rows.computeIfPresent(id, (_, token) -> with(token, token.revokedAt(), at));
        }

        private static ApiToken with(ApiToken token, Instant revokedAt, Instant lastUsedAt) {
            return new ApiToken(
                    token.id(),
                    token.hash(),
                    token.person(),
                    token.label(),
                    token.roles(),
                    token.createdAt(),
                    token.expiresAt(),
                    revokedAt,
                    lastUsedAt);
        }
    }
}
