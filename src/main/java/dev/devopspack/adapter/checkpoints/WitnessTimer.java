package dev.devopspack.adapter.checkpoints;

import dev.devopspack.audit.Checkpoint;
import dev.devopspack.audit.Checkpoints;
import dev.devopspack.audit.CosignerKey;
import dev.devopspack.audit.SignedCheckpoint;
import dev.devopspack.audit.Witnessing;
import dev.devopspack.task.InvalidInput;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Shows each new checkpoint to the witness that `devopspack.witness.url` and
/// `devopspack.witness.key` name, and keeps what it signs.
///
/// It has a thread of its own: a witness that is slow or away holds up neither entries nor
/// checkpoints. What is wrong is shown on the audit page, measured and logged.
@ApplicationScoped
class WitnessTimer implements Witnessing {

    private static final Logger LOG = Logger.getLogger(WitnessTimer.class);

    private static final int INTERVAL_SECONDS = 1;

    /// A witness that refused or was away is not asked every second.
    private static final int PAUSE_SECONDS = 30;

    private final Checkpoints checkpoints;
    private final @Nullable Witness witness;
    private final Clock clock;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("audit-witness").factory());

    private volatile Standing standing;
    private Instant notBefore = Instant.MIN;

    /// The size that it signed last, as far as we know; below zero where we have not looked yet.
    private long known = -1;

    WitnessTimer(
            Checkpoints checkpoints,
            @ConfigProperty(name = "devopspack.witness.url") Optional<URI> url,
            @ConfigProperty(name = "devopspack.witness.key") Optional<String> key,
            MeterRegistry meters,
            Clock clock) {
        this.checkpoints = checkpoints;
        this.clock = clock;
        if (url.isPresent() != key.isPresent()) {
            throw new InvalidInput(
                    "devopspack.witness",
                    "one of url and key is set, the other is not",
                    "Set both, or none.");
        }
        this.witness =
                url.isPresent()
                        ? new Witness(url.get(), CosignerKey.parse(key.orElseThrow()))
                        : null;
        this.standing = new Standing(witness == null ? "" : witness.name(), 0, null, "");
        if (witness != null) {
            Gauge.builder("devopspack.audit.witnessed", this, timer -> timer.standing.size())
                    .description("The size of the newest checkpoint that the witness signed")
                    .register(meters);
        }
    }

    void start(@Observes StartupEvent event) {
        if (witness != null) {
            var _ =
                    timer.scheduleWithFixedDelay(
                            this::run, INTERVAL_SECONDS, INTERVAL_SECONDS, TimeUnit.SECONDS);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        timer.shutdownNow();
    }

    @Override
    public Optional<Standing> standing() {
        return witness == null ? Optional.empty() : Optional.of(standing);
    }

    /// Whatever goes wrong this time, the next one comes.
    private void run() {
        try {
            tick();
        } catch (RuntimeException e) {
            fail("it could not be asked: " + e.getMessage());
        }
    }

    /// Shows the newest checkpoint where the witness has not signed it yet.
    void tick() {
        Witness asked = witness;
        Optional<SignedCheckpoint> newest = checkpoints.newest();
        if (asked == null || newest.isEmpty() || clock.instant().isBefore(notBefore)) {
            return;
        }
        if (known < 0) {
            known = checkpoints.witnessed().map(each -> each.checkpoint().size()).orElse(0L);
            standing = new Standing(asked.name(), known, null, "");
        }
        Checkpoint shown = newest.get().checkpoint();
        if (shown.size() == known) {
            return;
        }
        if (shown.size() < known) {
            fail("it signed " + known + " entries, the log has only " + shown.size() + " signed");
            return;
        }
        switch (asked.show(newest.get(), known, checkpoints)) {
            case Witness.Answer.Signed signed -> {
                signed.lines().forEach(line -> checkpoints.cosigned(shown.size(), line));
                known = shown.size();
                standing = new Standing(asked.name(), known, clock.instant(), "");
            }
            // Another replica was faster, or what it signed was not kept: from there on next time.
            case Witness.Answer.KnowsOther other -> known = other.size();
            case Witness.Answer.Refused refused -> fail(refused.why());
        }
    }

    private void fail(String problem) {
        Standing before = standing;
        notBefore = clock.instant().plusSeconds(PAUSE_SECONDS);
        standing = new Standing(before.name(), before.size(), before.lastAt(), problem);
        if (!problem.equals(before.problem())) {
            LOG.errorf("the audit log's witness %s: %s", before.name(), problem);
        }
    }
}
