package dev.devopspack.adapter.database;

import dev.devopspack.audit.AuditEntry;
import dev.devopspack.audit.AuditLog;
import dev.devopspack.audit.AuditQuery;
import dev.devopspack.audit.AuditUnavailable;
import dev.devopspack.audit.Redactor;
import dev.devopspack.audit.StoredEntry;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/// The log in PostgreSQL.
@ApplicationScoped
@Transactional
class StoredAuditLog implements AuditLog {

    private final AgroalDataSource database;
    private final AuditRows rows;
    private final AppendState state;
    private final AuditAppender appender;

    StoredAuditLog(
            AgroalDataSource database,
            AuditRows rows,
            AppendState state,
            Redactor redactor,
            Clock clock) {
        this.database = database;
        this.state = state;
        this.rows = rows;
        this.appender = new AuditAppender(redactor, clock);
    }

    /// The connection is the one of the caller's transaction.
    @Override
    public long append(AuditEntry entry) {
        try (Connection connection = database.getConnection()) {
            return appender.append(connection, entry);
        } catch (SQLException e) {
            state.failed(e);
            throw new AuditUnavailable(e);
        }
    }

    @Override
    public List<StoredEntry> read(long after, int limit) {
        return rows.read(after, limit);
    }

    @Override
    public List<StoredEntry> search(AuditQuery query) {
        return rows.search(query);
    }

    @Override
    public Optional<StoredEntry> find(long sequence) {
        return rows.read(sequence - 1, 1).stream()
                .filter(entry -> entry.sequence() == sequence)
                .findFirst();
    }

    @Override
    public Optional<StoredEntry> head() {
        return rows.search(AuditQuery.newest(1)).stream().findFirst();
    }

    @Override
    public void erasePersonal(long sequence) {
        rows.erasePersonal(sequence);
    }
}
