package dev.devopspack.adapter.checkpoints;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// That checkpoints of the audit log are signed. They are not where the key cannot be used, where
/// the log is not the one that was signed before, and until the first look after the start.
///
/// What is wrong stands in the server's log alone: everybody may ask for the health.
@Readiness
@ApplicationScoped
class CheckpointsReady implements HealthCheck {

    private final CheckpointTimer timer;

    CheckpointsReady(CheckpointTimer timer) {
        this.timer = timer;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("checkpoints").status(timer.signing()).build();
    }
}
