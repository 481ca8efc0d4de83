package dev.devopspack.manager;

import dev.devopspack.approval.Approvals;
import dev.devopspack.approval.act.Acts.Prepared;
import dev.devopspack.approval.act.Acts.Result;
import dev.devopspack.approval.act.Acts.Signature;
import dev.devopspack.approval.waiver.WaiverScope;
import dev.devopspack.approval.waiver.WaiverSigning;
import dev.devopspack.approval.waiver.WaiverSigning.Waived;
import dev.devopspack.change.ChangeSet;
import dev.devopspack.change.ChangeSetId;
import dev.devopspack.change.ChangeSetStore;
import dev.devopspack.gate.Verdict;
import dev.devopspack.gate.VerdictStore;
import dev.devopspack.identity.NotAllowed;
import dev.devopspack.identity.Principal;
import dev.devopspack.policy.Finding;
import dev.devopspack.task.InvalidInput;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.Objects;

/// Lets an approver waive a finding of a change set, and judges it again: what a person accepts
/// changes verdicts, and new verdicts ask people anew.
///
/// Stands apart from {@link Manager}, so that no front door of assistants leads here.
@ApplicationScoped
public class Waiving {

    private final WaiverSigning signing;
    private final ChangeSetStore changeSets;
    private final VerdictStore verdicts;
    private final Gates gates;
    private final Ledger ledger;

    Waiving(
            WaiverSigning signing,
            ChangeSetStore changeSets,
            VerdictStore verdicts,
            Gates gates,
            Ledger ledger) {
        this.signing = signing;
        this.changeSets = changeSets;
        this.verdicts = verdicts;
        this.gates = gates;
        this.ledger = ledger;
    }

    /// Whether this person may waive findings of the change set.
    public boolean may(Principal by, ChangeSet changeSet) {
        return signing.barred(
                        by,
                        Approvals.environment(changeSet.target()),
                        changeSet.manifest().requester())
                .isEmpty();
    }

    /// Which open finding is meant.
    ///
    /// @param resource empty where the finding is about the file
    public record Meant(String rule, String file, String resource, String message) {

        private boolean is(Finding finding) {
            return rule.equals(finding.rule())
                    && file.equals(finding.file())
                    && resource.equals(Objects.requireNonNullElse(finding.resource(), ""))
                    && message.equals(finding.message());
        }
    }

    /// The text to sign.
    ///
    /// @param until the last day on which it counts
    /// @throws InvalidInput where the change set has no such open finding
    /// @throws NotAllowed unless `by` is a signed-in person
    public Prepared prepare(
            Principal by, ChangeSetId id, Meant meant, String reason, LocalDate until) {
        ChangeSet changeSet = changeSet(id);
        boolean open =
                verdicts.latest(id).stream()
                        .flatMap(all -> all.list().stream())
                        .map(Verdict::findings)
                        .anyMatch(findings -> findings.stream().anyMatch(meant::is));
        if (!open) {
            throw new InvalidInput(
                    "finding",
                    "this change set has no such open finding",
                    "Load the page again and choose one of its findings.");
        }
        WaiverScope scope =
                new WaiverScope(
                        meant.rule(),
                        meant.file(),
                        meant.resource(),
                        meant.message(),
                        changeSet.target().stack(),
                        Approvals.environment(changeSet.target()));
        return signing.prepare(by, id, changeSet.manifest().requester(), scope, reason, until);
    }

    /// Keeps the waiver and judges the change set again with it.
    ///
    /// @throws NotAllowed unless `by` is a signed-in person
    public Result<Waived> waive(Principal by, Signature signature) {
        return judgedAgain(by, signing.waive(by, signature));
    }

    /// The text to sign for taking one back.
    ///
    /// @throws NotAllowed unless `by` is a signed-in person
    public Prepared prepareEnd(Principal by, String waiver, String reason) {
        return signing.prepareEnd(by, waiver, reason);
    }

    /// Takes it back and judges the change set on whose page it was made again, without it.
    ///
    /// @throws NotAllowed unless `by` is a signed-in person
    public Result<Waived> end(Principal by, Signature signature) {
        return judgedAgain(by, signing.end(by, signature));
    }

    private Result<Waived> judgedAgain(Principal by, Result<Waived> result) {
        if (result instanceof Result.Done<Waived> done) {
            ChangeSet changeSet = changeSet(done.value().changeSet());
            ledger.remember(changeSet, gates.judge(changeSet, Progress.NONE), by);
        }
        return result;
    }

    private ChangeSet changeSet(ChangeSetId id) {
        return changeSets
                .find(id)
                .orElseThrow(() ->
                        new InvalidInput(
                                "change_set_id",
                                "there is no change set " + id,
                                "Use the id of its page."));
    }
}
