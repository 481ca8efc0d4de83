package dev.devopspack.gate;

import dev.devopspack.approval.Approval;
import dev.devopspack.approval.ApprovalPolicy;
import dev.devopspack.change.Digest;
import dev.devopspack.change.GateId;
import dev.devopspack.policy.Score;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Says whether people must approve a change set and whether they have. Decides nothing itself.
public final class ApprovalGate {

    /// One decision, or there is none: nothing in between.
    private static final int THRESHOLD_PERCENT = 100;

    private ApprovalGate() {}

    /// @param approval the newest request for this change set, where there is one
    public static Verdict judge(
            Digest changeSet,
            ApprovalPolicy policy,
            ApprovalPolicy.Requirement requirement,
            @Nullable Approval approval,
            Instant now) {
        return switch (requirement) {
            case ApprovalPolicy.Requirement.NotRequired none ->
                    verdict(
                            changeSet,
                            policy,
                            Score.FULL,
                            "no approval needed",
                            new Verdict.Status.NotApplicable(none.why()));
            case ApprovalPolicy.Requirement.Required required ->
                    approval == null
                            ? waiting(changeSet, policy, required.why(), "not asked yet")
                            : asked(changeSet, policy, required.why(), approval, now);
        };
    }

    /// Of a change set that nobody is asked about.
    ///
    /// @param why it cannot be approved as it is
    public static Verdict barred(Digest changeSet, ApprovalPolicy policy, String why) {
        return failed(changeSet, policy, why);
    }

    private static Verdict asked(
            Digest changeSet, ApprovalPolicy policy, String why, Approval approval, Instant now) {
        String count = approval.approvals() + " of " + approval.request().quorum();
        return switch (approval.statusAt(now)) {
            case PENDING -> waiting(changeSet, policy, why, count + " approved");
            case APPROVED, RESERVED, CONSUMED, SUCCEEDED, UNKNOWN ->
                    verdict(
                            changeSet,
                            policy,
                            Score.FULL,
                            count + " approved",
                            new Verdict.Status.Passed());
            case DENIED -> failed(changeSet, policy, "denied: " + approval.note());
            case EXPIRED -> failed(changeSet, policy, "the request expired; ask again");
            case REVOKED -> failed(changeSet, policy, "revoked: " + approval.note());
            case FAILED ->
                    failed(changeSet, policy, "the grant was used and applying failed; ask again");
        };
    }

    private static Verdict waiting(
            Digest changeSet, ApprovalPolicy policy, String why, String summary) {
        return verdict(changeSet, policy, Score.NONE, summary, new Verdict.Status.Waiting(why));
    }

    private static Verdict failed(Digest changeSet, ApprovalPolicy policy, String why) {
        return verdict(
                changeSet, policy, Score.NONE, "not approved", new Verdict.Status.Failed(why));
    }

    private static Verdict verdict(
            Digest changeSet,
            ApprovalPolicy policy,
            Score score,
            String summary,
            Verdict.Status status) {
        return new Verdict(
                GateId.APPROVAL,
                changeSet,
                policy.digest(),
                score,
                THRESHOLD_PERCENT,
                List.of(),
                List.of(),
                summary,
                status);
    }
}
