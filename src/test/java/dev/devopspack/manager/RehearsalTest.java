package dev.devopspack.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.devopspack.audit.AuditLog;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RehearsalTest {

    @Inject Rehearsal rehearsal;
    @Inject AuditLog log;
    @Inject MeterRegistry meters;

    /// An example that its own capability refuses, or whose files cannot be judged, ends it with an
    /// exception.
    @Test
    void everyExampleIsPerformedAndNothingIsKept() {
        List<?> before = kept();

        rehearsal.run();

        assertEquals(before, kept());
    }

    private List<?> kept() {
        return List.of(
                log.head().map(head -> head.sequence()),
                meters.find("devopspack.verdicts").counters().stream()
                        .mapToDouble(counter -> counter.count())
                        .sum());
    }
}
