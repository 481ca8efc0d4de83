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
    /// @param entries how many are lost since then; none where all are kept to be tried again
    record Failing(Instant since, long entries) {}

    /// An entry was not taken.
    void failed(Throwable failure) {
        failed(failure, 1);
    }

    /// An entry was not taken yet, and is kept to be tried again.
    void late(Throwable failure) {
        failed(failure, 0);
    }

    private void failed(Throwable failure, int entries) {
        Failing before =
                failing.getAndUpdate(known ->
                        known == null
                                ? new Failing(clock.instant(), entries)
                                : new Failing(known.since(), known.entries() + entries));
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
