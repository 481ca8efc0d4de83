package dev.devopspack.manager;

import dev.devopspack.approval.Approval;
import dev.devopspack.audit.StoredEntry;
import dev.devopspack.change.ChangeSet;
import dev.devopspack.gate.Verdicts;
import dev.devopspack.review.ChangePlan;
import dev.devopspack.review.CostEstimate;
import dev.devopspack.review.Fact;
import java.util.List;
import java.util.Optional;

/// Everything that a page shows of one change set.
///
/// @param verdicts the gates' newest, with where the approval stands now
/// @param risks the gravest first
/// @param previous the release that it is compared with, where there is one
/// @param approval the newest request, where people were asked
/// @param grant the DSSE envelope as text, once there is one
/// @param history its audit entries, the newest first
public record ChangeSetView(
        ChangeSet changeSet,
        Verdicts verdicts,
        ChangePlan plan,
        List<Fact> risks,
        CostEstimate cost,
        Optional<ChangeSet> previous,
        Optional<Approval> approval,
        Optional<String> grant,
        List<StoredEntry> history) {

    public ChangeSetView {
        risks = List.copyOf(risks);
        history = List.copyOf(history);
    }
}
