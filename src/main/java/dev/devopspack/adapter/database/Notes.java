package dev.devopspack.adapter.database;

import dev.devopspack.audit.AuditEntry;
import dev.devopspack.audit.AuditUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/// Entries of what changed nothing, on their way into the log beside the callers. Alike ones of one
/// moment become one entry that says how many they were and since when.
///
/// A thread is there only while something waits. What the log does not take is kept and tried
/// again.
final class Notes {

    private static final Logger LOG = Logger.getLogger(Notes.class);

    /// How long the first one waits for others: as much as a killed server may forget.
    static final Duration DELAY = Duration.ofMillis(100);

    /// While the log takes no entries.
    private static final Duration RETRY = Duration.ofSeconds(1);

    /// So many different ones wait at most: a thousand callers, or some memory while the log takes
    /// none for hours. Who comes with another one waits for the log.
    static final int MAX_DIFFERENT = 1_000;

    private final Consumer<AuditEntry> append;
    private final Clock clock;
    private final Duration delay;

    /// What waits; guarded by this object, as is all that changes.
    private Map<AuditEntry, Noted> waiting = new LinkedHashMap<>();

    private boolean writing;
    private boolean closed;

    /// @param append what puts an entry into the log and returns when it is on the disk
    Notes(Consumer<AuditEntry> append, Clock clock, Duration delay) {
        this.append = append;
        this.clock = clock;
        this.delay = delay;
    }

    private record Noted(Instant since, long times) {

        Noted and(Noted later) {
            return new Noted(since, times + later.times());
        }

        AuditEntry of(AuditEntry entry) {
            Map<String, String> facts = new TreeMap<>(entry.facts());
            facts.put("times", String.valueOf(times));
            facts.put("since", since.toString());
            return new AuditEntry(entry.kind(), entry.actor(), facts, entry.personal());
        }
    }

    /// @throws AuditUnavailable if it had to wait for the log, and the log does not take it
    void note(AuditEntry entry) {
        Noted once = new Noted(Moments.stored(clock.instant()), 1);
        if (!kept(entry, once)) {
            append.accept(once.of(entry));
        }
    }

    private synchronized boolean kept(AuditEntry entry, Noted noted) {
        if (closed || (waiting.size() >= MAX_DIFFERENT && !waiting.containsKey(entry))) {
            return false;
        }
        waiting.merge(entry, noted, Noted::and);
        if (!writing) {
            writing = true;
            Thread.ofVirtual().name("audit-notes").start(this::write);
        }
        return true;
    }

    private void write() {
        Duration pause = delay;
        try {
            do {
                Thread.sleep(pause);
                pause = flush() ? delay : RETRY;
            } while (!ended());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Writes what waits.
    ///
    /// @return whether the log took all of it
    boolean flush() {
        AtomicBoolean taken = new AtomicBoolean(true);
        try (ExecutorService together = Executors.newVirtualThreadPerTaskExecutor()) {
            take().forEach((entry, noted) ->
                    together.submit(() -> {
                        if (!write(entry, noted)) {
                            taken.set(false);
                        }
                    }));
        }
        return taken.get();
    }

    private synchronized Map<AuditEntry, Noted> take() {
        Map<AuditEntry, Noted> taken = waiting;
        waiting = new LinkedHashMap<>();
        return taken;
    }

    private boolean write(AuditEntry entry, Noted noted) {
        try {
            append.accept(noted.of(entry));
        } catch (AuditUnavailable _) {
            keptAgain(entry, noted);
            return false;
        } catch (RuntimeException e) {
            LOG.errorf(e, "%d calls are not in the audit log: %s", noted.times(), entry.facts());
        }
        return true;
    }

    private synchronized void keptAgain(AuditEntry entry, Noted noted) {
        waiting.merge(entry, noted, (later, earlier) -> earlier.and(later));
    }

    private synchronized boolean ended() {
        writing = !waiting.isEmpty();
        return !writing;
    }

    /// From now on callers wait for the log. Writes what waits, if the log takes it.
    void close() {
        synchronized (this) {
            closed = true;
        }
        if (!flush()) {
            LOG.errorf("calls are not in the audit log, which takes no entries: %s", take());
        }
    }
}
