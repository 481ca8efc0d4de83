package dev.devopspack.web.guard;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// Counts attempts by caller in windows of fixed length. Kept in memory, for this replica alone: it
/// slows guessing and noise down, it guards nothing by itself.
public final class RateLimit {

    /// When more callers than this come within a window the oldest ones are forgotten.
    private static final int MAX_CALLERS = 10_000;

    private final Clock clock;
    private final Duration window;
    private final int limit;
    private final Map<String, Attempts> callers =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Attempts> eldest) {
                    return size() > MAX_CALLERS;
                }
            };

    private record Attempts(Instant since, int count) {}

    /// @param limit how many attempts a window allows
    public RateLimit(Clock clock, Duration window, int limit) {
        this.clock = clock;
        this.window = window;
        this.limit = limit;
    }

    /// Counts one attempt.
    ///
    /// @return whether it is within the limit
    public synchronized boolean allows(String caller) {
        Instant now = clock.instant();
        Attempts before = callers.remove(caller);
        boolean fresh = before == null || !now.isBefore(before.since().plus(window));
        Attempts after =
                before == null || fresh
                        ? new Attempts(now, 1)
                        : new Attempts(before.since(), Math.min(before.count() + 1, limit + 1));
        callers.put(caller, after);
        return after.count() <= limit;
    }

    public long windowSeconds() {
        return window.toSeconds();
    }
}
