package dev.devopspack.review;

import dev.devopspack.change.ChangeSet;
import java.util.List;

/// Everything that the signed text is made of.
///
/// @param gates the verdicts as lines, in the gates' order
/// @param findings what stays open, one line each; waivers among them say who, why and until when
public record Subject(
        ChangeSet changeSet,
        ChangePlan plan,
        List<Fact> risks,
        CostEstimate cost,
        List<GateLine> gates,
        List<String> findings,
        Terms terms) {

    public Subject {
        risks = List.copyOf(risks);
        gates = List.copyOf(gates);
        findings = List.copyOf(findings);
    }
}
