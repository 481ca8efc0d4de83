package dev.devopspack.specialist.security;

import dev.devopspack.change.Artifacts;
import dev.devopspack.change.ChangeSetStore;
import dev.devopspack.policy.RuleCatalog;
import dev.devopspack.policy.Scan;
import dev.devopspack.specialist.Outcome;

/// `security_scanning`: what is wrong, where, and the mend.
final class SecurityScanning implements JudgesFiles<ScanInput> {

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
    public ChangeSetStore changeSets() {
        return changeSets;
    }

    @Override
    public Outcome judge(ScanInput input, Artifacts files) {
        ScanReport report = new ScanReport(scan.of(files), input.least());
        return new Outcome.Report(report.lines(), report.facts());
    }
}
