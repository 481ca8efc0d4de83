package dev.devopspack.approval;

import dev.devopspack.approval.Verification.Code;
import dev.devopspack.approval.Verification.Problem;
import dev.devopspack.approval.act.Act;
import dev.devopspack.audit.AuditHash;
import dev.devopspack.audit.AuditLeaf;
import dev.devopspack.audit.CosignerKey;
import dev.devopspack.audit.LogKey;
import dev.devopspack.audit.MerkleTree;
import dev.devopspack.audit.SignedCheckpoint;
import dev.devopspack.audit.TlogProof;
import dev.devopspack.change.Digest;
import dev.devopspack.task.InvalidInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether the audit log tells of the decisions of a grant. Pure, as the rest of the verification.
public final class LogEvidence {

    private LogEvidence() {}

    /// Whose signatures under a checkpoint count.
    ///
    /// @param witness who must have signed it too, where one is asked for
    public record Signers(LogKey log, @Nullable CosignerKey witness) {

        private boolean signed(SignedCheckpoint checkpoint) {
            return checkpoint.signedBy(log) && (witness == null || witness.signed(checkpoint));
        }
    }

    /// What the grant says of itself: each entry is about that decision and leads to the root of
    /// the checkpoint in the grant. Who signed the checkpoint is not looked at.
    static List<Problem> within(Grant grant) {
        if (!grant.proven()) {
            return List.of();
        }
        SignedCheckpoint checkpoint = grant.checkpoint();
        return grant.all().stream()
                .filter(approved -> checkpoint == null || !included(grant, approved, checkpoint))
                .map(approved ->
                        problem(
                                approved,
                                "its entry is not proven to be in the audit log, or tells of"
                                        + " another decision",
                                "Download the grant again, or ask for the approval again."))
                .toList();
    }

    /// Whether each decision is in the log of these signers: by what the grant holds, or by a proof
    /// that was exported from the log, maybe later.
    public static List<Problem> of(Grant grant, List<TlogProof> exported, Signers signers) {
        List<Problem> problems = new ArrayList<>();
        for (Grant.Approved approved : grant.all()) {
            SignedCheckpoint own = grant.checkpoint();
            boolean shown =
                    (own != null && signers.signed(own) && included(grant, approved, own))
                            || exported.stream()
                                    .anyMatch(proof -> shows(proof, grant, approved, signers));
            if (!shown) {
                problems.add(missing(approved, signers));
            }
        }
        return problems;
    }

    private static Problem missing(Grant.Approved approved, Signers signers) {
        long sequence = approved.log().sequence();
        return problem(
                approved,
                "nothing shows that entry "
                        + sequence
                        + " is this decision, in the log "
                        + signers.log().name()
                        + (signers.witness() == null ? "" : ", signed by the witness"),
                "Export the proof from /api/v1/audit/proof/tlog?sequence="
                        + sequence
                        + " and name it with --log-proof.");
    }

    private static boolean included(
            Grant grant, Grant.Approved approved, SignedCheckpoint checkpoint) {
        LogProof.Included included = approved.log().included();
        return included != null
                && tellsOf(included.leaf(), grant, approved)
                && MerkleTree.verifyInclusion(
                        approved.log().leafHash(),
                        approved.log().sequence() - 1,
                        checkpoint.checkpoint().size(),
                        included.hashes(),
                        checkpoint.checkpoint().root());
    }

    private static boolean shows(
            TlogProof proof, Grant grant, Grant.Approved approved, Signers signers) {
        return proof.sequence() == approved.log().sequence()
                && proof.leaf().filter(leaf -> tellsOf(leaf, grant, approved)).isPresent()
                && signers.signed(proof.checkpoint())
                && proof.holds(approved.log().leafHash(), signers.log());
    }

    /// Whether the leaf is the one that the grant names, and is about this very signature.
    private static boolean tellsOf(String text, Grant grant, Grant.Approved approved) {
        Optional<AuditLeaf> parsed = AuditLeaf.parse(text);
        if (parsed.isEmpty() || !AuditHash.leaf(text).equals(approved.log().leafHash())) {
            return false;
        }
        AuditLeaf leaf = parsed.get();
        return leaf.sequence() == approved.log().sequence()
                && leaf.actor().equals("person:" + approved.approver())
                && leaf.kind().equals(kind(grant, approved))
                && leaf.facts().entrySet().containsAll(facts(grant, approved).entrySet());
    }

    private static boolean alone(Grant grant, Grant.Approved approved) {
        // The same object: a decision may look like it.
        return approved == grant.breakGlass();
    }

    private static String kind(Grant grant, Grant.Approved approved) {
        return alone(grant, approved) ? "break_glass.used" : "approval.decided";
    }

    private static Map<String, String> facts(Grant grant, Grant.Approved approved) {
        String assertion = Digest.of(approved.assertion().signature()).value();
        try {
            return alone(grant, approved)
                    ? Map.of(
                            "approval", grant.id().value(),
                            "act", Digest.ofHash(Act.parse(approved.challenge()).hash()).value(),
                            "assertion", assertion)
                    : Map.of(
                            "approval", grant.id().value(),
                            "digest", grant.digest().value(),
                            "decision", Decision.Choice.APPROVE.name(),
                            "challenge",
                                    Digest.ofHash(Challenge.parse(approved.challenge()).hash())
                                            .value(),
                            "assertion", assertion);
        } catch (InvalidInput _) {
            // What was signed is nothing of ours, so no entry is about it.
            return Map.of("assertion", "");
        }
    }

    private static Problem problem(Grant.Approved approved, String what, String mend) {
        return new Problem(Code.NOT_IN_LOG, "person " + approved.approver(), what, mend);
    }
}
