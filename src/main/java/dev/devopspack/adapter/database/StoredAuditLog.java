package dev.devopspack.adapter.database;

import dev.devopspack.audit.AuditEntry;
import dev.devopspack.audit.AuditLog;
import dev.devopspack.audit.AuditQuery;
import dev.devopspack.audit.AuditUnavailable;
import dev.devopspack.audit.Redactor;
import dev.devopspack.audit.StoredEntry;
import dev.devopspack.change.Outages;
import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Status;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The log in PostgreSQL. Each reading is one statement or two that need not agree, so it begins no
/// transaction of its own; where one is open it is part of it.
@ApplicationScoped
class StoredAuditLog implements AuditLog {

    private final AgroalDataSource database;
    private final AuditRows rows;
    private final AppendState state;
    private final AuditAppender appender;
    private final GroupCommit group;
    private final Notes notes;
    private final AppendMeters meters;

    StoredAuditLog(
            AgroalDataSource database,
            AuditRows rows,
            AppendState state,
            Outages outages,
            Redactor redactor,
            Clock clock,
            MeterRegistry registry) {
        this.database = database;
        this.state = state;
        this.rows = rows;
        this.appender = new AuditAppender(redactor, clock);
        this.meters = new AppendMeters(registry);
        this.group = new GroupCommit(appender, database::getConnection, outages);
        this.notes = new Notes(this::appendNote, clock, Notes.DELAY);
    }

    void stop(@Observes ShutdownEvent event) {
        notes.close();
    }

    /// On the connection of the caller's transaction; without one, together with others that come
    /// at the same time.
    @Override
    public long append(AuditEntry entry) {
        AuditAppender.Prepared prepared = appender.prepare(entry);
        long began = System.nanoTime();
        try {
            long sequence =
                    QuarkusTransaction.getStatus() == Status.STATUS_NO_TRANSACTION
                            ? group.append(prepared)
                            : joining(prepared);
            meters.taken(entry.kind(), began);
            return sequence;
        } catch (SQLException e) {
            meters.refused(began);
            state.failed(e);
            throw new AuditUnavailable(e);
        }
    }

    @Override
    public void note(AuditEntry entry) {
        notes.note(entry);
    }

    private void appendNote(AuditEntry entry) {
        long began = System.nanoTime();
        try {
            group.append(appender.prepare(entry));
            meters.taken(entry.kind(), began);
        } catch (SQLException e) {
            meters.refused(began);
            state.late(e);
            throw new AuditUnavailable(e);
        }
    }

    private long joining(AuditAppender.Prepared entry) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return appender.append(connection, List.of(entry));
        }
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public void hold() {
        try (Connection connection = database.getConnection()) {
            AuditAppender.lockHead(connection);
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
    @Transactional
    public long erasePersonal(long sequence) {
        return rows.erasePersonal(sequence);
    }

    @Override
    @Transactional
    public long erasePersonalOf(String actor) {
        return rows.erasePersonalOf(actor);
    }

    @Override
    @Transactional
    public long erasePersonalBefore(Instant before) {
        return rows.erasePersonalBefore(before);
    }
}
