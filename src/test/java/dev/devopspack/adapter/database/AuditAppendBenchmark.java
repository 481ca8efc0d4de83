package dev.devopspack.adapter.database;

import dev.devopspack.audit.AuditEntry;
import dev.devopspack.audit.AuditHash;
import dev.devopspack.audit.AuditLeaf;
import dev.devopspack.testing.ScratchDatabase;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// How many entries a second the log takes from 1, 8 and 32 writers. Run by hand: start `main` from
/// an editor, or with the class path of `./mvnw dependency:build-classpath`. Arguments: seconds of
/// each measurement, rounds.
///
/// Each call is answered when its row is on the disk. The three ways alternate within each round,
/// so that all see the same machine, and what is told is the median of the rounds.
final class AuditAppendBenchmark {

    private static final int[] WRITERS = {1, 8, 32};

    private AuditAppendBenchmark() {}

    private enum Way {
        /// A row with the same leaf and its hash, no chain: what PostgreSQL takes at best.
        PLAIN,
        /// A transaction for each entry that holds the log's head until it is on the disk.
        LOCKED,
        /// As the log appends what has no transaction of its own.
        GROUP
    }

    @FunctionalInterface
    private interface Operation {
        void run() throws SQLException;
    }

    private record Measured(double aSecond, double p50, double p99) {}

    public static void main(String[] arguments) throws Exception {
        int seconds = Integer.parseInt(arguments[0]);
        int rounds = Integer.parseInt(arguments[1]);
        Path folder = Files.createTempDirectory("audit-benchmark");
        try (ScratchDatabase database = ScratchDatabase.open(folder.resolve("data"));
                Connection owner = database.owner();
                Statement statement = owner.createStatement()) {
            statement.execute(
                    "create table plain (id bigint generated always as identity primary key,"
                            + " leaf text, leaf_hash bytea)");
            statement.execute("grant insert on plain to devopspack_app");
            for (int writers : WRITERS) {
                Map<Way, List<Measured>> results = new EnumMap<>(Way.class);
                for (int round = 0; round < rounds; round++) {
                    for (int turn = 0; turn < Way.values().length; turn++) {
                        Way way = Way.values()[(round + turn) % Way.values().length];
                        results.computeIfAbsent(way, _ -> new ArrayList<>())
                                .add(measure(way, database, writers, seconds));
                    }
                }
                results.forEach((way, measured) -> print(way, writers, measured));
                System.out.printf(
                        "   group/plain %.2f  group/locked %.1f%n",
                        ratio(results, Way.PLAIN), ratio(results, Way.LOCKED));
            }
        }
    }

    private static Measured measure(Way way, ScratchDatabase database, int writers, int seconds)
            throws Exception {
        AuditAppender appender = new AuditAppender(text -> text, Clock.systemUTC());
        List<Connection> open = new ArrayList<>();
        CountDownLatch start = new CountDownLatch(1);
        try (AgroalDataSource pool = pool(database.database().settings());
                var threads = Executors.newFixedThreadPool(writers)) {
            GroupCommit group = new GroupCommit(appender, pool::getConnection, new StoredOutages());
            List<Future<long[]>> work = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                Operation operation;
                if (way == Way.GROUP) {
                    operation = () -> group.append(appender.prepare(entry()));
                } else {
                    Connection own = database.app();
                    open.add(own);
                    operation =
                            way == Way.PLAIN
                                    ? () -> insert(own)
                                    : () -> appendLocked(own, appender);
                }
                work.add(
                        threads.submit(() -> {
                            start.await();
                            return latencies(operation, seconds);
                        }));
            }
            start.countDown();
            List<long[]> all = new ArrayList<>();
            for (Future<long[]> each : work) {
                all.add(each.get());
            }
            long[] sorted = all.stream().flatMapToLong(Arrays::stream).sorted().toArray();
            return new Measured(
                    sorted.length / (double) seconds,
                    sorted[sorted.length / 2] / 1e6,
                    sorted[(int) (sorted.length * 0.99)] / 1e6);
        } finally {
            for (Connection each : open) {
                each.close();
            }
        }
    }

    /// As the program has it.
    private static AgroalDataSource pool(ConnectionSettings settings) throws SQLException {
        return AgroalDataSource.from(
                new AgroalDataSourceConfigurationSupplier()
                        .connectionPoolConfiguration(pool ->
                                pool.maxSize(4)
                                        .connectionFactoryConfiguration(factory ->
                                                factory.jdbcUrl(
                                                                settings.url()
                                                                        + "?currentSchema=devopspack")
                                                        .principal(
                                                                new NamePrincipal(
                                                                        settings.app().role()))
                                                        .credential(
                                                                new SimplePassword(
                                                                        settings.app()
                                                                                .password())))));
    }

    private static long[] latencies(Operation operation, int seconds) throws SQLException {
        List<Long> nanoseconds = new ArrayList<>();
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        while (System.nanoTime() < end) {
            long begin = System.nanoTime();
            operation.run();
            nanoseconds.add(System.nanoTime() - begin);
        }
        return nanoseconds.stream().mapToLong(Long::longValue).toArray();
    }

    private static AuditEntry entry() {
        return AuditEntry.of(
                "test.benchmark",
                "system",
                Map.of("digest", "sha256:" + "0".repeat(64), "text", "x".repeat(250)));
    }

    private static void insert(Connection connection) throws SQLException {
        AuditEntry entry = entry();
        String leaf =
                new AuditLeaf(
                                1,
                                Instant.now(),
                                entry.kind(),
                                entry.actor(),
                                entry.facts(),
                                Map.of())
                        .text();
        try (PreparedStatement statement =
                connection.prepareStatement("insert into plain (leaf, leaf_hash) values (?, ?)")) {
            statement.setString(1, leaf);
            statement.setBytes(2, AuditHash.leaf(leaf).bytes());
            statement.executeUpdate();
        }
    }

    private static void appendLocked(Connection connection, AuditAppender appender)
            throws SQLException {
        connection.setAutoCommit(false);
        appender.append(connection, entry());
        connection.commit();
    }

    /// The median of the rounds' ratios of the group's throughput to the other's.
    private static double ratio(Map<Way, List<Measured>> results, Way other) {
        List<Measured> group = results.getOrDefault(Way.GROUP, List.of());
        List<Measured> others = results.getOrDefault(other, List.of());
        double[] ratios = new double[group.size()];
        for (int round = 0; round < ratios.length; round++) {
            ratios[round] = group.get(round).aSecond() / others.get(round).aSecond();
        }
        Arrays.sort(ratios);
        return ratios[ratios.length / 2];
    }

    private static void print(Way way, int writers, List<Measured> measured) {
        System.out.printf(
                "%-7s %2d writers %8.0f/s  p50 %7.2f ms  p99 %7.2f ms%n",
                way,
                writers,
                median(measured.stream().mapToDouble(Measured::aSecond).toArray()),
                median(measured.stream().mapToDouble(Measured::p50).toArray()),
                median(measured.stream().mapToDouble(Measured::p99).toArray()));
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
