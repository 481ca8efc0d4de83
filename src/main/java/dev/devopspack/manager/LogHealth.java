package dev.devopspack.manager;

import dev.devopspack.audit.AuditLog;
import dev.devopspack.audit.AuditVerifier;
import dev.devopspack.audit.StoredEntry;
import dev.devopspack.change.Digest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether the audit log verifies.
///
/// What this process verified before is not read again for every run: each call goes on from there.
@ApplicationScoped
public class LogHealth {

    /// How many entries are read at once.
    private static final int BATCH = 1_000;

    private final AuditLog log;
    private long sequence;
    private @Nullable Digest chainHash;

    LogHealth(AuditLog log) {
        this.log = log;
    }

    /// Verifies what came since the last call; a broken entry stays broken.
    public synchronized boolean verified() {
        Digest known = chainHash;
        AuditVerifier.Result result =
                verifyFrom(
                        sequence,
                        known == null
                                ? AuditVerifier.fromTheBeginning()
                                : AuditVerifier.after(sequence, known));
        return switch (result) {
            case AuditVerifier.Result.Intact intact -> {
                sequence = intact.sequence();
                chainHash = sequence == 0 ? null : intact.chainHash();
                yield true;
            }
            case AuditVerifier.Result.Broken _ -> false;
        };
    }

    private AuditVerifier.Result verifyFrom(long after, AuditVerifier verifier) {
        long read = after;
        List<StoredEntry> batch = log.read(read, BATCH);
        while (!batch.isEmpty()) {
            batch.forEach(verifier::add);
            if (verifier.result() instanceof AuditVerifier.Result.Broken broken) {
                return broken;
            }
            read = batch.getLast().sequence();
            batch = log.read(read, BATCH);
        }
        return verifier.result();
    }
}
