package dev.devopspack.web;

import dev.devopspack.approval.Approval;
import dev.devopspack.approval.Decision;
import dev.devopspack.approval.emergency.BrokenGlass;
import dev.devopspack.approval.emergency.Emergencies;
import dev.devopspack.change.GateId;
import dev.devopspack.gate.Verdict;
import dev.devopspack.manager.ChangeSetView;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What came of a change set, and what is done next: the first block of its page wherever nobody
/// has to decide.
@Singleton
class Outcomes {

    private final Names names;
    private final Emergencies emergencies;

    Outcomes(Names names, Emergencies emergencies) {
        this.names = names;
        this.emergencies = emergencies;
    }

    /// The block itself.
    ///
    /// @param auditor whether links into the audit log lead the reader anywhere
    /// @return null while it waits for a decision or has not been judged
    ChangeSetPage.@Nullable Outcome of(ChangeSetView view, boolean auditor, Instant now) {
        Approval approval = view.approval().orElse(null);
        if (approval == null) {
            return unasked(view);
        }
        ApprovalWords.Ending ending = ApprovalWords.ending(approval, now);
        if (ending == null) {
            return null;
        }
        return new ChangeSetPage.Outcome(
                ending.title(),
                ending.text(),
                ending.tone(),
                ending.usable() ? consume(approval) : null,
                ending.next(),
                facts(approval, auditor, now),
                view.grant().isPresent()
                        ? "/change-sets/" + view.changeSet().id() + "/grant"
                        : null);
    }

    /// Where nobody was asked the reason is said, so that nobody waits for a decision.
    private static ChangeSetPage.@Nullable Outcome unasked(ChangeSetView view) {
        if (view.verdicts().list().isEmpty()) {
            return null;
        }
        List<String> failed =
                view.verdicts().list().stream()
                        .filter(verdict -> verdict.gate() != GateId.APPROVAL)
                        .filter(verdict -> verdict.status() instanceof Verdict.Status.Failed)
                        .map(verdict -> verdict.gate().title())
                        .toList();
        if (!failed.isEmpty()) {
            return new ChangeSetPage.Outcome(
                    failed.size() == 1
                            ? "A gate is closed, so nobody is asked"
                            : failed.size() + " gates are closed, so nobody is asked",
                    String.join(", ", failed) + ".",
                    Pill.BAD,
                    null,
                    "Mend what they found and submit it again: other bytes are another change set.",
                    List.of(),
                    null);
        }
        if (view.changeSet().manifest().requiredGates().contains(GateId.APPROVAL)) {
            return new ChangeSetPage.Outcome(
                    "Nobody was asked",
                    "This requester asked too often within an hour.",
                    Pill.WAIT,
                    null,
                    "Put what belongs together into one change set, or run it again in an hour.",
                    List.of(),
                    null);
        }
        return new ChangeSetPage.Outcome(
                "The gates are open, and nobody has to approve it",
                "Neither where it goes nor what it changes asks for a person.",
                Pill.GOOD,
                null,
                "Use its files. They are listed below, and whoever asked has them.",
                List.of(),
                null);
    }

    private List<ChangeSetPage.Pair> facts(Approval approval, boolean auditor, Instant now) {
        List<ChangeSetPage.Pair> facts = new ArrayList<>();
        emergencies
                .find(approval.request().id())
                .ifPresent(broken -> facts.add(new ChangeSetPage.Pair("alone", alone(broken))));
        for (Decision decision : approval.decisions()) {
            String verb =
                    decision.choice() == Decision.Choice.APPROVE ? "approved by" : "denied by";
            facts.add(
                    new ChangeSetPage.Pair(
                            verb,
                            names.ofPerson(decision.approver().toString())
                                    + ", "
                                    + Moment.of(decision.decidedAt(), now).utc()));
            facts.add(
                    new ChangeSetPage.Pair(
                            "audit entry",
                            "#" + decision.auditSequence() + (auditor ? " with its proof" : ""),
                            auditor ? "/audit?at=" + decision.auditSequence() : null));
        }
        if (approval.window() != null) {
            facts.add(
                    new ChangeSetPage.Pair(
                            "usable until", Moment.of(approval.window().executeBy(), now).utc()));
        }
        facts.add(new ChangeSetPage.Pair("approval", approval.request().id().value()));
        return facts;
    }

    private String alone(BrokenGlass broken) {
        return names.ofPerson(broken.by().toString())
                + " broke the glass for "
                + broken.incident()
                + ": "
                + broken.reason()
                + (broken.reviewed() ? " (reviewed)" : " (waits for a review)");
    }

    private static String consume(Approval approval) {
        return "./devops-pack consume "
                + approval.request().id()
                + " DIR --digest "
                + approval.request().digest()
                + " --environment "
                + approval.request().environment();
    }
}
