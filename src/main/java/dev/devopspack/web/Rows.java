package dev.devopspack.web;

import dev.devopspack.approval.Approval;
import dev.devopspack.approval.Approvals;
import dev.devopspack.change.ChangeSetId;
import dev.devopspack.change.ChangeSetStore;
import dev.devopspack.gate.VerdictStore;
import dev.devopspack.gate.Verdicts;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Change sets as rows of lists, with where each stands.
@Singleton
class Rows {

    private final Approvals approvals;
    private final VerdictStore verdicts;
    private final Names names;
    private final Clock clock;

    Rows(Approvals approvals, VerdictStore verdicts, Names names, Clock clock) {
        this.approvals = approvals;
        this.verdicts = verdicts;
        this.names = names;
        this.clock = clock;
    }

    ChangeSetRow of(ChangeSetStore.Summary summary) {
        Instant now = clock.instant();
        Approval approval = approvals.ofChangeSet(summary.id()).stream().findFirst().orElse(null);
        Verdicts judged = verdicts.latest(summary.id()).orElse(new Verdicts(List.of()));
        return new ChangeSetRow(
                summary.id().value(),
                summary.code(),
                summary.target().stack().value(),
                summary.target().environmentText(),
                askedBy(summary.requester().person()),
                ApprovalWords.pill(judged, approval, now),
                Moment.of(summary.createdAt(), now));
    }

    ChangeSetRow of(Approval approval) {
        Instant now = clock.instant();
        return new ChangeSetRow(
                approval.request().changeSet().value(),
                ChangeSetId.code(approval.request().digest()),
                approval.request().stack().value(),
                approval.request().environment().value(),
                askedBy(approval.request().requester().person()),
                ApprovalWords.pill(approval, now),
                Moment.of(approval.changedAt(), now));
    }

    String askedBy(@Nullable String person) {
        return person == null ? "a token without a person" : names.ofPerson(person);
    }
}
