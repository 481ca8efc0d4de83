package dev.devopspack.adapter.checkpoints;

import dev.devopspack.manager.LogHealth;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// Reads the audit log once from its first entry, beside the calls, and then whatever is appended:
/// what tampered with an old entry while the server was down is found, and nobody waits for it.
@ApplicationScoped
class VerificationTimer {

    private static final Logger LOG = Logger.getLogger(VerificationTimer.class);

    private static final int INTERVAL_SECONDS = 1;

    /// A thousand entries are read within milliseconds; who waits longer waits for a database that
    /// does not answer.
    private static final int STOP_SECONDS = 2;

    private final LogHealth health;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("audit-verification").factory());

    /// What was complained of last: said once, not every second.
    private volatile String complaint = "";

    /// Unknown until the log was read, and while it cannot be.
    private volatile double verifies = Double.NaN;

    VerificationTimer(LogHealth health, MeterRegistry meters) {
        this.health = health;
        Gauge.builder("devopspack.audit.intact", this, timer -> timer.verifies)
                .description("1 where the audit log verifies as far as it was read, 0 where not")
                .register(meters);
    }

    void start(@Observes StartupEvent event) {
        var _ =
                timer.scheduleWithFixedDelay(
                        this::run, INTERVAL_SECONDS, INTERVAL_SECONDS, TimeUnit.SECONDS);
    }

    /// Lets what is being read be read: the connections are closed next.
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        timer.shutdownNow();
        if (!timer.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("the audit log was still being read at the end");
        }
    }

    /// Whatever goes wrong this time, the next one comes.
    private void run() {
        try {
            boolean more = true;
            while (more) {
                long began = System.nanoTime();
                more = tick();
                if (more) {
                    // As long again as it took: at most half of one core is taken from the calls.
                    TimeUnit.NANOSECONDS.sleep(System.nanoTime() - began);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            verifies = Double.NaN;
            complain("the audit log could not be read: " + e.getMessage());
        }
    }

    /// Reads on.
    ///
    /// @return whether older entries wait
    boolean tick() {
        return switch (health.readOn()) {
            case LogHealth.Read.Intact intact -> {
                complaint = "";
                verifies = 1;
                yield intact.more();
            }
            case LogHealth.Read.Broken broken -> {
                verifies = 0;
                complain(
                        "the audit log is broken at entry "
                                + broken.sequence()
                                + ": "
                                + broken.why()
                                + ". The compliance gate says so. Run: devops-pack verify-audit");
                yield false;
            }
        };
    }

    String complaint() {
        return complaint;
    }

    private void complain(String about) {
        if (!about.equals(complaint)) {
            LOG.error(about);
        }
        complaint = about;
    }
}
