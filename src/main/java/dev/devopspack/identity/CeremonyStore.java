package dev.devopspack.identity;

import java.time.Instant;
import java.util.Optional;

/// Keeps open challenges: the guard against replay, since synced passkeys count nothing.
public interface CeremonyStore {

    void insert(Ceremony ceremony);

    /// Removes the challenge and returns it, in one statement: of many racing calls one gets it. An
    /// expired one is removed and not returned.
    Optional<Ceremony> take(String challenge, Ceremony.Purpose purpose, Instant now);

    void removeExpired(Instant now);
}
