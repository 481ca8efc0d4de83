package dev.devopspack.adapter.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.audit.AuditEntry;
import dev.devopspack.audit.AuditVerifier;
import dev.devopspack.audit.AuditVerifier.Result.Broken;
import dev.devopspack.audit.AuditVerifier.Result.Intact;
import dev.devopspack.audit.Checkpoint;
import dev.devopspack.audit.CheckpointKey;
import dev.devopspack.audit.Checkpoints.Step;
import dev.devopspack.audit.ExportedEntry;
import dev.devopspack.audit.LogVerifier;
import dev.devopspack.audit.MerkleTree;
import dev.devopspack.audit.SignedCheckpoint;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.testing.FixedCheckpointKey;
import dev.devopspack.testing.ScratchDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Checkpoints over a real log: what they see that the chain does not, and several replicas that
/// make them at once.
class CheckpointAttackTest {

    private static final CheckpointKey KEY = new FixedCheckpointKey("test.example.com/audit");
    private static final CheckpointMaking MAKING = new CheckpointMaking(KEY, Clock.systemUTC());

    @TempDir static Path folder;

    private static ScratchDatabase database;

    @BeforeAll
    static void open() throws SQLException {
        database = ScratchDatabase.open(folder.resolve("data"));
        try (Connection app = database.app()) {
            app.setAutoCommit(false);
            for (int batch = 0; batch < 4; batch++) {
                append(app, 5);
                app.commit();
                makeAll(app);
            }
        }
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void aCutTailIsSeenAlthoughTheChainIsWhole() throws SQLException {
        try (Connection owner = database.owner()) {
            owner.setAutoCommit(false);
            List<SignedCheckpoint> kept = checkpoints(owner);
            long last = kept.getLast().checkpoint().size();
            cut(owner, last - 6);

            List<ExportedEntry> log = AuditAttackTest.export(owner);
            assertEquals(last - 6, assertInstanceOf(Intact.class, chain(log)).sequence());
            assertEquals(last - 5, verify(log, kept));
            assertEquals(last, assertInstanceOf(Step.Refused.class, MAKING.make(owner)).sequence());

            // Grown again beyond what was signed: the numbers are all there.
            append(owner, 10);
            log = AuditAttackTest.export(owner);
            assertEquals(last + 4, assertInstanceOf(Intact.class, chain(log)).sequence());
            long untouched =
                    kept.stream()
                            .mapToLong(signed -> signed.checkpoint().size())
                            .filter(size -> size <= last - 6)
                            .max()
                            .orElse(0);
            assertEquals(untouched + 1, verify(log, kept));
            assertEquals(last, assertInstanceOf(Step.Refused.class, MAKING.make(owner)).sequence());
            owner.rollback();
        }
        assertInstanceOf(Intact.class, chain(export()));
    }

    @Test
    void aTreeThatWasTamperedWithIsNotSignedOn() throws SQLException {
        try (Connection owner = database.owner()) {
            owner.setAutoCommit(false);
            try (Statement statement = owner.createStatement()) {
                statement.execute("alter table audit_nodes disable trigger user");
                statement.execute("update audit_nodes set hash = sha256(hash) where height = 2");
            }
            append(owner, 1);

            assertInstanceOf(Step.Refused.class, MAKING.make(owner));
            owner.rollback();
        }
    }

    @Test
    void aServerWithAnotherKeySignsNothing() throws SQLException {
        CheckpointMaking other =
                new CheckpointMaking(
                        new FixedCheckpointKey("other.example.com/audit"), Clock.systemUTC());
        try (Connection app = database.app()) {
            app.setAutoCommit(false);
            append(app, 1);

            assertInstanceOf(Step.Refused.class, other.make(app));
            assertInstanceOf(Step.Made.class, MAKING.make(app));
            app.rollback();
        }
    }

    @Test
    void whatIsNotCommittedIsNotSigned() throws SQLException {
        try (Connection writer = database.app();
                Connection maker = database.app()) {
            writer.setAutoCommit(false);
            maker.setAutoCommit(false);
            makeAll(maker);
            append(writer, 3);

            assertInstanceOf(Step.Nothing.class, MAKING.make(maker));
            maker.rollback();
            writer.commit();
            assertInstanceOf(Step.Made.class, MAKING.make(maker));
            maker.commit();
        }
    }

    @Test
    void replicasThatMakeThemAtOnceSignOneHistory() throws Exception {
        int writers = 2;
        AtomicInteger writing = new AtomicInteger(writers);
        List<Callable<Void>> work = new ArrayList<>();
        for (int writer = 0; writer < writers; writer++) {
            work.add(() -> {
                try (Connection app = database.app()) {
                    app.setAutoCommit(false);
                    for (int i = 0; i < 40; i++) {
                        append(app, 1);
                        app.commit();
                    }
                } finally {
                    writing.decrementAndGet();
                }
                return null;
            });
        }
        for (int replica = 0; replica < 3; replica++) {
            work.add(() -> {
                try (Connection app = database.app()) {
                    app.setAutoCommit(false);
                    while (writing.get() > 0) {
                        MAKING.make(app);
                        app.commit();
                    }
                }
                return null;
            });
        }
        try (ExecutorService pool = Executors.newFixedThreadPool(work.size())) {
            for (Future<Void> done : pool.invokeAll(work)) {
                done.get();
            }
        }

        try (Connection app = database.app()) {
            app.setAutoCommit(false);
            makeAll(app);
            List<ExportedEntry> log = AuditAttackTest.export(app);
            MerkleTree tree = new MerkleTree();
            log.forEach(entry -> tree.add(entry.leafHash()));
            List<SignedCheckpoint> made = checkpoints(app);
            assertEquals(log.size(), made.getLast().checkpoint().size());
            for (SignedCheckpoint signed : made) {
                Checkpoint checkpoint = signed.checkpoint();
                assertTrue(signed.signedBy(KEY.open()));
                assertEquals(tree.root((int) checkpoint.size()), checkpoint.root());
            }
            app.rollback();
        }
    }

    @Test
    void everyEntryAndEveryGrowthIsProven() throws SQLException {
        try (Connection app = database.app()) {
            app.setAutoCommit(false);
            CheckpointRows rows = new CheckpointRows(app);
            List<SignedCheckpoint> made = checkpoints(app);
            Checkpoint newest = made.getLast().checkpoint();
            List<ExportedEntry> signed =
                    AuditAttackTest.export(app).stream()
                            .filter(entry -> entry.sequence() <= newest.size())
                            .toList();
            assertEquals(newest.size(), signed.size());
            for (ExportedEntry entry : signed) {
                var proof = StoredCheckpoints.inclusion(rows, entry.sequence(), newest.size());
                assertEquals(newest.root(), proof.root());
                assertEquals(entry.leafHash(), proof.leafHash());
                assertTrue(proof.holds());
            }
            for (SignedCheckpoint older : made) {
                var proof =
                        StoredCheckpoints.consistency(
                                rows, older.checkpoint().size(), newest.size());
                assertEquals(older.checkpoint().root(), proof.fromRoot());
                assertEquals(newest.root(), proof.toRoot());
                assertTrue(proof.holds());
            }
            app.rollback();
        }
    }

    @Test
    void aProofOfWhatIsNotThereIsRefused() throws SQLException {
        try (Connection app = database.app()) {
            CheckpointRows rows = new CheckpointRows(app);
            long size = rows.newest().size();
            for (long wrong :
                    List.of(0L, -1L, size + 1, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 62)) {
                assertThrows(InvalidInput.class, () -> StoredCheckpoints.inclusion(rows, 1, wrong));
                assertThrows(
                        InvalidInput.class, () -> StoredCheckpoints.inclusion(rows, wrong, size));
                assertThrows(
                        InvalidInput.class, () -> StoredCheckpoints.consistency(rows, 1, wrong));
                assertThrows(
                        InvalidInput.class, () -> StoredCheckpoints.consistency(rows, wrong, size));
            }
            assertThrows(InvalidInput.class, () -> StoredCheckpoints.inclusion(rows, 5, 4));
            assertThrows(InvalidInput.class, () -> StoredCheckpoints.consistency(rows, 5, 4));
        }
    }

    /// As the owner of the tables, with the head put right.
    private static void cut(Connection owner, long last) throws SQLException {
        try (Statement statement = owner.createStatement()) {
            statement.execute("alter table audit_entries disable trigger user");
            statement.execute("alter table audit_personal disable trigger user");
            statement.execute("delete from audit_personal where sequence > " + last);
            statement.execute("delete from audit_entries where sequence > " + last);
            statement.execute(
                    "update audit_head set sequence = "
                            + last
                            + ", chain_hash = (select chain_hash from audit_entries where"
                            + " sequence = "
                            + last
                            + ")");
            statement.execute("alter table audit_entries enable always trigger extend_chain");
        }
    }

    private static void append(Connection connection, int count) throws SQLException {
        AuditAppender appender = new AuditAppender(text -> text, Clock.systemUTC());
        for (int i = 0; i < count; i++) {
            appender.append(
                    connection,
                    new AuditEntry("test.entry", "system", Map.of(), Map.of("name", "Ada")));
        }
    }

    private static void makeAll(Connection connection) throws SQLException {
        while (MAKING.make(connection) instanceof Step.Made) {
            connection.commit();
        }
        connection.commit();
    }

    private static List<SignedCheckpoint> checkpoints(Connection connection) throws SQLException {
        return new CheckpointRows(connection).after(0, 10_000);
    }

    private static AuditVerifier.Result chain(List<ExportedEntry> log) {
        AuditVerifier verifier = AuditVerifier.fromTheBeginning();
        log.forEach(verifier::add);
        return verifier.result();
    }

    /// @return the entry that is named
    private static long verify(List<ExportedEntry> log, List<SignedCheckpoint> kept) {
        LogVerifier verifier =
                new LogVerifier(kept.stream().map(SignedCheckpoint::checkpoint).toList());
        log.forEach(verifier::add);
        return assertInstanceOf(Broken.class, verifier.result()).sequence();
    }

    private static List<ExportedEntry> export() throws SQLException {
        try (Connection app = database.app()) {
            return AuditAttackTest.export(app);
        }
    }
}
