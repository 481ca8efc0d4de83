package dev.devopspack.adapter.database;

import dev.devopspack.audit.Erasure;
import dev.devopspack.task.InvalidInput;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/// Erases the clear text of personal fields that are older than `devopspack.audit.personal-days`.
/// Without that setting they are kept until somebody erases them.
@ApplicationScoped
class PersonalRetention {

    private static final Logger LOG = Logger.getLogger(PersonalRetention.class);

    private static final Duration EVERY = Duration.ofHours(6);
    private static final Duration AFTER_START = Duration.ofMinutes(1);

    private final Erasure erasure;
    private final Optional<Integer> days;
    private final Clock clock;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("audit-retention").factory());

    PersonalRetention(
            Erasure erasure,
            @ConfigProperty(name = "devopspack.audit.personal-days") Optional<Integer> days,
            Clock clock) {
        if (days.isPresent() && days.get() < 1) {
            throw new InvalidInput(
                    "devopspack.audit.personal-days",
                    "it is '" + days.get() + "'",
                    "Use a number of days from 1, or leave it out to keep them.");
        }
        this.erasure = erasure;
        this.days = days;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event) {
        if (days.isPresent()) {
            var _ =
                    timer.scheduleWithFixedDelay(
                            this::run,
                            AFTER_START.toSeconds(),
                            EVERY.toSeconds(),
                            TimeUnit.SECONDS);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        timer.shutdownNow();
    }

    /// Whatever goes wrong this time, the next one comes.
    private void run() {
        try {
            prune();
        } catch (RuntimeException e) {
            LOG.error("personal fields could not be pruned", e);
        }
    }

    /// @return how many fields it erased
    long prune() {
        return days.map(kept -> erasure.before(clock.instant().minus(kept, ChronoUnit.DAYS)))
                .orElse(0L);
    }
}
