package dev.devopspack.specialist.security;

import dev.devopspack.change.ChangeSetStore;
import dev.devopspack.policy.RuleCatalog;
import dev.devopspack.policy.Scan;
import dev.devopspack.specialist.Capability;
import dev.devopspack.specialist.Outcome;
import dev.devopspack.specialist.Work;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// `security_scanning`: what is wrong, where, and the mend.
final class SecurityScanning implements Capability<ScanInput> {

    private final Scan scan;
    private final ChangeSetStore changeSets;

    SecurityScanning(RuleCatalog rules, ChangeSetStore changeSets) {
        this.scan = new Scan(rules);
        this.changeSets = changeSets;
    }

    @Override
    public String name() {
        return "security_scanning";
    }

    @Override
    public String description() {
        return "Findings with file, line and mend; the score with its weights; what is suppressed"
                + " and what the files do not tell.";
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
        ScanReport report =
                new ScanReport(
                        scan.of(GivenFiles.of(input.files(), input.changeSetId(), changeSets)),
                        input.least());
        return new Outcome.Report(report.lines(), report.facts());
    }
}
