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
import dev.devopspack.identity.Assertion;
import dev.devopspack.identity.PersonId;
import dev.devopspack.task.Environment;
import dev.devopspack.task.StackName;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns approvals into rows and back.
final class ApprovalRows {

    private ApprovalRows() {}

    static ApprovalRequestRow row(ApprovalRequest request) {
        ApprovalRequestRow row = new ApprovalRequestRow();
        row.id = request.id().value();
        row.changeSet = request.changeSet().value();
        row.digest = request.digest().value();
        row.verdicts = request.verdicts().value();
        row.renderingVersion = request.rendering().version();
        row.rendering = request.rendering().text();
        row.environment = request.environment().value();
        row.stack = request.stack().value();
        row.principal = request.requester().principal();
        row.person = request.requester().person();
        row.policy = request.policy().value();
        row.quorum = request.quorum();
        row.createdAt = Moments.stored(request.createdAt());
        row.decideBy = Moments.stored(request.decideBy());
        row.executeSeconds = request.executeWithin().toSeconds();
        return row;
    }

    static Approval approval(
            ApprovalRequestRow request, ApprovalStateRow state, List<DecisionRow> decisions) {
        return new Approval(
                request(request),
                Status.valueOf(state.status),
                decisions.stream().map(ApprovalRows::decision).toList(),
                window(state),
                reservation(state),
                state.note,
                state.changedAt);
    }

    private static ApprovalRequest request(ApprovalRequestRow row) {
        return new ApprovalRequest(
                new ApprovalId(row.id),
                new ChangeSetId(row.changeSet),
                new Digest(row.digest),
                new Digest(row.verdicts),
                new Rendering(row.renderingVersion, row.rendering),
                new Environment(row.environment),
                new StackName(row.stack),
                new Requester(row.principal, row.person),
                new Digest(row.policy),
                row.quorum,
                row.createdAt,
                row.decideBy,
                Duration.ofSeconds(row.executeSeconds));
    }

    private static @Nullable Window window(ApprovalStateRow row) {
        return row.notBefore == null || row.executeBy == null
                ? null
                : new Window(row.notBefore, row.executeBy);
    }

    private static @Nullable Reservation reservation(ApprovalStateRow row) {
        return row.caller == null || row.leaseUntil == null
                ? null
                : new Reservation(row.caller, row.leaseUntil);
    }

    private static Decision decision(DecisionRow row) {
        return new Decision(
                new ApprovalId(row.approval),
                new PersonId(row.approver),
                Decision.Choice.valueOf(row.choice),
                row.reason,
                row.challenge,
                row.publicKey,
                new Assertion(
                        row.credentialId, row.authenticatorData, row.clientDataJson, row.signature),
                row.decidedAt,
                row.auditSequence,
                row.batch == null ? null : BatchProof.parse(row.batch));
    }
}
