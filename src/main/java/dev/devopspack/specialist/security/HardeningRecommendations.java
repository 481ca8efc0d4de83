package dev.devopspack.specialist.security;

import dev.devopspack.change.Artifacts;
import dev.devopspack.change.ChangeSetStore;
import dev.devopspack.policy.RuleCatalog;
import dev.devopspack.policy.Scan;
import dev.devopspack.policy.ScanResult;
import dev.devopspack.specialist.Capability;
import dev.devopspack.specialist.Outcome;
import dev.devopspack.specialist.Work;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// `hardening_recommendations`: what to mend first, why, and what the score is then.
final class HardeningRecommendations implements Capability<ScanInput> {

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
    public boolean targetsEnvironment() {
        return false;
    }

    @Override
    public Set<String> judgedInputs() {
        return GivenFiles.JUDGED;
    }

    @Override
    public Map<String, Object> example() {
        Map<String, Object> example = new LinkedHashMap<>();
        example.put("files", List.of(GivenFiles.EXAMPLE));
        return example;
    }

    @Override
    public Outcome perform(ScanInput input, Work work) {
        if (GivenFiles.none(input.files(), input.changeSetId())) {
            return GivenFiles.required(this);
        }
        Artifacts files = GivenFiles.of(input.files(), input.changeSetId(), changeSets);
        ScanResult result = scan.of(files);
        HardeningPlan plan =
                HardeningPlan.of(
                        new ScanReport(result, input.least()), rules, Patches.of(rules, files));
        return new Outcome.Report(plan.lines(), plan.facts());
    }
}
