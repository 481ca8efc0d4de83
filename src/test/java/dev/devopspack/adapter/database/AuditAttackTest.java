package dev.devopspack.adapter.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.audit.AuditEntry;
import dev.devopspack.audit.AuditHash;
import dev.devopspack.audit.AuditLeaf;
import dev.devopspack.audit.AuditVerifier;
import dev.devopspack.audit.AuditVerifier.Result;
import dev.devopspack.audit.AuditVerifier.Result.Broken;
import dev.devopspack.audit.AuditVerifier.Result.Intact;
import dev.devopspack.audit.ExportedEntry;
import dev.devopspack.change.Digest;
import dev.devopspack.testing.ScratchDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// The ways in which somebody would try to rewrite the past.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AuditAttackTest {

    private static final List<String> APPEND_ONLY =
            List.of(
                    "audit_entries",
                    "audit_checkpoints",
                    "audit_nodes",
                    "change_sets",
                    "artifacts",
                    "releases",
                    "verdicts",
                    "approval_requests",
                    "decisions",
                    "grants");

    private static final int COUNT = 20;

    @TempDir static Path folder;

    private static ScratchDatabase database;

    @BeforeAll
    static void open() throws SQLException {
        database = ScratchDatabase.open(folder.resolve("data"));
        try (Connection app = database.app()) {
            app.setAutoCommit(false);
            for (int i = 1; i <= COUNT; i++) {
                append(app, i);
            }
            app.commit();
        }
    }

    @AfterAll
    static void close() {
        database.close();
    }

    private static void append(Connection connection, int number) throws SQLException {
        new AuditAppender(text -> text, Clock.systemUTC())
                .append(
                        connection,
                        new AuditEntry(
                                "test.entry",
                                "system",
                                Map.of("text", "fact " + number, "environment", "staging"),
                                Map.of("name", "Ada")));
    }

    @TestFactory
    @Order(1)
    Stream<DynamicTest> theProgramsRoleCannotRewrite() {
        return APPEND_ONLY.stream()
                .flatMap(table ->
                        Stream.of(
                                "delete from " + table,
                                "truncate " + table + " cascade",
                                "alter table " + table + " disable trigger all",
                                "drop table " + table + " cascade",
                                "update "
                                        + table
                                        + " set "
                                        + column(table)
                                        + " = "
                                        + column(table)))
                .map(attack -> DynamicTest.dynamicTest(attack, () -> isRefused(attack)));
    }

    @TestFactory
    @Order(2)
    Stream<DynamicTest> theProgramsRoleCannotGetAroundIt() {
        return Stream.of(
                        "set session_replication_role = replica",
                        "set role devopspack_owner",
                        "update audit_head set sequence = 0",
                        "insert into audit_head (one, sequence, chain_hash)"
                                + " values (false, 1, '\\x00')",
                        "update audit_personal set value = 'Eve'",
                        "create table mine (a int)",
                        "create function devopspack.refuse_change() returns trigger language"
                                + " plpgsql as $$ begin return null; end $$",
                        "drop trigger extend_chain on audit_entries",
                        "call make_append_only('settings')",
                        "update approval_states set digest = 'other'",
                        "alter role devopspack_app superuser",
                        "copy audit_entries to program 'id'",
                        "select pg_read_file('pg_hba.conf')",
                        "drop schema devopspack cascade",
                        "create schema mine",
                        "delete from flyway_schema_history")
                .map(attack -> DynamicTest.dynamicTest(attack, () -> isRefused(attack)));
    }

    @TestFactory
    @Order(3)
    Stream<DynamicTest> evenTheOwnerIsStoppedByTheTriggers() {
        return Stream.of(
                        "delete from audit_entries where sequence = 3",
                        "update audit_entries set kind = 'other.kind' where sequence = 3",
                        "truncate audit_entries cascade")
                .map(attack ->
                        DynamicTest.dynamicTest(
                                attack,
                                () -> {
                                    try (Connection owner = database.owner();
                                            Statement statement = owner.createStatement()) {
                                        assertThrows(
                                                SQLException.class,
                                                () -> statement.execute(attack));
                                    }
                                }));
    }

    @Test
    @Order(4)
    void anEntryThatDoesNotContinueTheLogIsRefusedByTheDatabase() throws SQLException {
        ExportedEntry last = export().getLast();
        long next = last.sequence() + 1;
        Digest head = last.chainHash();
        String leaf = leaf(next);
        Digest leafHash = AuditHash.leaf(leaf);
        Digest chainHash = AuditHash.chain(head, next, leafHash);

        assertThrows(
                SQLException.class,
                () -> insert(next + 1, leaf, leafHash, AuditHash.chain(head, next + 1, leafHash)));
        assertThrows(SQLException.class, () -> insert(next - 1, leaf, leafHash, chainHash));
        assertThrows(SQLException.class, () -> insert(next, leaf + " ", leafHash, chainHash));
        assertThrows(SQLException.class, () -> insert(next, leaf, leafHash, leafHash));
        assertThrows(
                SQLException.class,
                () ->
                        insert(
                                next,
                                leaf,
                                leafHash,
                                AuditHash.chain(AuditHash.BEGINNING, next, leafHash)));
        insert(next, leaf, leafHash, chainHash);

        assertInstanceOf(Intact.class, verify());
    }

    @Test
    @Order(5)
    void racingWritersLeaveNoGapAndNoFork() throws Exception {
        long before = export().size();
        int writers = 32;
        int each = 10;
        Set<Long> sequences = new ConcurrentSkipListSet<>();
        List<Callable<Void>> work =
                IntStream.range(0, writers)
                        .<Callable<Void>>mapToObj(writer ->
                                () -> {
                                    appendSome(each, sequences);
                                    return null;
                                })
                        .toList();

        try (ExecutorService pool = Executors.newFixedThreadPool(writers)) {
            for (Future<Void> done : pool.invokeAll(work)) {
                done.get();
            }
        }

        assertEquals(
                LongStream.rangeClosed(before + 1, before + (long) writers * each)
                        .boxed()
                        .collect(Collectors.toSet()),
                sequences);
        assertInstanceOf(Intact.class, verify());
    }

    /// Every third transaction is rolled back: what it appended never was.
    private static void appendSome(int count, Set<Long> sequences) throws SQLException {
        AuditAppender appender = new AuditAppender(text -> text, Clock.systemUTC());
        try (Connection app = database.app()) {
            app.setAutoCommit(false);
            for (int i = 0; sequencesOf(i) < count; i++) {
                long sequence =
                        appender.append(app, AuditEntry.of("test.race", "system", Map.of()));
                if (i % 3 == 2) {
                    app.rollback();
                } else {
                    app.commit();
                    sequences.add(sequence);
                }
            }
        }
    }

    private static int sequencesOf(int attempts) {
        return attempts - attempts / 3;
    }

    @TestFactory
    @Order(6)
    Stream<DynamicTest> whatASuperuserRewritesIsNamed() {
        return Map.of(
                        "update audit_entries set leaf = replace(leaf, 'fact 7', 'fact X')"
                                + " where sequence = 7",
                        7L,
                        "update audit_entries set leaf = replace(leaf, 'fact 7', 'fact X'),"
                                + " leaf_hash = sha256('\\x00'::bytea ||"
                                + " convert_to(replace(leaf, 'fact 7', 'fact X'), 'UTF8'))"
                                + " where sequence = 7",
                        7L,
                        "delete from audit_entries where sequence = 9",
                        9L,
                        "update audit_entries set sequence = case sequence when 4 then 5 else 4"
                                + " end where sequence in (4, 5)",
                        4L,
                        "update audit_entries set chain_hash = leaf_hash where sequence = 11",
                        11L,
                        "update audit_entries set leaf = 'nonsense' where sequence = 2",
                        2L,
                        "delete from audit_entries where sequence >= 15",
                        15L)
                .entrySet()
                .stream()
                .map(attack ->
                        DynamicTest.dynamicTest(
                                attack.getKey(),
                                () -> isNamed(attack.getKey(), attack.getValue())));
    }

    private static void isNamed(String attack, long sequence) throws SQLException {
        List<ExportedEntry> before = export();
        ExportedEntry head = before.getLast();
        List<ExportedEntry> after;
        try (Connection superuser = database.superuser();
                Statement statement = superuser.createStatement()) {
            superuser.setAutoCommit(false);
            statement.execute("alter table audit_entries disable trigger all");
            statement.execute(
                    "alter table audit_entries drop constraint audit_entries_pkey cascade");
            assertTrue(statement.executeUpdate(attack) > 0);
            after = export(superuser);
            superuser.rollback();
        }

        AuditVerifier verifier = AuditVerifier.fromTheBeginning();
        after.forEach(verifier::add);
        Result result = verifier.result(head.sequence(), head.chainHash());

        assertEquals(sequence, assertInstanceOf(Broken.class, result).sequence());
        assertEquals(before, export());
    }

    private static void isRefused(String attack) throws SQLException {
        List<ExportedEntry> before = export();
        try (Connection app = database.app();
                Statement statement = app.createStatement()) {
            SQLException refused =
                    assertThrows(SQLException.class, () -> statement.execute(attack));
            assertTrue(
                    Set.of("42501", "42P01", "42809").contains(refused.getSQLState()),
                    refused.getMessage());
        }
        assertEquals(before, export());
    }

    /// Any column that is there.
    private static String column(String table) {
        return switch (table) {
            case "audit_entries" -> "leaf";
            case "audit_checkpoints" -> "note";
            case "audit_nodes" -> "hash";
            case "artifacts" -> "name";
            case "releases" -> "state";
            case "decisions" -> "reason";
            case "grants" -> "envelope";
            default -> "digest";
        };
    }

    private static String leaf(long sequence) {
        return new AuditLeaf(sequence, Instant.EPOCH, "test.entry", "system", Map.of(), Map.of())
                .text();
    }

    private static void insert(long sequence, String leaf, Digest leafHash, Digest chainHash)
            throws SQLException {
        try (Connection app = database.app();
                PreparedStatement statement =
                        app.prepareStatement(
                                "insert into audit_entries (sequence, at, kind, actor, leaf,"
                                        + " leaf_hash, chain_hash)"
                                        + " values (?, now(), 'test.entry', 'system', ?, ?, ?)")) {
            statement.setLong(1, sequence);
            statement.setString(2, leaf);
            statement.setBytes(3, leafHash.bytes());
            statement.setBytes(4, chainHash.bytes());
            statement.executeUpdate();
        }
    }

    private static Result verify() throws SQLException {
        AuditVerifier verifier = AuditVerifier.fromTheBeginning();
        export().forEach(verifier::add);
        return verifier.result();
    }

    private static List<ExportedEntry> export() throws SQLException {
        try (Connection app = database.app()) {
            return export(app);
        }
    }

    static List<ExportedEntry> export(Connection connection) throws SQLException {
        List<ExportedEntry> entries = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "select sequence, leaf, leaf_hash, chain_hash from audit_entries"
                                        + " order by sequence")) {
            while (row.next()) {
                entries.add(
                        new ExportedEntry(
                                row.getLong(1),
                                row.getString(2),
                                Digest.ofHash(row.getBytes(3)),
                                Digest.ofHash(row.getBytes(4))));
            }
        }
        return entries;
    }
}
