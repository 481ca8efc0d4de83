package dev.devopspack.adapter.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Gives a statement whole columns, one parameter after the other: any number of rows is then one
/// statement.
final class Columns {

    private final Connection connection;
    private final PreparedStatement statement;
    private int last;

    Columns(Connection connection, PreparedStatement statement) {
        this.connection = connection;
        this.statement = statement;
    }

    void longs(Stream<Long> values) throws SQLException {
        add("bigint", values.toArray(Long[]::new));
    }

    void texts(Stream<? extends @Nullable String> values) throws SQLException {
        add("text", values.toArray(String[]::new));
    }

    void bytes(Stream<byte[]> values) throws SQLException {
        add("bytea", values.toArray(byte[][]::new));
    }

    /// @param type of the values, as PostgreSQL calls it
    private void add(String type, Object[] values) throws SQLException {
        statement.setArray(++last, connection.createArrayOf(type, values));
    }
}
