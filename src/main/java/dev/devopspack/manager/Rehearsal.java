package dev.devopspack.manager;

import dev.devopspack.change.Artifacts;
import dev.devopspack.gate.quality.ClearedModule;
import dev.devopspack.gate.quality.TerraformCommand;
import dev.devopspack.gate.quality.TerraformQuality;
import dev.devopspack.gate.quality.TerraformRun;
import dev.devopspack.gate.quality.TerraformRunner;
import dev.devopspack.policy.Scan;
import dev.devopspack.specialist.Capability;
import dev.devopspack.specialist.Outcome;
import dev.devopspack.specialist.Work;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Does once, while nobody waits, what the first task would have to wait for: rules are read and
/// compiled, schemas are opened, and the Java machine has seen the way.
///
/// Nothing is stored, counted or run outside of this process.
@ApplicationScoped
public class Rehearsal {

    private final Specialists specialists;
    private final Scan scan;
    private final TerraformQuality quality = new TerraformQuality(new NoTerraform());

    Rehearsal(Specialists specialists, Scan scan) {
        this.specialists = specialists;
        this.scan = scan;
    }

    /// Performs and judges every capability's own example.
    public void run() {
        specialists.all().stream()
                .flatMap(specialist -> specialist.capabilities().stream())
                .forEach(this::rehearse);
    }

    private <I extends Record> void rehearse(Capability<I> capability) {
        Outcome outcome =
                capability.perform(capability.read(capability.example()), new Work(null, null));
        if (outcome instanceof Outcome.Proposal proposal) {
            judge(proposal.artifacts());
        }
    }

    private void judge(Artifacts artifacts) {
        scan.of(artifacts);
        if (TerraformQuality.applies(artifacts)) {
            quality.judge(artifacts, true, TerraformRunner.Progress.NONE);
        }
    }

    /// A process of its own is what a rehearsal does not need.
    private static final class NoTerraform implements TerraformRunner {

        private static final String WHY = "a rehearsal runs no terraform";

        @Override
        public Availability availability() {
            return new Availability.Absent(WHY);
        }

        @Override
        public TerraformRun run(
                ClearedModule module, Set<TerraformCommand> commands, Progress progress) {
            List<TerraformRun.Result> skipped =
                    commands.stream()
                            .map(command ->
                                    new TerraformRun.Result(
                                            command, new TerraformRun.Outcome.Skipped(WHY)))
                            .toList();
            return new TerraformRun(skipped, Optional.empty(), WHY);
        }
    }
}
