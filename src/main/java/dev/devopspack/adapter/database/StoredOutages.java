package dev.devopspack.adapter.database;

import dev.devopspack.change.Outages;
import dev.devopspack.change.StoreUnavailable;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Knows an outage of PostgreSQL by its error codes, wherever in an exception they stand.
@ApplicationScoped
class StoredOutages implements Outages {

    /// The classes and codes of PostgreSQL's errors that a mistake in a statement does not cause:
    /// connection, resources (also a full disk), an operator's intervention, the system, a corrupt
    /// file, rights that were taken away (without those on its schema a table is not there at all),
    /// a database that is read-only.
    private static final List<String> OUTAGES =
            List.of("08", "53", "57P", "58", "XX001", "XX002", "42501", "42P01", "25006", "28");

    /// A cause of a cause: exceptions are nested by a few libraries, not by dozens.
    private static final int MAX_LOOKED_AT = 50;

    @Override
    public Optional<StoreUnavailable> of(Throwable failure) {
        Deque<Throwable> open = new ArrayDeque<>(List.of(failure));
        for (int looked = 0; looked < MAX_LOOKED_AT && !open.isEmpty(); looked++) {
            Throwable next = open.removeFirst();
            if (next instanceof StoreUnavailable known) {
                return Optional.of(known);
            }
            if (next instanceof SQLException sql && outage(sql)) {
                return Optional.of(
                        new StoreUnavailable(
                                "database",
                                "it does not answer now, or takes nothing; nothing was changed",
                                "Try again in a few seconds; if it stays, the operator looks at"
                                        + " /q/health/ready and the server's log.",
                                failure));
            }
            Stream.concat(
                            Stream.ofNullable(next.getCause()).filter(cause -> cause != next),
                            Stream.of(next.getSuppressed()))
                    .forEach(open::add);
        }
        return Optional.empty();
    }

    private static boolean outage(SQLException failure) {
        String state = failure.getSQLState();
        // PostgreSQL's errors have a code; the pool's own, after waiting for a connection, none.
        return state == null || OUTAGES.stream().anyMatch(state::startsWith);
    }
}
