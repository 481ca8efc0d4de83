package dev.devopspack.adapter.database;

import dev.devopspack.audit.Forwarding;
import dev.devopspack.audit.StoredEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.function.Predicate;

/// One row, locked by the server that sends: entries go in their order.
@ApplicationScoped
@Transactional
class StoredForwarding implements Forwarding {

    private final EntityManager database;
    private final AuditRows rows;

    StoredForwarding(EntityManager database, AuditRows rows) {
        this.database = database;
        this.rows = rows;
    }

    @Override
    public int forward(int limit, Predicate<List<StoredEntry>> sent) {
        List<?> mine =
                database.createNativeQuery(
                                "select sequence from audit_forwarded for update skip locked",
                                Long.class)
                        .getResultList();
        if (mine.isEmpty()) {
            return 0;
        }
        List<StoredEntry> next = rows.read((Long) mine.getFirst(), limit);
        if (next.isEmpty() || !sent.test(next)) {
            return 0;
        }
        database.createNativeQuery("update audit_forwarded set sequence = :sequence")
                .setParameter("sequence", next.getLast().sequence())
                .executeUpdate();
        return next.size();
    }
}
