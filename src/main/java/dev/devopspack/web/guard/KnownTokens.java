package dev.devopspack.web.guard;

import dev.devopspack.change.Digest;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// Who was behind a token a moment ago, so that an assistant that calls many times a second is
/// looked up once.
///
/// Everything that changes people or tokens in this process empties it; what another replica
/// changes is seen here within the second. Sessions, with which people decide, are never kept.
@Singleton
public class KnownTokens {

    /// How much later a token that was revoked at another replica may still be taken here.
    private static final Duration KEPT = Duration.ofSeconds(1);

    /// Whoever calls without a pause is looked up again before the time is over, beside the calls:
    /// otherwise all of them would wait for the database together, every second.
    private static final Duration RENEWED = Duration.ofMillis(500);

    /// How long after it was last looked up a collector of metrics is known while nobody can be:
    /// long enough to see an outage begin and be mended, too short to matter where the token ended
    /// meanwhile.
    private static final Duration REMEMBERED = Duration.ofMinutes(30);

    /// More callers than any installation has; beyond it all are looked up anew.
    private static final int MAX = 10_000;

    private final Map<Digest, Known> known = new ConcurrentHashMap<>();
    private final AtomicLong changes = new AtomicLong();
    private final Clock clock;

    KnownTokens(Clock clock) {
        this.clock = clock;
    }

    /// Told in the transaction that changes somebody's rights.
    public record RightsChange() {}

    /// A token's owner, as somebody found him.
    static final class Known {

        private final SecurityIdentity identity;
        private final Instant found;
        private final AtomicBoolean renewed = new AtomicBoolean();

        private Known(SecurityIdentity identity, Instant found) {
            this.identity = identity;
            this.found = found;
        }

        SecurityIdentity identity() {
            return identity;
        }
    }

    /// What looking up a token began with: what was found holds only if nobody's rights changed
    /// since.
    record Search(Digest token, long changes, Instant begun) {}

    Search search(Digest token) {
        return new Search(token, changes.get(), clock.instant());
    }

    Optional<Known> find(Digest token) {
        return Optional.ofNullable(known.get(token))
                .filter(each -> clock.instant().isBefore(each.found.plus(KEPT)));
    }

    /// Who was behind a token when it was last looked up, for reading numbers in an outage and for
    /// nothing else. Nobody whose rights changed in this process since, or whom the last search did
    /// not find.
    Optional<SecurityIdentity> remembered(Digest token) {
        return Optional.ofNullable(known.get(token))
                .filter(each -> clock.instant().isBefore(each.found.plus(REMEMBERED)))
                .map(Known::identity);
    }

    /// Whether the caller has to look up the token again: true for one of all that ask.
    boolean isRenewedBy(Known each) {
        return !clock.instant().isBefore(each.found.plus(RENEWED))
                && each.renewed.compareAndSet(false, true);
    }

    SecurityIdentity keep(Search search, SecurityIdentity identity) {
        if (known.size() >= MAX) {
            known.clear();
        }
        Known found = new Known(identity, search.begun());
        known.put(search.token(), found);
        // Whoever changes something counts first and then empties: one of the two sees the other.
        if (changes.get() != search.changes()) {
            known.remove(search.token(), found);
        }
        return identity;
    }

    void forget(Digest token) {
        known.remove(token);
    }

    /// Until the change is committed, what was before it is true.
    void changed(@Observes(during = TransactionPhase.AFTER_COMPLETION) RightsChange change) {
        changes.incrementAndGet();
        known.clear();
    }
}
