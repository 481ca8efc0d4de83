package dev.devopspack.adapter.checkpoints;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.audit.AuditEntry;
import dev.devopspack.audit.AuditLog;
import dev.devopspack.manager.LogHealth;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class VerificationTimerTest {

    /// Of a thousand entries each: more than all tests together append.
    private static final int ENOUGH = 1_000;

    @Inject VerificationTimer timer;
    @Inject LogHealth health;
    @Inject AuditLog log;

    @Test
    void theWholeLogIsReadOnceAndThenNothingWaits() {
        log.append(
                new AuditEntry("test.read", "system", Map.of("why", "a log"), Map.of("who", "me")));

        int ticks = 0;
        while (timer.tick()) {
            assertTrue(++ticks < ENOUGH, "it comes to an end");
        }

        assertEquals("", timer.complaint());
        assertTrue(health.verified());
        assertFalse(timer.tick());
    }
}
