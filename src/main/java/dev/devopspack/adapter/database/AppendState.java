package dev.devopspack.adapter.database;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Whether the last attempt of this process to append to the audit log succeeded.
///
/// Only an entry that was committed says that the log takes entries again; {@link AppendRecovery}
/// sees to it that one is tried.
@ApplicationScoped
class AppendState {

    private static final Logger LOG = Logger.getLogger(AppendState.class);

    private final Clock clock;
    private final AtomicReference<@Nullable Failing> failing = new AtomicReference<>();

    AppendState(Clock clock) {
        this.clock = clock;
    }

    /// @param since when the first of the entries was not taken
    /// @param entries how many were not taken since then
    record Failing(Instant since, long entries) {}

    void failed(Throwable failure) {
        Failing before =
                failing.getAndUpdate(known ->
                        known == null
                                ? new Failing(clock.instant(), 1)
                                : new Failing(known.since(), known.entries() + 1));
        if (before == null) {
            LOG.error("the audit log does not take entries", failure);
        }
    }

    void recovered() {
        if (failing.getAndSet(null) != null) {
            LOG.info("the audit log takes entries again");
        }
    }

    Optional<Failing> failing() {
        return Optional.ofNullable(failing.get());
    }
}
