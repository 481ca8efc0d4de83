package dev.devopspack.web;

import dev.devopspack.audit.AuditLog;
import dev.devopspack.audit.AuditVerifier;
import dev.devopspack.audit.StoredEntry;
import dev.devopspack.manager.LogHealth;
import jakarta.inject.Singleton;
import java.util.List;

/// Whether the log holds, for those who look at a page.
@Singleton
class AuditState {

    private static final int BATCH = 500;

    private final AuditLog log;
    private final LogHealth health;

    AuditState(AuditLog log, LogHealth health) {
        this.log = log;
        this.health = health;
    }

    /// @param how what the result rests on, as a sentence's part
    record Checked(AuditVerifier.Result result, String how) {}

    /// What the server knows, which costs what was appended within the last second.
    Checked recent() {
        LogHealth.Standing standing = health.standing();
        return new Checked(
                standing.result(),
                standing.waiting() == 0
                        ? "every entry fits the one before it"
                        : "from a signed checkpoint on; "
                                + standing.waiting()
                                + " older entries are being read again");
    }

    /// Computes every hash again, for somebody who wants to see it done.
    Checked whole() {
        AuditVerifier verifier = AuditVerifier.fromTheBeginning();
        while (verifier.result() instanceof AuditVerifier.Result.Intact intact) {
            List<StoredEntry> next = log.read(intact.sequence(), BATCH);
            if (next.isEmpty()) {
                break;
            }
            next.forEach(verifier::add);
        }
        return new Checked(verifier.result(), "every hash was computed again from the first entry");
    }
}
