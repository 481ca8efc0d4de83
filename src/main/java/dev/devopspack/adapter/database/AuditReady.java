package dev.devopspack.adapter.database;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/// That the audit log takes entries: its head is the newest entry, this role may append to a
/// database that can be written, and the last entry that was tried was taken. Nothing is decided,
/// consumed or stored while it does not.
///
/// Takes no lock: whoever asks for the health must not be able to hold up the log.
@Readiness
@ApplicationScoped
class AuditReady implements HealthCheck {

    private static final Logger LOG = Logger.getLogger(AuditReady.class);

    private static final int LIMIT_SECONDS = 3;

    private static final String APPENDABLE =
            """
            select head.sequence,
                   has_table_privilege('audit_entries', 'INSERT')
                   and current_setting('transaction_read_only') = 'off'
                   and coalesce(newest.sequence, 0) = head.sequence
                   and (newest.sequence is null or newest.chain_hash = head.chain_hash)
            from audit_head head
            left join (select sequence, chain_hash from audit_entries order by sequence desc limit 1)
                newest on true
            """;

    private final AgroalDataSource database;
    private final AppendState state;

    AuditReady(AgroalDataSource database, AppendState state) {
        this.database = database;
        this.state = state;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("audit");
        state.failing()
                .ifPresent(
                        failing -> response.withData("notTakenSince", failing.since().toString()));
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(LIMIT_SECONDS);
            try (ResultSet row = statement.executeQuery(APPENDABLE)) {
                row.next();
                return response.withData("entries", row.getLong(1))
                        .status(row.getBoolean(2) && state.failing().isEmpty())
                        .build();
            }
        } catch (SQLException e) {
            LOG.warnf("the audit log does not take entries: %s", e.getMessage());
            return response.down().build();
        }
    }
}
