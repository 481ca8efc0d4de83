package dev.devopspack.testing;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Who waits for a lock of PostgreSQL at this moment, so that a test knows that somebody does.
@Singleton
public class LockQueue {

    /// A busy machine is slow; nothing waits so long where all is well.
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final AgroalDataSource database;

    LockQueue(AgroalDataSource database) {
        this.database = database;
    }

    /// Waits until so many statements wait for a lock.
    ///
    /// @param named what stands in the statements that are counted: one of these
    public void await(int number, String... named) throws InterruptedException {
        Instant until = Instant.now().plus(LIMIT);
        while (waiting(named) < number) {
            if (Instant.now().isAfter(until)) {
                throw new AssertionError(
                        waiting(named) + " wait for " + List.of(named) + ", not " + number);
            }
            Thread.sleep(10);
        }
    }

    /// Looked at outside the transaction: within one it is looked up once and remembered.
    private int waiting(String... named) {
        return QuarkusTransaction.suspendingExisting().call(() -> waitingNow(named));
    }

    private int waitingNow(String... named) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement(
                                """
                                select count(*) from pg_stat_activity
                                where wait_event_type = 'Lock'
                                  and exists (select from unnest(?) as name
                                              where strpos(query, name) > 0)
                                """)) {
            statement.setArray(1, connection.createArrayOf("text", named));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }
}
