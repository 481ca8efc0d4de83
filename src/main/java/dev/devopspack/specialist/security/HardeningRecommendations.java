package dev.devopspack.specialist.security;

import dev.devopspack.change.Artifacts;
import dev.devopspack.change.ChangeSetStore;
import dev.devopspack.policy.RuleCatalog;
import dev.devopspack.policy.Scan;
import dev.devopspack.specialist.Outcome;

/// `hardening_recommendations`: what to mend first, why, and what the score is then.
final class HardeningRecommendations implements JudgesFiles<ScanInput> {

    private final RuleCatalog rules;
    private final Scan scan;
    private final ChangeSetStore changeSets;

    HardeningRecommendations(RuleCatalog rules, ChangeSetStore changeSets) {
        this.rules = rules;
        this.scan = new Scan(rules);
        this.changeSets = changeSets;
    }

    @Override
    public String name() {
        return "hardening_recommendations";
    }

    @Override
    public String description() {
        return "What to mend first: each step with its places, the reason, what to type, and the"
                + " score after it; a patch a file for what a machine can mend.";
    }

    @Override
    public Class<ScanInput> inputType() {
        return ScanInput.class;
    }

    @Override
    public ChangeSetStore changeSets() {
        return changeSets;
    }

    @Override
    public Outcome judge(ScanInput input, Artifacts files) {
        HardeningPlan plan =
                HardeningPlan.of(
                        new ScanReport(scan.of(files), input.least()),
                        rules,
                        Patches.of(rules, files));
        return new Outcome.Report(plan.lines(), plan.facts());
    }
}
