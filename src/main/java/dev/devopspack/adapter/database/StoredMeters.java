package dev.devopspack.adapter.database;

import dev.devopspack.approval.waiver.Waivers;
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

    /// Whoever collects gives up after ten seconds, and these are a few of many numbers.
    private static final int LIMIT_SECONDS = 3;

    private static final String ENTRIES = "select sequence from audit_head";
    private static final String PENDING =
            "select count(*) from approval_states where status = 'PENDING'";

    private static final String PAUSES = "select count(*) from pauses where lifted_at is null";
    private static final String WAIVERS =
            "select count(*) from waivers where ended_at is null and until > now()";
    private static final String WAIVERS_ENDING =
            WAIVERS + " and until < now() + interval '" + Waivers.REMINDED.toDays() + " days'";

    private static final String UNREVIEWED =
            "select count(*) from broken_glass where reviewed_at is null";

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
        Gauge.builder("devopspack.pauses.active", this, meters -> meters.number(PAUSES))
                .description("What admins have paused")
                .register(registry);
        Gauge.builder("devopspack.breakglass.unreviewed", this, meters -> meters.number(UNREVIEWED))
                .description("Changes that one person let through alone and nobody reviewed")
                .register(registry);
        Gauge.builder("devopspack.waivers.active", this, meters -> meters.number(WAIVERS))
                .description("Waivers that run")
                .register(registry);
        Gauge.builder("devopspack.waivers.ending", this, meters -> meters.number(WAIVERS_ENDING))
                .description("Waivers that end within two weeks")
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
