package dev.devopspack.adapter.database;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The row that is being read, by the names of its columns. What is not called optional is an error
/// where the column is empty.
final class Row {

    private final ResultSet columns;

    Row(ResultSet columns) {
        this.columns = columns;
    }

    String text(String column) {
        return filled(column, optionalText(column));
    }

    @Nullable String optionalText(String column) {
        return read(() -> columns.getString(column));
    }

    long number(String column) {
        return filled(column, read(() -> columns.getLong(column)));
    }

    int integer(String column) {
        return filled(column, read(() -> columns.getInt(column)));
    }

    @Nullable BigDecimal optionalDecimal(String column) {
        return read(() -> columns.getBigDecimal(column));
    }

    boolean flag(String column) {
        return filled(column, read(() -> columns.getBoolean(column)));
    }

    UUID uuid(String column) {
        return filled(column, optionalUuid(column));
    }

    @Nullable UUID optionalUuid(String column) {
        return read(() -> columns.getObject(column, UUID.class));
    }

    Instant instant(String column) {
        return filled(column, optionalInstant(column));
    }

    @Nullable Instant optionalInstant(String column) {
        OffsetDateTime moment = read(() -> columns.getObject(column, OffsetDateTime.class));
        return moment == null ? null : moment.toInstant();
    }

    LocalDate date(String column) {
        return filled(column, read(() -> columns.getObject(column, LocalDate.class)));
    }

    byte[] bytes(String column) {
        return filled(column, read(() -> columns.getBytes(column)));
    }

    private interface Reading<T> {
        @Nullable T now() throws SQLException;
    }

    private <T> @Nullable T read(Reading<T> reading) {
        try {
            T value = reading.now();
            return columns.wasNull() ? null : value;
        } catch (SQLException e) {
            throw new StatementRefused(e);
        }
    }

    private static <T> T filled(String column, @Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("column " + column + " is empty");
        }
        return value;
    }
}
