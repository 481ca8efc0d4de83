package dev.devopspack.adapter.database;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/// That the database answers.
@Readiness
@ApplicationScoped
class DatabaseReady implements HealthCheck {

    private static final Logger LOG = Logger.getLogger(DatabaseReady.class);

    private static final int LIMIT_SECONDS = 3;

    private final AgroalDataSource database;

    DatabaseReady(AgroalDataSource database) {
        this.database = database;
    }

    @Override
    public HealthCheckResponse call() {
        try (Connection connection = database.getConnection()) {
            return HealthCheckResponse.named("database")
                    .status(connection.isValid(LIMIT_SECONDS))
                    .build();
        } catch (SQLException e) {
            LOG.warnf("the database does not answer: %s", e.getMessage());
            return HealthCheckResponse.down("database");
        }
    }
}
