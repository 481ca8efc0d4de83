package dev.devopspack.adapter.database;

import dev.devopspack.approval.Approval;
import dev.devopspack.approval.Approval.Reservation;
import dev.devopspack.approval.Approval.Status;
import dev.devopspack.approval.Approval.Window;
import dev.devopspack.approval.ApprovalId;
import dev.devopspack.approval.ApprovalRequest;
import dev.devopspack.approval.BatchProof;
import dev.devopspack.approval.Decision;
import dev.devopspack.approval.Rendering;
import dev.devopspack.change.ChangeSetId;
import dev.devopspack.change.Digest;
import dev.devopspack.change.Requester;
import dev.devopspack.identity.PersonId;
import dev.devopspack.task.Environment;
import dev.devopspack.task.StackName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads approvals.
final class ApprovalRows {

    private ApprovalRows() {}

    /// An approval without its decisions, which stand in rows of their own.
    record Standing(
            ApprovalRequest request,
            Status status,
            @Nullable Window window,
            @Nullable Reservation reservation,
            String note,
            Instant changedAt) {

        Approval with(List<Decision> decisions) {
            return new Approval(request, status, decisions, window, reservation, note, changedAt);
        }
    }

    /// @param row of the request, with the columns of where it stands
    static Standing standing(Row row) {
        return new Standing(
                request(row),
                Status.valueOf(row.text("status")),
                window(row),
                reservation(row),
                row.text("note"),
                row.instant("changed_at"));
    }

    private static ApprovalRequest request(Row row) {
        return new ApprovalRequest(
                new ApprovalId(row.text("id")),
                new ChangeSetId(row.text("change_set")),
                new Digest(row.text("digest")),
                new Digest(row.text("verdicts")),
                new Rendering(row.text("rendering_version"), row.text("rendering")),
                new Environment(row.text("environment")),
                new StackName(row.text("stack")),
                new Requester(row.text("principal"), row.optionalText("person")),
                new Digest(row.text("policy")),
                row.integer("quorum"),
                row.instant("created_at"),
                row.instant("decide_by"),
                Duration.ofSeconds(row.number("execute_seconds")));
    }

    private static @Nullable Window window(Row row) {
        Instant notBefore = row.optionalInstant("not_before");
        Instant executeBy = row.optionalInstant("execute_by");
        return notBefore == null || executeBy == null ? null : new Window(notBefore, executeBy);
    }

    private static @Nullable Reservation reservation(Row row) {
        String caller = row.optionalText("caller");
        Instant until = row.optionalInstant("lease_until");
        return caller == null || until == null ? null : new Reservation(caller, until);
    }

    static Decision decision(Row row) {
        String batch = row.optionalText("batch");
        return new Decision(
                new ApprovalId(row.text("approval")),
                new PersonId(row.uuid("approver")),
                Decision.Choice.valueOf(row.text("choice")),
                row.text("reason"),
                row.text("challenge"),
                row.text("public_key"),
                StoredActs.assertion(row),
                row.instant("decided_at"),
                row.number("audit_sequence"),
                batch == null ? null : BatchProof.parse(batch));
    }
}
