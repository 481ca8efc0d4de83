package dev.devopspack.adapter.database;

import dev.devopspack.adapter.database.embedded.DataFolder;
import dev.devopspack.audit.AuditEntry;
import dev.devopspack.testing.FixedCheckpointKey;
import dev.devopspack.testing.ScratchDatabase;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Map;

/// A process of its own that owns a data folder and appends until it is killed, half of it in
/// transactions and half of it together, and signs checkpoints. Each entry that was committed is
/// acknowledged in a file.
///
/// Arguments: the data folder, the file of acknowledgements, and `hasty` for one that does not wait
/// for the disk although it says so.
final class AppendingProcess {

    private static final int WRITERS = 8;
    private static final int CHECKPOINT_EVERY_MILLIS = 50;

    static final FixedCheckpointKey KEY = new FixedCheckpointKey("killed.example.com/audit");

    private AppendingProcess() {}

    public static void main(String[] arguments) throws IOException, SQLException {
        Path folder = Path.of(arguments[0]);
        if (DataFolder.claim(folder) instanceof DataFolder.Claim.Mine mine) {
            mine.folder().close();
        } else {
            throw new IllegalStateException("the folder has an owner");
        }
        ScratchDatabase database = ScratchDatabase.open(folder);
        database.folder().publish(URI.create("http://localhost:4711"));
        boolean hasty = arguments.length > 2 && arguments[2].equals("hasty");
        if (hasty) {
            letNobodyWait(database);
        }
        FileChannel acknowledged =
                FileChannel.open(
                        Path.of(arguments[1]),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
        AuditAppender appender = new AuditAppender(text -> text, Clock.systemUTC());
        GroupCommit group =
                new GroupCommit(appender, () -> app(database, hasty), new StoredOutages());
        for (int i = 0; i < WRITERS; i++) {
            boolean together = i % 2 == 0;
            start(() -> {
                try (Connection app = app(database, hasty)) {
                    app.setAutoCommit(false);
                    while (true) {
                        long sequence =
                                together
                                        ? group.append(appender.prepare(entry()))
                                        : committed(app, appender);
                        byte[] line = (sequence + "\n").getBytes(StandardCharsets.US_ASCII);
                        acknowledged.write(ByteBuffer.wrap(line));
                    }
                }
            });
        }
        start(() -> {
            CheckpointMaking making = new CheckpointMaking(KEY, Clock.systemUTC());
            try (Connection app = app(database, hasty)) {
                app.setAutoCommit(false);
                while (true) {
                    making.make(app);
                    app.commit();
                    Thread.sleep(CHECKPOINT_EVERY_MILLIS);
                }
            }
        });
    }

    private static long committed(Connection app, AuditAppender appender) throws SQLException {
        long sequence = appender.append(app, entry());
        app.commit();
        return sequence;
    }

    private static AuditEntry entry() {
        return new AuditEntry(
                "test.crash", "system", Map.of("text", "x".repeat(200)), Map.of("name", "Ada"));
    }

    private static Connection app(ScratchDatabase database, boolean hasty) throws SQLException {
        Connection app = database.app();
        if (hasty) {
            try (Statement statement = app.createStatement()) {
                statement.execute("set synchronous_commit = off");
            }
        }
        return app;
    }

    /// Takes away what makes every appending transaction wait for the disk.
    private static void letNobodyWait(ScratchDatabase database) throws SQLException {
        try (Connection owner = database.owner();
                Statement statement = owner.createStatement()) {
            String function;
            try (ResultSet row =
                    statement.executeQuery(
                            "select pg_get_functiondef('extend_audit_chain'::regproc)")) {
                row.next();
                function = row.getString(1);
            }
            statement.execute(
                    function.replace("current_setting('synchronous_commit') = 'off'", "false"));
        }
    }

    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }

    private static void start(Work work) {
        Thread.ofPlatform()
                .start(() -> {
                    try {
                        work.run();
                    } catch (Exception e) {
                        // The database was killed under it: this process is of no more use.
                        System.err.println(e);
                        Runtime.getRuntime().halt(3);
                    }
                });
    }
}
