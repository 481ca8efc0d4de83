package dev.devopspack.adapter.checkpoints;

import dev.devopspack.audit.AuditUnavailable;
import dev.devopspack.audit.Checkpoints;
import dev.devopspack.audit.InclusionProof;
import dev.devopspack.audit.Sealing;
import dev.devopspack.audit.SignedCheckpoint;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Typed;

/// Seals only while the log agrees with its checkpoints, those in the file outside the database
/// among them: where the timer signs nothing, nobody else does.
@ApplicationScoped
@Typed(Sealing.class)
class WatchedSealing implements Sealing {

    private final Checkpoints checkpoints;
    private final CheckpointTimer timer;

    WatchedSealing(Checkpoints checkpoints, CheckpointTimer timer) {
        this.checkpoints = checkpoints;
        this.timer = timer;
    }

    @Override
    public SignedCheckpoint seal() {
        if (!timer.signing()) {
            throw new AuditUnavailable(
                    new IllegalStateException("no checkpoint of the audit log is signed now"));
        }
        return checkpoints.seal();
    }

    @Override
    public InclusionProof inclusion(long sequence, long size) {
        return checkpoints.inclusion(sequence, size);
    }
}
