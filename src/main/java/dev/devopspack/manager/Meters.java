package dev.devopspack.manager;

import dev.devopspack.change.GateId;
import dev.devopspack.gate.Verdict;
import io.micrometer.core.instrument.MeterRegistry;
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
        Verdict verdict = registry.timer("devopspack.gate", "gate", gate.id()).record(judge);
        registry.counter("devopspack.verdicts", "gate", gate.id(), "status", verdict.statusName())
                .increment();
        return verdict;
    }
}
