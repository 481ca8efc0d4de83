package dev.devopspack.manager.evidence;

import dev.devopspack.approval.Approval;
import dev.devopspack.approval.ApprovalRequest;
import dev.devopspack.approval.Decision;
import dev.devopspack.gate.Verdict;
import dev.devopspack.policy.Finding;
import java.util.LinkedHashMap;
import java.util.Map;

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

    private static Map<String, Object> decision(Decision decision) {
        Map<String, Object> assertion = new LinkedHashMap<>();
        assertion.put("credentialId", decision.assertion().credentialId());
        assertion.put("authenticatorData", decision.assertion().authenticatorData());
        assertion.put("clientDataJson", decision.assertion().clientDataJson());
        assertion.put("signature", decision.assertion().signature());
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("approver", decision.approver().toString());
        document.put("choice", decision.choice().name());
        document.put("reason", decision.reason());
        document.put("decidedAt", decision.decidedAt().toString());
        document.put("auditSequence", decision.auditSequence());
        document.put("challenge", decision.challenge());
        document.put("publicKey", decision.publicKey());
        document.put("assertion", assertion);
        return document;
    }
}
