package dev.devopspack.adapter.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.audit.AuditEntry;
import dev.devopspack.audit.AuditVerifier;
import dev.devopspack.audit.AuditVerifier.Result.Intact;
import dev.devopspack.testing.ScratchDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupCommitTest {

    private static final int WRITERS = 32;
    private static final int EACH = 8;

    @TempDir static Path folder;

    private static ScratchDatabase database;

    private final AuditAppender appender = new AuditAppender(text -> text, Clock.systemUTC());

    @BeforeAll
    static void open() {
        database = ScratchDatabase.open(folder.resolve("data"));
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void callersShareTransactionsAndEachGetsItsOwnEntry() throws Exception {
        GroupCommit group = new GroupCommit(appender, database::app, new StoredOutages());
        long before = number("select sequence from audit_head");

        List<Long> sequences =
                together(writer -> {
                    List<Long> own = new ArrayList<>();
                    for (int i = 0; i < EACH; i++) {
                        long sequence = group.append(prepared("test.group", writer + "-" + i));
                        assertEquals(
                                1,
                                number(
                                        "select count(*) from audit_entries where sequence = "
                                                + sequence
                                                + " and leaf like '%\""
                                                + writer
                                                + "-"
                                                + i
                                                + "\"%'"),
                                "what was acknowledged is there, and is the caller's own");
                        own.add(sequence);
                    }
                    return own;
                });

        assertEquals(
                LongStream.rangeClosed(before + 1, before + WRITERS * EACH).boxed().toList(),
                sequences.stream().sorted().toList());
        long transactions =
                number(
                        "select count(distinct xmin::text) from audit_entries where kind ="
                                + " 'test.group'");
        assertTrue(transactions < WRITERS * EACH / 2, () -> transactions + " transactions");
        assertIntact();
    }

    @Test
    void anEntryThatIsNotTakenTakesNobodyAlong() throws Exception {
        try (Connection owner = database.owner();
                Statement statement = owner.createStatement()) {
            statement.execute(
                    """
                    create function no_bad_ones() returns trigger language plpgsql as $$
                    begin
                        if new.kind = 'test.bad' then raise exception 'this one is not taken'; end if;
                        return new;
                    end $$;
                    create trigger a_bad_one before insert on audit_entries
                        for each row execute function no_bad_ones();
                    """);
        }
        GroupCommit group = new GroupCommit(appender, database::app, new StoredOutages());

        List<Long> taken =
                together(writer -> {
                    if (writer % 4 > 0) {
                        return List.of(group.append(prepared("test.good", "x")));
                    }
                    assertThrows(SQLException.class, () -> group.append(prepared("test.bad", "x")));
                    return List.of();
                });

        assertEquals(WRITERS * 3 / 4, taken.stream().distinct().count());
        assertEquals(0, number("select count(*) from audit_entries where kind = 'test.bad'"));
        assertIntact();
    }

    @Test
    void withoutADatabaseEverybodyIsToldAndLaterItGoesOn() throws Exception {
        boolean[] away = {true};
        GroupCommit group =
                new GroupCommit(
                        appender,
                        () -> {
                            if (away[0]) {
                                throw new SQLException("connection refused", "08001");
                            }
                            return database.app();
                        },
                        new StoredOutages());

        together(writer -> {
            SQLException told =
                    assertThrows(
                            SQLException.class, () -> group.append(prepared("test.away", "x")));
            assertEquals("08001", told.getSQLState());
            return List.of();
        });
        away[0] = false;

        long sequence = group.append(prepared("test.back", "x"));
        assertEquals(number("select sequence from audit_head"), sequence);
        assertEquals(0, number("select count(*) from audit_entries where kind = 'test.away'"));
    }

    @Test
    void othersWhoAppendMeanwhileDoNoHarm() throws Exception {
        GroupCommit one = new GroupCommit(appender, database::app, new StoredOutages());
        GroupCommit other = new GroupCommit(appender, database::app, new StoredOutages());
        long before = number("select sequence from audit_head");

        List<Long> sequences =
                together(writer -> {
                    List<Long> own = new ArrayList<>();
                    for (int i = 0; i < EACH; i++) {
                        own.add(
                                switch (writer % 3) {
                                    case 0 -> one.append(prepared("test.one", "x"));
                                    case 1 -> other.append(prepared("test.other", "x"));
                                    default -> inTransaction();
                                });
                    }
                    return own;
                });

        assertEquals(
                LongStream.rangeClosed(before + 1, before + WRITERS * EACH).boxed().toList(),
                sequences.stream().sorted().toList());
        assertIntact();
    }

    @Test
    void whoHoldsTheHeadIsNotWaitedInto() throws Exception {
        try (Connection holder = database.app();
                Connection other = database.app();
                Connection watching = database.superuser();
                Statement look = watching.createStatement();
                ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
            holder.setAutoCommit(false);
            AuditAppender.Head head = AuditAppender.lockHead(holder);
            Future<SQLException> late =
                    thread.submit(() ->
                            assertThrows(
                                    SQLException.class,
                                    () ->
                                            appender.append(
                                                    other,
                                                    head,
                                                    List.of(prepared("test.late", "x")))));
            String waits = "select count(*) from pg_stat_activity where wait_event_type = 'Lock'";
            while (text(look, waits).equals("0")) {
                Thread.sleep(5);
            }

            long sequence = appender.append(holder, List.of(prepared("test.holder", "x")));
            holder.commit();

            assertEquals(head.sequence() + 1, sequence);
            assertTrue(AuditAppender.moved(late.get()), () -> String.valueOf(late.resultNow()));
        }
        assertIntact();
    }

    private long inTransaction() throws SQLException {
        try (Connection app = database.app()) {
            app.setAutoCommit(false);
            long sequence = appender.append(app, List.of(prepared("test.own", "x")));
            app.commit();
            return sequence;
        }
    }

    @Test
    void whoeverAppendsWaitsForTheDisk() throws SQLException {
        try (Connection app = database.app();
                Statement statement = app.createStatement()) {
            statement.execute("set synchronous_commit = off");
            app.setAutoCommit(false);
            appender.append(app, AuditEntry.of("test.disk", "system", Map.of()));

            assertEquals("on", text(statement, "show synchronous_commit"));
            app.rollback();
            assertEquals("off", text(statement, "show synchronous_commit"));
        }
    }

    private AuditAppender.Prepared prepared(String kind, String text) {
        return appender.prepare(
                new AuditEntry(kind, "system", Map.of("text", text), Map.of("name", text)));
    }

    @FunctionalInterface
    private interface Writer {
        List<Long> write(int number) throws Exception;
    }

    private static List<Long> together(Writer writer)
            throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<List<Long>>> work =
                    IntStream.range(0, WRITERS)
                            .<Callable<List<Long>>>mapToObj(number -> () -> writer.write(number))
                            .toList();
            List<Long> all = new ArrayList<>();
            for (Future<List<Long>> each : threads.invokeAll(work)) {
                all.addAll(each.get());
            }
            return all;
        }
    }

    private static void assertIntact() throws SQLException {
        AuditVerifier verifier = AuditVerifier.fromTheBeginning();
        try (Connection app = database.app()) {
            AuditAttackTest.export(app).forEach(verifier::add);
        }
        assertInstanceOf(Intact.class, verifier.result());
    }

    private static long number(String query) throws SQLException {
        try (Connection owner = database.owner();
                Statement statement = owner.createStatement()) {
            return Long.parseLong(text(statement, query));
        }
    }

    private static String text(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
