package dev.devopspack.approval;

import dev.devopspack.audit.AuditEntry;
import dev.devopspack.audit.AuditLog;
import dev.devopspack.identity.Journal;
import java.util.Map;

/// Writes what happens to people, passkeys, sessions and tokens into the audit log.
public final class AuditJournal implements Journal {

    private final AuditLog log;

    public AuditJournal(AuditLog log) {
        this.log = log;
    }

    @Override
    public void record(
            String kind, String actor, Map<String, String> facts, Map<String, String> personal) {
        log.append(new AuditEntry(kind, actor, facts, personal));
    }
}
