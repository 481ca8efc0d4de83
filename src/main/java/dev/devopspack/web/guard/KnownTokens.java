package dev.devopspack.web.guard;

import dev.devopspack.change.Digest;
import dev.devopspack.identity.Principal;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Who was behind a token a moment ago, so that an assistant that calls many times a second is
/// looked up once.
///
/// Everything that changes people or tokens in this process empties it; what another replica
/// changes is seen here within the second. Sessions, with which people decide, are never kept.
@Singleton
public class KnownTokens {

    /// How much later a token that was revoked at another replica may still be taken here.
    private static final Duration KEPT = Duration.ofSeconds(1);

    /// More callers than any installation has; beyond it all are looked up anew.
    private static final int MAX = 10_000;

    private final Map<Digest, Known> known = new ConcurrentHashMap<>();
    private final Clock clock;

    KnownTokens(Clock clock) {
        this.clock = clock;
    }

    private record Known(Principal principal, Instant until) {}

    Optional<Principal> find(Digest token) {
        return Optional.ofNullable(known.get(token))
                .filter(each -> clock.instant().isBefore(each.until()))
                .map(Known::principal);
    }

    Principal keep(Digest token, Principal principal) {
        if (known.size() >= MAX) {
            known.clear();
        }
        known.put(token, new Known(principal, clock.instant().plus(KEPT)));
        return principal;
    }

    /// Forgets everybody: somebody's rights may have changed.
    public void clear() {
        known.clear();
    }
}
