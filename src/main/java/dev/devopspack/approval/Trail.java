package dev.devopspack.approval;

import dev.devopspack.audit.AuditEntry;
import dev.devopspack.audit.AuditLog;
import dev.devopspack.audit.Sealing;
import dev.devopspack.audit.StoredEntry;
import dev.devopspack.change.ChangeSet;
import dev.devopspack.identity.Principal;
import java.util.HashMap;
import java.util.Map;

/// Appends what happens to approvals, always with the same facts about what it is about.
final class Trail {

    private final AuditLog log;

    Trail(AuditLog log) {
        this.log = log;
    }

    long append(String kind, String actor, ApprovalRequest request, Map<String, String> facts) {
        Map<String, String> all = new HashMap<>(facts);
        all.put("approval", request.id().value());
        all.put("changeSet", request.changeSet().value());
        all.put("digest", request.digest().value());
        all.put("environment", request.environment().value());
        return log.append(AuditEntry.of(kind, actor, all));
    }

    /// That people were not asked about a change set.
    void refusedToOpen(ChangeSet changeSet, Principal by, Refusal.Code code) {
        log.append(
                AuditEntry.of(
                        "approval.not_opened",
                        by.actor(),
                        Map.of(
                                "changeSet", changeSet.id().value(),
                                "digest", changeSet.digest().value(),
                                "environment", changeSet.target().environmentText(),
                                "code", code.name())));
    }

    /// Where an entry stands, with the proof that it is among the first `size` ones.
    LogProof proof(long sequence, Sealing sealing, long size) {
        StoredEntry entry =
                log.find(sequence)
                        .orElseThrow(() ->
                                new IllegalStateException(
                                        "entry " + sequence + " is not in the audit log"));
        return new LogProof(
                sequence,
                entry.leafHash(),
                entry.chainHash(),
                new LogProof.Included(entry.leaf(), sealing.inclusion(sequence, size).hashes()));
    }
}
