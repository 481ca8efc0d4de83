package dev.devopspack.adapter.database;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/// What operators watch of appending to the audit log: how long it takes, how often it fails, and
/// what happens, by the kind of the entries. Kinds are written in this program, so there are a few
/// dozens and no caller adds one.
///
/// An entry of a transaction is counted when it is written, also where the transaction is undone
/// later: the log itself says what was done, these say how much goes on.
final class AppendMeters {

    private static final String APPEND = "devopspack.audit.append";

    private final MeterRegistry registry;
    private final Timer taken;
    private final Timer refused;

    AppendMeters(MeterRegistry registry) {
        this.registry = registry;
        this.taken = timer("taken");
        this.refused = timer("refused");
    }

    private Timer timer(String outcome) {
        return Timer.builder(APPEND)
                .description("How long appending to the audit log takes a caller")
                .tag("outcome", outcome)
                .register(registry);
    }

    /// @param began of {@link System#nanoTime}
    void taken(String kind, long began) {
        taken.record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
        Counter.builder("devopspack.audit.events")
                .description("What was appended to the audit log, by its kind")
                .tag("kind", kind)
                .register(registry)
                .increment();
    }

    /// @param began of {@link System#nanoTime}
    void refused(long began) {
        refused.record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
    }
}
