package dev.devopspack.identity;

import dev.devopspack.change.Digest;
import java.time.Instant;
import java.util.Optional;

/// Keeps sessions.
public interface SessionStore {

    void insert(Session session);

    Optional<Session> find(Digest hash);

    void seen(Digest hash, Instant at);

    void remove(Digest hash);

    /// Signs the person out everywhere.
    void removeOf(PersonId person);

    /// Forgets what ended before `now`.
    void removeExpired(Instant now);
}
