package dev.devopspack.identity.workload;

import dev.devopspack.task.InvalidInput;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The keys of the configured issuers, fetched when they are needed and kept for a while.
///
/// A token with an unknown key makes us look again, but not more often than once in {@link
/// #LOOK_AGAIN}: whoever sends nonsense cannot make us ask the issuer all the time.
public final class IssuerKeys {

    /// As long as a key that was taken back may still count here.
    static final Duration FRESH = Duration.ofMinutes(10);

    static final Duration LOOK_AGAIN = Duration.ofSeconds(30);

    /// When the issuer does not answer for that long its keys count no more.
    static final Duration STALE = Duration.ofHours(12);

    /// Gets an issuer's key set.
    public interface Source {

        /// @return the key set's text, at most {@link IssuerKey#MAX_CHARACTERS} long
        /// @throws IOException if it cannot be had now
        String fetch(Issuer issuer) throws IOException;
    }

    private final Source source;
    private final Clock clock;
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    public IssuerKeys(Source source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    /// @param keys as they were last had
    /// @param hadAt when that was; null where it never was
    /// @param triedAt when they were last asked for
    private record Kept(
            List<IssuerKey> keys, @Nullable Instant hadAt, Instant triedAt, String problem) {

        boolean younger(Duration age, Instant now) {
            return hadAt != null && now.isBefore(hadAt.plus(age));
        }

        Optional<IssuerKey> find(String id) {
            return keys.stream().filter(key -> key.id().equals(id)).findFirst();
        }
    }

    /// What became of looking for a key.
    sealed interface Found {

        record Key(IssuerKey key) implements Found {}

        record None(String problem) implements Found {}
    }

    Found find(Issuer issuer, String keyId) {
        Kept known = kept.get(issuer.name());
        if (known != null && known.younger(FRESH, clock.instant())) {
            Optional<IssuerKey> key = known.find(keyId);
            if (key.isPresent()) {
                return new Found.Key(key.get());
            }
        }
        Kept now = kept.compute(issuer.name(), (_, before) -> looked(issuer, before));
        Optional<IssuerKey> key =
                now.younger(STALE, clock.instant()) ? now.find(keyId) : Optional.empty();
        return key.<Found>map(Found.Key::new)
                .orElseGet(() ->
                        new Found.None(
                                now.problem().isEmpty()
                                        ? "its key is none of the issuer '" + issuer.name() + "'"
                                        : now.problem()));
    }

    private Kept looked(Issuer issuer, @Nullable Kept before) {
        Instant now = clock.instant();
        if (before != null && now.isBefore(before.triedAt().plus(LOOK_AGAIN))) {
            return before;
        }
        try {
            return new Kept(IssuerKey.parse(source.fetch(issuer)), now, now, "");
        } catch (IOException | InvalidInput e) {
            String problem = "the keys of the issuer '" + issuer.name() + "' cannot be had now";
            return before == null
                    ? new Kept(List.of(), null, now, problem)
                    : new Kept(before.keys(), before.hadAt(), now, problem);
        }
    }
}
