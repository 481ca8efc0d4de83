package dev.devopspack.gate;

import dev.devopspack.change.Artifacts;
import dev.devopspack.change.Digest;
import dev.devopspack.policy.ScanResult;
import java.util.List;

/// What the security and the compliance gate look at.
///
/// @param changeSet the digest of the change set that is judged
/// @param scan of exactly these artifacts, without what people waived
/// @param evidence what the manager knows beyond the files
/// @param waived what people accept for a while
public record GateInput(
        Digest changeSet,
        Artifacts artifacts,
        ScanResult scan,
        ComplianceEvidence evidence,
        List<Waived> waived) {

    public GateInput {
        waived = List.copyOf(waived);
    }

    /// What nobody waived anything of.
    public GateInput(
            Digest changeSet, Artifacts artifacts, ScanResult scan, ComplianceEvidence evidence) {
        this(changeSet, artifacts, scan, evidence, List.of());
    }

    /// The same where people accept some of its findings.
    public GateInput waiving(List<Waived> accepted) {
        return new GateInput(
                changeSet,
                artifacts,
                scan.accepting(accepted.stream().flatMap(w -> w.findings().stream()).toList()),
                evidence,
                accepted);
    }

    int waivedFindings() {
        return waived.stream().mapToInt(each -> each.findings().size()).sum();
    }
}
