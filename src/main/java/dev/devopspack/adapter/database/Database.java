package dev.devopspack.adapter.database;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Where the stores get their statements: each runs on the connection of the caller's transaction.
///
/// A statement that is asked for outside of a transaction is one of its own. So what is read by one
/// statement, for nearly every call, takes part in a transaction where there is one and begins
/// none: beginning and ending it took longer than the statement.
///
/// A query names its columns, never `*`: PostgreSQL refuses a prepared one whose columns another
/// server's newer migration has changed meanwhile.
@ApplicationScoped
class Database {

    private final AgroalDataSource connections;

    /// Holds only texts that stand in this package, so it does not grow with what callers send.
    private final Map<String, NamedParameters> known = new ConcurrentHashMap<>();

    Database(AgroalDataSource connections) {
        this.connections = connections;
    }

    /// @param text SQL of PostgreSQL with named parameters such as `:id`; never put together with
    ///   what a caller sent
    Sql sql(String text) {
        return new Sql(connections, known.computeIfAbsent(text, NamedParameters::of));
    }
}
