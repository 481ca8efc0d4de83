package dev.devopspack.adapter.database;

import dev.devopspack.audit.AuditEntry;
import dev.devopspack.audit.AuditLog;
import dev.devopspack.change.StoreUnavailable;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// While the audit log does not take entries, tries every second to append one that says since when
/// and how many were not taken. Without it a server that gets no calls while it is not ready would
/// never be ready again.
@ApplicationScoped
class AppendRecovery {

    private static final Logger LOG = Logger.getLogger(AppendRecovery.class);

    private static final int INTERVAL_SECONDS = 1;

    private final AuditLog log;
    private final AppendState state;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("audit-recovery").factory());

    AppendRecovery(AuditLog log, AppendState state) {
        this.log = log;
        this.state = state;
    }

    void start(@Observes StartupEvent event) {
        var _ =
                timer.scheduleWithFixedDelay(
                        this::run, INTERVAL_SECONDS, INTERVAL_SECONDS, TimeUnit.SECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        timer.shutdownNow();
    }

    /// Whatever goes wrong this time, the next one comes.
    private void run() {
        try {
            state.failing().ifPresent(this::resume);
        } catch (StoreUnavailable _) {
            // It was counted, and the first failure was logged.
        } catch (RuntimeException e) {
            LOG.error("the audit log could not be tried", e);
        }
    }

    private void resume(AppendState.Failing failing) {
        log.append(
                AuditEntry.of(
                        "log.resumed",
                        "system",
                        Map.of(
                                "since", failing.since().toString(),
                                "notTaken", String.valueOf(failing.entries()))));
        state.recovered();
    }
}
