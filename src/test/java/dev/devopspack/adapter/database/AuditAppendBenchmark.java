package dev.devopspack.adapter.database;

import dev.devopspack.audit.AuditEntry;
import dev.devopspack.testing.ScratchDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

/// How many entries a second the log takes, beside plain inserts. Run by hand: start `main` from an
/// editor, or with the class path of `./mvnw dependency:build-classpath`.
///
/// Each entry is a transaction of its own. Plain inserts and the log alternate, so that both see
/// the same machine.
final class AuditAppendBenchmark {

    private static final int ROUNDS = 3;
    private static final int SECONDS = 4;

    private AuditAppendBenchmark() {}

    @FunctionalInterface
    private interface Operation {
        void run(Connection connection) throws SQLException;
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("audit-benchmark");
        try (ScratchDatabase database = ScratchDatabase.open(folder.resolve("data"))) {
            try (Connection owner = database.owner();
                    Statement statement = owner.createStatement()) {
                statement.execute(
                        "create table plain (id bigint generated always as identity, leaf text)");
                statement.execute("grant insert on plain to devopspack_app");
            }
            AuditAppender appender = new AuditAppender(text -> text, Clock.systemUTC());
            AuditEntry entry =
                    AuditEntry.of(
                            "test.benchmark",
                            "system",
                            Map.of("digest", "sha256:" + "0".repeat(64), "text", "x".repeat(250)));
            for (int round = 0; round < ROUNDS; round++) {
                for (int writers : new int[] {1, 8, 32}) {
                    measure("plain insert", database, writers, AuditAppendBenchmark::insert);
                    measure(
                            "audit append",
                            database,
                            writers,
                            connection -> appender.append(connection, entry));
                }
            }
        }
    }

    private static void insert(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("insert into plain (leaf) values (?)")) {
            statement.setString(1, "x".repeat(500));
            statement.executeUpdate();
        }
    }

    private static void measure(
            String name, ScratchDatabase database, int writers, Operation operation)
            throws InterruptedException {
        ConcurrentLinkedQueue<Long> nanoseconds = new ConcurrentLinkedQueue<>();
        long end = System.nanoTime() + SECONDS * 1_000_000_000L;
        Thread[] threads =
                IntStream.range(0, writers)
                        .mapToObj(i ->
                                Thread.ofPlatform()
                                        .start(() -> work(database, operation, end, nanoseconds)))
                        .toArray(Thread[]::new);
        for (Thread thread : threads) {
            thread.join();
        }
        long[] sorted = nanoseconds.stream().mapToLong(Long::longValue).sorted().toArray();
        System.out.printf(
                "%-14s %2d writers %7.0f/s  p50 %6.2f ms  p99 %6.2f ms%n",
                name,
                writers,
                sorted.length / (double) SECONDS,
                sorted[sorted.length / 2] / 1e6,
                sorted[(int) (sorted.length * 0.99)] / 1e6);
    }

    private static void work(
            ScratchDatabase database,
            Operation operation,
            long end,
            ConcurrentLinkedQueue<Long> nanoseconds) {
        try (Connection connection = database.app()) {
            connection.setAutoCommit(false);
            while (System.nanoTime() < end) {
                long begin = System.nanoTime();
                operation.run(connection);
                connection.commit();
                nanoseconds.add(System.nanoTime() - begin);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
