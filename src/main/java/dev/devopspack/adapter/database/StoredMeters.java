package dev.devopspack.adapter.database;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// What operators watch of the store, read when they look.
@ApplicationScoped
class StoredMeters implements MeterBinder {

    /// Whoever collects gives up after ten seconds, and these are two of many numbers.
    private static final int LIMIT_SECONDS = 3;

    private static final String ENTRIES = "select sequence from audit_head";
    private static final String PENDING =
            "select count(*) from approval_states where status = 'PENDING'";

    private final AgroalDataSource database;

    StoredMeters(AgroalDataSource database) {
        this.database = database;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("devopspack.audit.entries", this, meters -> meters.number(ENTRIES))
                .description("The number of the newest audit entry")
                .register(registry);
        Gauge.builder("devopspack.approvals.pending", this, meters -> meters.number(PENDING))
                .description("Approval requests that wait for people")
                .register(registry);
    }

    /// A number that cannot be read is not a zero.
    private double number(String query) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(LIMIT_SECONDS);
            try (ResultSet row = statement.executeQuery(query)) {
                row.next();
                return row.getDouble(1);
            }
        } catch (SQLException _) {
            return Double.NaN;
        }
    }
}
