package dev.devopspack.manager;

import dev.devopspack.change.GateId;
import dev.devopspack.gate.Verdict;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;

/// What operators watch of the gates: how long each takes and how it answers.
@ApplicationScoped
class Meters {

    private final MeterRegistry registry;

    Meters(MeterRegistry registry) {
        this.registry = registry;
    }

    /// Times the gate and counts its answer.
    Verdict judged(GateId gate, Supplier<Verdict> judge) {
        Verdict verdict =
                Timer.builder("devopspack.gate")
                        .description("How long a gate takes")
                        .tag("gate", gate.id())
                        .register(registry)
                        .record(judge);
        Counter.builder("devopspack.verdicts")
                .description("How the gates answered")
                .tag("gate", gate.id())
                .tag("status", verdict.statusName())
                .register(registry)
                .increment();
        return verdict;
    }
}
