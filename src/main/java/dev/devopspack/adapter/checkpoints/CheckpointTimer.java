package dev.devopspack.adapter.checkpoints;

import dev.devopspack.audit.Checkpoints;
import dev.devopspack.audit.Checkpoints.Step;
import dev.devopspack.audit.SignedCheckpoint;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Has a checkpoint made every second in which the log grew, or for every 1,000 entries, and copies
/// all of them to the file `devopspack.checkpoint-file`, or else the newest ones to
/// `checkpoints.txt` of the data folder.
///
/// Where file and database, or log and checkpoint, do not agree, it signs nothing and says so.
@ApplicationScoped
class CheckpointTimer {

    private static final Logger LOG = Logger.getLogger(CheckpointTimer.class);

    private static final String FILE = "checkpoints.txt";
    private static final int INTERVAL_SECONDS = 1;

    /// A checkpoint takes milliseconds.
    private static final int LAST_SECONDS = 5;

    private static final int COPIED_AT_ONCE = 100;

    /// A thousand checkpoints. Folders of containers are small, and a log goes on for years.
    private static final long MAX_BYTES = 4 * 1_024 * 1_024;

    private final Checkpoints checkpoints;
    private final CheckpointFile file;
    private final boolean archive;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("audit-checkpoints").factory());

    /// What was complained of last: said once, not every second. Nothing before the first time.
    private volatile @Nullable String complaint;

    CheckpointTimer(
            Checkpoints checkpoints,
            @ConfigProperty(name = "devopspack.data-dir") Path folder,
            @ConfigProperty(name = "devopspack.checkpoint-file") Optional<Path> named) {
        this.checkpoints = checkpoints;
        this.archive = named.isPresent();
        this.file =
                named.map(CheckpointFile::archive)
                        .orElseGet(() -> new CheckpointFile(folder.resolve(FILE), MAX_BYTES));
    }

    void start(@Observes StartupEvent event) {
        var _ = timer.scheduleWithFixedDelay(this::run, 0, INTERVAL_SECONDS, TimeUnit.SECONDS);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        timer.shutdown();
        if (!timer.awaitTermination(LAST_SECONDS, TimeUnit.SECONDS)) {
            timer.shutdownNow();
        }
    }

    /// Whatever goes wrong this time, the next one comes.
    private void run() {
        try {
            complain(tick());
        } catch (RuntimeException e) {
            complain("no checkpoint of the audit log was made: " + e.getMessage());
        }
    }

    /// Signs and copies what is new.
    ///
    /// @return what is wrong; empty where nothing is
    String tick() {
        Optional<SignedCheckpoint> kept = file.newest();
        if (kept.isPresent() && !checkpoints.holds(kept.get().checkpoint())) {
            return "'"
                    + file.path()
                    + "' has a checkpoint of "
                    + kept.get().checkpoint().size()
                    + " entries that the database does not have: the log was cut off or replaced."
                    + " No checkpoint is signed. If you restored a backup, move the file away";
        }
        long known = kept.map(newest -> newest.checkpoint().size()).orElseGet(this::beginning);
        Step step = checkpoints.make();
        while (step instanceof Step.Made made && made.more()) {
            step = checkpoints.make();
        }
        copy(known);
        return step instanceof Step.Refused refused
                ? "the audit log is broken at entry "
                        + refused.sequence()
                        + ": "
                        + refused.why()
                        + ". No checkpoint is signed. Run: devops-pack verify-audit"
                : "";
    }

    /// What a new file does not need: nothing for an archive, else all but the newest.
    private long beginning() {
        return archive
                ? 0
                : checkpoints.newest().map(newest -> newest.checkpoint().size() - 1).orElse(0L);
    }

    private void copy(long after) {
        List<SignedCheckpoint> next = checkpoints.after(after, COPIED_AT_ONCE);
        while (!next.isEmpty()) {
            file.append(next);
            next = checkpoints.after(next.getLast().checkpoint().size(), COPIED_AT_ONCE);
        }
    }

    /// Whether the log agreed with its checkpoints the last time, and whatever waited was signed.
    boolean signing() {
        return "".equals(complaint);
    }

    private void complain(String about) {
        if (!about.equals(complaint) && !about.isEmpty()) {
            LOG.error(about);
        }
        complaint = about;
    }
}
