package dev.devopspack.adapter.database;

import dev.devopspack.adapter.database.embedded.DataFolder;
import dev.devopspack.audit.AuditEntry;
import dev.devopspack.testing.ScratchDatabase;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;

/// A process of its own that owns a data folder and appends until it is killed. Each entry that was
/// committed is acknowledged in a file.
///
/// Arguments: the data folder, the file of acknowledgements.
final class AppendingProcess {

    private static final int WRITERS = 8;

    private AppendingProcess() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        if (DataFolder.claim(folder) instanceof DataFolder.Claim.Mine mine) {
            mine.folder().close();
        } else {
            throw new IllegalStateException("the folder has an owner");
        }
        ScratchDatabase database = ScratchDatabase.open(folder);
        database.folder().publish(URI.create("http://localhost:4711"));
        FileChannel acknowledged =
                FileChannel.open(
                        Path.of(arguments[1]),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
        for (int i = 0; i < WRITERS; i++) {
            Thread.ofPlatform().start(() -> append(database, acknowledged));
        }
    }

    private static void append(ScratchDatabase database, FileChannel acknowledged) {
        AuditAppender appender = new AuditAppender(text -> text, Clock.systemUTC());
        try (Connection app = database.app()) {
            app.setAutoCommit(false);
            while (true) {
                long sequence =
                        appender.append(app, AuditEntry.of("test.crash", "system", Map.of()));
                app.commit();
                byte[] line = (sequence + "\n").getBytes(StandardCharsets.US_ASCII);
                acknowledged.write(ByteBuffer.wrap(line));
            }
        } catch (SQLException | IOException e) {
            // The database was killed under it: this process is of no more use.
            System.err.println(e);
            Runtime.getRuntime().halt(3);
        }
    }
}
