package dev.devopspack.adapter.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// A statement and the values of its parameters, to be run once.
///
/// Whatever the database refuses is a {@link StatementRefused} with the database's own exception as
/// its cause.
final class Sql {

    private final DataSource connections;
    private final NamedParameters statement;
    private final Map<String, @Nullable Object> values = new HashMap<>();

    Sql(DataSource connections, NamedParameters statement) {
        this.connections = connections;
        this.statement = statement;
    }

    /// @param value a text, a number, a truth value, a UUID, bytes, a date, an instant (kept to the
    ///   microsecond), or null
    Sql with(String name, @Nullable Object value) {
        if (!statement.names().contains(name)) {
            throw new IllegalArgumentException("no parameter :" + name + " in " + statement.text());
        }
        values.put(name, value);
        return this;
    }

    /// Texts for `= any(:name)` or `unnest(:name)`.
    Sql withTexts(String name, Collection<String> texts) {
        return with(name, new Column("text", texts.toArray()));
    }

    /// Whole numbers for the same.
    Sql withNumbers(String name, Collection<Long> numbers) {
        return with(name, new Column("bigint", numbers.toArray()));
    }

    /// Several values in one parameter.
    ///
    /// @param type of each, as PostgreSQL calls it
    private record Column(String type, Object[] values) {}

    /// @return how many rows it changed
    int update() {
        return run(PreparedStatement::executeUpdate);
    }

    /// Whether it changed its row. With a WHERE that holds the whole condition one of many racing
    /// callers changes it.
    boolean changesOne() {
        return update() == 1;
    }

    <T> List<T> list(Function<Row, T> reading) {
        return run(prepared -> {
            List<T> read = new ArrayList<>();
            try (ResultSet columns = prepared.executeQuery()) {
                Row row = new Row(columns);
                while (columns.next()) {
                    read.add(reading.apply(row));
                }
            }
            return List.copyOf(read);
        });
    }

    /// The first row, where there is any.
    <T> Optional<T> first(Function<Row, T> reading) {
        return list(reading).stream().findFirst();
    }

    /// The first row of a query that always has one.
    <T> T one(Function<Row, T> reading) {
        return list(reading).getFirst();
    }

    /// Whether there is any row.
    boolean any() {
        return first(_ -> true).isPresent();
    }

    private interface Run<T> {
        T of(PreparedStatement prepared) throws SQLException;
    }

    private <T> T run(Run<T> run) {
        if (!values.keySet().containsAll(statement.names())) {
            throw new IllegalStateException(
                    "values for " + values.keySet() + " alone in " + statement.text());
        }
        try (Connection connection = connections.getConnection();
                PreparedStatement prepared = connection.prepareStatement(statement.text())) {
            int place = 0;
            for (String name : statement.names()) {
                set(connection, prepared, ++place, values.get(name));
            }
            return run.of(prepared);
        } catch (SQLException e) {
            throw new StatementRefused(e);
        }
    }

    private static void set(
            Connection connection, PreparedStatement prepared, int place, @Nullable Object value)
            throws SQLException {
        switch (value) {
            case null -> prepared.setNull(place, Types.NULL);
            case Instant instant ->
                    prepared.setObject(place, Moments.stored(instant).atOffset(ZoneOffset.UTC));
            case Column column ->
                    prepared.setArray(
                            place, connection.createArrayOf(column.type(), column.values()));
            default -> prepared.setObject(place, value);
        }
    }
}
