package dev.devopspack.adapter.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.audit.AuditEntry;
import dev.devopspack.audit.AuditUnavailable;
import dev.devopspack.testing.MovingClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What becomes of entries that nobody waits for.
class NotesTest {

    /// Longer than any test, so that only what is asked for is written.
    private static final Duration NEVER = Duration.ofHours(1);

    private static final int CALLERS = 8;
    private static final int EACH = 500;

    private final MovingClock clock = new MovingClock(Instant.parse("2026-11-27T10:00:00Z"));
    private final List<AuditEntry> log = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean away;

    private final Notes notes = new Notes(this::append, clock, NEVER);

    private void append(AuditEntry entry) {
        if (away) {
            throw new AuditUnavailable(new IllegalStateException("away"));
        }
        log.add(entry);
    }

    @Test
    void alikeOnesBecomeOneEntryWithTheirNumberAndTheTimeOfTheFirst() {
        notes.note(called("list", "ada"));
        clock.move(Duration.ofSeconds(1));
        notes.note(called("list", "ada"));
        notes.note(called("list", "bob"));
        notes.note(called("list", "ada"));

        assertEquals(List.of(), log);
        assertTrue(notes.flush());

        assertEquals(
                List.of(
                        written("list", "ada", 3, "2026-11-27T10:00:00Z"),
                        written("list", "bob", 1, "2026-11-27T10:00:01Z")),
                byActor());
    }

    @Test
    void whatWasWrittenIsNotWrittenAgain() {
        notes.note(called("list", "ada"));

        assertTrue(notes.flush());
        assertTrue(notes.flush());

        assertEquals(1, log.size());
    }

    @Test
    void theyAreWrittenByThemselves() throws Exception {
        LinkedBlockingQueue<AuditEntry> written = new LinkedBlockingQueue<>();
        Notes prompt = new Notes(written::add, clock, Duration.ofMillis(1));

        for (int i = 0; i < 3; i++) {
            prompt.note(called("list", "ada"));

            assertEquals(
                    written("list", "ada", 1, "2026-11-27T10:00:00Z"),
                    written.poll(1, TimeUnit.MINUTES));
        }
    }

    @Test
    void whatTheLogDoesNotTakeIsKeptWithWhatComesMeanwhile() {
        away = true;
        notes.note(called("list", "ada"));
        assertFalse(notes.flush());
        clock.move(Duration.ofMinutes(1));
        notes.note(called("list", "ada"));
        assertFalse(notes.flush());

        away = false;
        assertTrue(notes.flush());

        assertEquals(List.of(written("list", "ada", 2, "2026-11-27T10:00:00Z")), log);
    }

    @Test
    void noCallIsLostOrCountedTwice() throws Exception {
        CountDownLatch writing = new CountDownLatch(1);
        try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS + 1)) {
            for (int i = 0; i < CALLERS; i++) {
                callers.submit(() -> {
                    writing.await();
                    for (int n = 0; n < EACH; n++) {
                        away = n % 7 == 0;
                        notes.note(called("list", "ada"));
                    }
                    return null;
                });
            }
            callers.submit(() -> {
                writing.countDown();
                for (int n = 0; n < EACH; n++) {
                    notes.flush();
                }
                return null;
            });
        }
        away = false;
        assertTrue(notes.flush());

        assertEquals(
                CALLERS * EACH,
                log.stream().mapToInt(entry -> Integer.parseInt(times(entry))).sum());
    }

    @Test
    void whoComesWithOneTooManyWaitsForTheLog() {
        IntStream.range(0, Notes.MAX_DIFFERENT).forEach(i -> notes.note(called("list", "p" + i)));
        assertEquals(List.of(), log);

        notes.note(called("list", "one-more"));
        notes.note(called("list", "p0"));
        assertEquals(List.of(written("list", "one-more", 1, "2026-11-27T10:00:00Z")), log);

        away = true;
        AuditEntry another = called("list", "another");
        assertThrows(AuditUnavailable.class, () -> notes.note(another));
    }

    @Test
    void afterTheEndNobodyLeavesANoteBehind() {
        notes.note(called("list", "ada"));

        notes.close();
        assertEquals(List.of(written("list", "ada", 1, "2026-11-27T10:00:00Z")), log);

        notes.note(called("status", "ada"));
        assertEquals(2, log.size());
    }

    private List<AuditEntry> byActor() {
        return log.stream().sorted((a, b) -> a.actor().compareTo(b.actor())).toList();
    }

    private static String times(AuditEntry entry) {
        return entry.facts().getOrDefault("times", "none");
    }

    private static AuditEntry called(String tool, String person) {
        return AuditEntry.of("tool.called", "person:" + person, Map.of("tool", tool));
    }

    private static AuditEntry written(String tool, String person, int times, String since) {
        return AuditEntry.of(
                "tool.called",
                "person:" + person,
                Map.of("tool", tool, "times", String.valueOf(times), "since", since));
    }
}
