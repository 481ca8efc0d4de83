package dev.devopspack.web;

import dev.devopspack.audit.AuditLog;
import dev.devopspack.audit.AuditVerifier;
import dev.devopspack.audit.StoredEntry;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/// Whether the log holds. Remembers how far it was computed, so that asking again costs only what
/// was appended since.
@Singleton
class AuditState {

    private static final int BATCH = 500;

    private final AuditLog log;
    private final Clock clock;
    private AuditVerifier verifier = AuditVerifier.fromTheBeginning();

    AuditState(AuditLog log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    /// @param whole whether the entries were computed again from the first one
    record Checked(AuditVerifier.Result result, Instant at, boolean whole) {}

    /// Computes what was appended since the last time.
    synchronized Checked recent() {
        return read(false);
    }

    /// Computes every hash again.
    synchronized Checked whole() {
        verifier = AuditVerifier.fromTheBeginning();
        return read(true);
    }

    private Checked read(boolean whole) {
        while (verifier.result() instanceof AuditVerifier.Result.Intact intact) {
            List<StoredEntry> next = log.read(intact.sequence(), BATCH);
            if (next.isEmpty()) {
                break;
            }
            next.forEach(verifier::add);
        }
        return new Checked(verifier.result(), clock.instant(), whole);
    }
}
