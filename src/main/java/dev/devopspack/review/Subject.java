package dev.devopspack.review;

import dev.devopspack.change.ChangeSet;
import java.util.List;

/// Everything that the signed text is made of.
///
/// @param gates the verdicts as lines, in the gates' order
/// @param findings what stays open, one line each
/// @param waivers what people accept for a while
public record Subject(
        ChangeSet changeSet,
        ChangePlan plan,
        List<Fact> risks,
        CostEstimate cost,
        List<GateLine> gates,
        List<String> findings,
        Terms terms,
        List<WaiverLine> waivers) {

    /// Where nobody waived anything.
    public Subject(
            ChangeSet changeSet,
            ChangePlan plan,
            List<Fact> risks,
            CostEstimate cost,
            List<GateLine> gates,
            List<String> findings,
            Terms terms) {
        this(changeSet, plan, risks, cost, gates, findings, terms, List.of());
    }

    public Subject {
        waivers = List.copyOf(waivers);
        risks = List.copyOf(risks);
        gates = List.copyOf(gates);
        findings = List.copyOf(findings);
    }
}
