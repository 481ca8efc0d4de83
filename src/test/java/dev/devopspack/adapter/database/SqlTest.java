package dev.devopspack.adapter.database;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SqlTest {

    private static final UUID SOMEBODY = UUID.fromString("7d9c3f6e-13b0-4d5a-9a35-f7f1e3f0c001");

    @Inject Database database;

    @Test
    void whatGoesInComesOutAsItWas() {
        record Read(
                String text,
                long number,
                int integer,
                boolean flag,
                UUID uuid,
                Instant instant,
                LocalDate date) {}

        Read read =
                database.sql(
                                """
                                select cast(:text as text) as text, cast(:number as bigint) as number,
                                    cast(:integer as integer) as integer,
                                    cast(:flag as boolean) as flag, cast(:uuid as uuid) as uuid,
                                    cast(:instant as timestamptz) as instant,
                                    cast(:date as date) as date
                                """)
                        .with("text", "'; drop table people; -- :text \u202e ? ?? $1")
                        .with("number", Long.MAX_VALUE)
                        .with("integer", Integer.MIN_VALUE)
                        .with("flag", true)
                        .with("uuid", SOMEBODY)
                        .with("instant", Instant.parse("2026-02-28T23:59:59.123456789Z"))
                        .with("date", LocalDate.of(2024, 2, 29))
                        .one(row ->
                                new Read(
                                        row.text("text"),
                                        row.number("number"),
                                        row.integer("integer"),
                                        row.flag("flag"),
                                        row.uuid("uuid"),
                                        row.instant("instant"),
                                        row.date("date")));

        assertEquals(
                new Read(
                        "'; drop table people; -- :text \u202e ? ?? $1",
                        Long.MAX_VALUE,
                        Integer.MIN_VALUE,
                        true,
                        SOMEBODY,
                        Instant.parse("2026-02-28T23:59:59.123456Z"),
                        LocalDate.of(2024, 2, 29)),
                read);
    }

    @Test
    void bytesComeOutAsTheyWere() {
        byte[] bytes = {0, -1, 39, 92, 127, -128};

        assertArrayEquals(
                bytes,
                database.sql("select cast(:bytes as bytea) as bytes")
                        .with("bytes", bytes)
                        .one(row -> row.bytes("bytes")));
    }

    @Test
    void nothingIsNothingAndNoZero() {
        Sql nothing =
                database.sql(
                                """
                                select cast(:it as text) as text, cast(:it as uuid) as uuid,
                                    cast(:it as timestamptz) as instant,
                                    cast(:it as numeric) as decimal
                                """)
                        .with("it", null);

        assertEquals(
                List.of(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                nothing.one(row ->
                        List.of(
                                Optional.ofNullable(row.optionalText("text")),
                                Optional.ofNullable(row.optionalUuid("uuid")),
                                Optional.ofNullable(row.optionalInstant("instant")),
                                Optional.<BigDecimal>ofNullable(row.optionalDecimal("decimal")))));
        Sql empty = database.sql("select cast(null as bigint) as number");
        assertThrows(IllegalStateException.class, () -> empty.one(row -> row.number("number")));
    }

    @Test
    void aListStandsForAnyOfIt() {
        assertEquals(
                List.of("b", "c, d"),
                database.sql(
                                """
                                select word from unnest(array['a', 'b', 'c, d']) word
                                where word = any(:words)
                                """)
                        .withTexts("words", Set.of("b", "c, d", "{a}"))
                        .list(row -> row.text("word")));
        assertTrue(
                database.sql("select 1 where cast(7 as bigint) = any(:numbers)")
                        .withNumbers("numbers", List.of(6L, 7L))
                        .any());
    }

    @Test
    void anEmptyListIsOneOfItsKind() {
        assertFalse(
                database.sql("select 1 where cast(7 as bigint) = any(:none)")
                        .withNumbers("none", List.of())
                        .any());
        assertFalse(
                database.sql("select 1 where cast('a' as text) = any(:none)")
                        .withTexts("none", List.of())
                        .any());
        assertEquals(
                List.of(),
                database.sql("select word || '!' as word from unnest(:none) word")
                        .withTexts("none", List.of())
                        .list(row -> row.text("word")));
    }

    @Test
    void aStatementIsNotRunWithoutAllItsValues() {
        assertThrows(
                IllegalArgumentException.class,
                () -> database.sql("select :a").with("b", "something"));
        Sql half = database.sql("select :a, :b").with("a", "something");
        assertThrows(IllegalStateException.class, half::any);
    }

    @Test
    void whatTheDatabaseRefusesIsToldWithoutItsValues() {
        Sql refused =
                database.sql("select cast(:number as integer) as number").with("number", "hunter2");

        StatementRefused told = assertThrows(StatementRefused.class, refused::any);

        assertFalse(told.toString().contains("hunter2"), told::toString);
        assertEquals("22P02", ((SQLException) told.getCause()).getSQLState());
    }

    @Test
    void statementsOfATransactionAreUndoneTogether() {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        assertThrows(
                StatementRefused.class,
                () ->
                        QuarkusTransaction.requiringNew()
                                .run(() -> {
                                    assertTrue(link(now).changesOne());
                                    assertTrue(known().any());
                                    link(now).update();
                                }));

        assertFalse(known().any());
    }

    private Sql link(Instant now) {
        return database.sql(
                        """
                        insert into ceremonies (challenge, purpose, document, expires_at)
                        values (:challenge, 'SIGN_IN', '{}', :at)
                        """)
                .with("challenge", "a-challenge-of-this-test")
                .with("at", now);
    }

    private Sql known() {
        return database.sql("select 1 from ceremonies where challenge = :challenge")
                .with("challenge", "a-challenge-of-this-test");
    }
}
