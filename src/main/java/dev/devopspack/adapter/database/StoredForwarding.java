package dev.devopspack.adapter.database;

import dev.devopspack.audit.Forwarding;
import dev.devopspack.audit.StoredEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// One row, locked by the server that sends: entries go in their order.
@ApplicationScoped
@Transactional
class StoredForwarding implements Forwarding {

    private final Database database;
    private final AuditRows rows;

    StoredForwarding(Database database, AuditRows rows) {
        this.database = database;
        this.rows = rows;
    }

    @Override
    public int forward(int limit, Predicate<List<StoredEntry>> sent) {
        Optional<Long> mine =
                database.sql("select sequence from audit_forwarded for update skip locked")
                        .first(row -> row.number("sequence"));
        if (mine.isEmpty()) {
            return 0;
        }
        List<StoredEntry> next = rows.read(mine.get(), limit);
        if (next.isEmpty() || !sent.test(next)) {
            return 0;
        }
        database.sql("update audit_forwarded set sequence = :sequence")
                .with("sequence", next.getLast().sequence())
                .update();
        return next.size();
    }
}
