package dev.devopspack.adapter.database.embedded;

import dev.devopspack.adapter.database.DatabaseUnavailable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// Starts PostgreSQL again on its old port where it ended and nobody told it to: the operating
/// system was short of memory, or somebody killed the wrong process.
///
/// Connections find it again by themselves; until then whoever asks is told to ask again.
final class PostmasterWatch implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(PostmasterWatch.class);

    /// Looking costs a small file and a link to read.
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final Postmaster postmaster;
    private final int port;
    private final ScheduledExecutorService looking =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("database-watch").factory());

    private boolean told;

    PostmasterWatch(Postmaster postmaster, int port) {
        this.postmaster = postmaster;
        this.port = port;
        looking.scheduleWithFixedDelay(
                this::look, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            if (postmaster.running().isPresent()) {
                return;
            }
            if (!told) {
                LOG.warn("The embedded PostgreSQL ended by itself. It is started again.");
            }
            postmaster.start(port);
            told = false;
            LOG.info("The embedded PostgreSQL runs again.");
        } catch (IOException | DatabaseUnavailable e) {
            // Once for each time it ended: the next look tries again.
            if (!told) {
                LOG.error("The embedded PostgreSQL cannot be started again yet.", e);
            }
            told = true;
        }
    }

    /// Ends when a start that is under way has ended.
    @Override
    public void close() {
        looking.close();
    }
}
