package dev.devopspack.manager.evidence;

import dev.devopspack.approval.Approval;
import dev.devopspack.approval.ApprovalRequest;
import dev.devopspack.approval.BatchProof;
import dev.devopspack.approval.Decision;
import dev.devopspack.approval.act.Ended;
import dev.devopspack.approval.act.SignedAct;
import dev.devopspack.approval.waiver.Waiver;
import dev.devopspack.gate.Verdict;
import dev.devopspack.identity.Assertion;
import dev.devopspack.policy.Finding;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Verdicts and approvals as plain values.
final class EvidenceDocuments {

    private EvidenceDocuments() {}

    static Map<String, Object> verdict(Verdict verdict) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("gate", verdict.gate().id());
        document.put("status", verdict.statusName());
        document.put("why", verdict.why());
        document.put("summary", verdict.summary());
        document.put("earned", verdict.score().earned());
        document.put("possible", verdict.score().possible());
        document.put("thresholdPercent", verdict.thresholdPercent());
        document.put("changeSet", verdict.changeSet().value());
        document.put("ruleset", verdict.ruleset().value());
        document.put("checks", verdict.checks().stream().map(EvidenceDocuments::check).toList());
        document.put("findings", verdict.findings().stream().map(Finding::text).toList());
        return document;
    }

    private static Map<String, Object> check(Verdict.Check check) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", check.id());
        document.put("title", check.title());
        document.put("result", check.result().name());
        document.put("detail", check.detail());
        return document;
    }

    static Map<String, Object> approval(Approval approval) {
        ApprovalRequest request = approval.request();
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", request.id().value());
        document.put("changeSet", request.changeSet().value());
        document.put("digest", request.digest().value());
        document.put("verdicts", request.verdicts().value());
        document.put("rendering", request.rendering().version());
        document.put("renderingDigest", request.rendering().digest().value());
        document.put("environment", request.environment().value());
        document.put("stack", request.stack().value());
        document.put("requester", request.requester().principal());
        document.put("policy", request.policy().value());
        document.put("quorum", request.quorum());
        document.put("createdAt", request.createdAt().toString());
        document.put("decideBy", request.decideBy().toString());
        document.put("status", approval.status().name());
        document.put("changedAt", approval.changedAt().toString());
        document.put("note", approval.note());
        document.put(
                "decisions",
                approval.decisions().stream().map(EvidenceDocuments::decision).toList());
        return document;
    }

    /// @param act what its person signed; it is kept for ever
    static Map<String, Object> waiver(Waiver waiver, Optional<SignedAct> act) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", waiver.id());
        document.put("rule", waiver.scope().rule());
        document.put("place", waiver.scope().place());
        document.put("message", waiver.scope().message());
        document.put("stack", waiver.scope().stack().value());
        document.put("environment", waiver.scope().environment().value());
        document.put("reason", waiver.reason());
        document.put("by", waiver.by().toString());
        document.put("since", waiver.since().toString());
        document.put("until", waiver.until().toString());
        document.put("act", waiver.act().value());
        Ended ended = waiver.ended();
        if (ended != null) {
            document.put(
                    "ended", ended.by() + " at " + ended.at() + ", act " + ended.act().value());
        }
        act.ifPresent(signed -> {
            document.put("signed", signed.act().text());
            document.put("publicKey", signed.publicKey());
            document.put("assertion", assertion(signed.assertion()));
            document.put("auditSequence", signed.auditSequence());
        });
        return document;
    }

    private static Map<String, Object> assertion(Assertion given) {
        Map<String, Object> assertion = new LinkedHashMap<>();
        assertion.put("credentialId", given.credentialId());
        assertion.put("authenticatorData", given.authenticatorData());
        assertion.put("clientDataJson", given.clientDataJson());
        assertion.put("signature", given.signature());
        return assertion;
    }

    private static Map<String, Object> decision(Decision decision) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("approver", decision.approver().toString());
        document.put("choice", decision.choice().name());
        document.put("reason", decision.reason());
        document.put("decidedAt", decision.decidedAt().toString());
        document.put("auditSequence", decision.auditSequence());
        document.put("challenge", decision.challenge());
        document.put("publicKey", decision.publicKey());
        document.put("assertion", assertion(decision.assertion()));
        BatchProof batch = decision.batch();
        if (batch != null) {
            document.put("batch", batch.text());
        }
        return document;
    }
}
