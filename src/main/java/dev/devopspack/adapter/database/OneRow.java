package dev.devopspack.adapter.database;

import dev.devopspack.approval.act.Ended;
import dev.devopspack.change.Digest;
import dev.devopspack.identity.PersonId;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Changes of one row by one statement whose WHERE holds the whole condition: of many racing
/// callers one changes it.
final class OneRow {

    private OneRow() {}

    /// Whether the statement changed its row. What was read before in this transaction is read
    /// again after it.
    static boolean changed(EntityManager database, Query statement) {
        database.flush();
        boolean changed = statement.executeUpdate() == 1;
        database.clear();
        return changed;
    }

    /// Whether something that was signed ended now.
    ///
    /// @param statement an update with the parameters `id`, `by`, `at` and `act`
    static boolean ends(EntityManager database, String statement, String id, Ended ended) {
        return changed(
                database,
                database.createQuery(statement)
                        .setParameter("id", id)
                        .setParameter("by", ended.by().value())
                        .setParameter("at", Moments.stored(ended.at()))
                        .setParameter("act", ended.act().value()));
    }

    /// Reads three columns that are all filled once it has ended.
    static @Nullable Ended ended(@Nullable UUID by, @Nullable Instant at, @Nullable String act) {
        return by == null || at == null || act == null
                ? null
                : new Ended(new PersonId(by), at, new Digest(act));
    }
}
