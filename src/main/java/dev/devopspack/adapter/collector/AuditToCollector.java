package dev.devopspack.adapter.collector;

import dev.devopspack.adapter.http.Outgoing;
import dev.devopspack.audit.Forwarding;
import dev.devopspack.audit.OtlpLogs;
import dev.devopspack.audit.StoredEntry;
import dev.devopspack.task.InvalidInput;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Sends every entry of the audit log to the collector at `devopspack.audit.otlp.endpoint`, with
/// OTLP over HTTP in JSON, from the first entry on and in their order. A collector that is away or
/// refuses holds nothing up: it is asked again every few seconds, and gets what it missed.
@ApplicationScoped
class AuditToCollector {

    private static final Logger LOG = Logger.getLogger(AuditToCollector.class);

    private static final int INTERVAL_SECONDS = 2;

    /// About 200 KB: a collector takes a few megabytes.
    private static final int AT_ONCE = 200;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Forwarding forwarding;
    private final @Nullable URI endpoint;
    private final Optional<String> authorization;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("audit-collector").factory());

    /// What was complained of last: said once, not every time.
    private String complaint = "";

    AuditToCollector(
            Forwarding forwarding,
            @ConfigProperty(name = "devopspack.audit.otlp.endpoint") Optional<URI> endpoint,
            @ConfigProperty(name = "devopspack.audit.otlp.authorization")
                    Optional<String> authorization) {
        this.forwarding = forwarding;
        this.endpoint = endpoint.orElse(null);
        this.authorization = authorization;
        endpoint.ifPresent(AuditToCollector::check);
    }

    private static void check(URI endpoint) {
        if (!List.of("http", "https").contains(String.valueOf(endpoint.getScheme()))
                || endpoint.getHost() == null) {
            throw new InvalidInput(
                    "devopspack.audit.otlp.endpoint",
                    "it is no http or https address",
                    "Write the collector's whole address, for example"
                            + " http://collector:4318/v1/logs.");
        }
    }

    void start(@Observes StartupEvent event) {
        if (endpoint != null) {
            var _ =
                    timer.scheduleWithFixedDelay(
                            this::run, INTERVAL_SECONDS, INTERVAL_SECONDS, TimeUnit.SECONDS);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        timer.shutdownNow();
    }

    /// Whatever goes wrong this time, the next one comes.
    private void run() {
        try {
            tick();
        } catch (RuntimeException e) {
            complain("it could not be read: " + e.getMessage());
        }
    }

    /// Sends all that is new.
    void tick() {
        int sent = forwarding.forward(AT_ONCE, this::send);
        while (sent == AT_ONCE) {
            sent = forwarding.forward(AT_ONCE, this::send);
        }
    }

    private boolean send(List<StoredEntry> entries) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(endpoint)
                        .timeout(PATIENCE)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(OtlpLogs.document(entries)));
        authorization.ifPresent(value -> request.header("Authorization", value));
        try {
            int status =
                    Outgoing.http()
                            .send(request.build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode();
            complain(status / 100 == 2 ? "" : "the collector answered " + status);
            return status / 100 == 2;
        } catch (IOException e) {
            complain("the collector cannot be reached: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private void complain(String about) {
        if (!about.equals(complaint)) {
            if (about.isEmpty()) {
                LOG.info("the audit log is sent to the collector again");
            } else {
                LOG.warn("the audit log is not sent on: " + about);
            }
        }
        complaint = about;
    }
}
