package dev.devopspack.adapter.keys;

import dev.devopspack.approval.SigningKeys;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/// Whether grants are signed, as far as the last one that was tried tells: nobody is asked for it,
/// so that a service that hangs does not take the server away.
///
/// Always up. While a key management service is away no decision can be completed; what was signed
/// before is still used, for which pipelines must find the server.
@Readiness
@ApplicationScoped
class GrantsSigned implements HealthCheck {

    private final SigningKeys keys;

    GrantsSigned(SigningKeys keys) {
        this.keys = keys;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("grants").up();
        keys.failingSince()
                .ifPresent(since -> response.withData("notSignedSince", since.toString()));
        return response.build();
    }
}
