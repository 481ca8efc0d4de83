package dev.devopspack.gate;

import dev.devopspack.change.Canonical;
import dev.devopspack.change.Digest;
import dev.devopspack.change.GateId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The verdicts of the gates on one change set, one a gate, in the gates' order.
public record Verdicts(List<Verdict> list) {

    private static final String FORMAT = "devops-pack/verdicts/v1";

    public Verdicts {
        list = list.stream().sorted(Comparator.comparing(Verdict::gate)).toList();
    }

    public Optional<Verdict> of(GateId gate) {
        return list.stream().filter(verdict -> verdict.gate() == gate).findFirst();
    }

    /// Whether every gate but the person's approval opens, so that a person may be asked.
    public boolean openForApproval() {
        return list.stream().filter(v -> v.gate() != GateId.APPROVAL).allMatch(Verdict::opens);
    }

    /// The digest over the verdicts of all gates but the approval: a person's decision is bound to
    /// it.
    public Digest digest() {
        return Canonical.digest(
                Map.of(
                        "format",
                        FORMAT,
                        "verdicts",
                        list.stream()
                                .filter(v -> v.gate() != GateId.APPROVAL)
                                .map(Verdict::document)
                                .toList()));
    }
}
