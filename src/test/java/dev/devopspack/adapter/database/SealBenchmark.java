package dev.devopspack.adapter.database;

import dev.devopspack.adapter.keys.FileCheckpointKey;
import dev.devopspack.audit.AuditEntry;
import dev.devopspack.audit.Checkpoint;
import dev.devopspack.audit.Checkpoints.Step;
import dev.devopspack.audit.MerkleTree;
import dev.devopspack.audit.SignedCheckpoint;
import dev.devopspack.testing.ScratchDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a sealed checkpoint adds to the transaction of a decision: the lock, both signatures, the
/// tree's new nodes and the proof of the entry. Run by hand, as `AuditAppendBenchmark` is.
/// Arguments: entries of the log at the beginning, rounds.
///
/// All ways alternate within each round, so that all see the same machine. What else a decision
/// does (reading the request, looking at the passkey's signature, signing the grant) is in none of
/// them.
final class SealBenchmark {

    /// A round of the ways that decide one request has so many, of the others one.
    private static final int SINGLES = 10;

    private static final int TOGETHER = 20;
    private static final int FILLED_AT_ONCE = 500;
    private static final int SIGNATURES = 2_000;

    /// The compiler of the Java machine has seen everything by then.
    private static final int UNCOUNTED = 5;

    private enum Way {
        /// One decision and one grant, as if nothing was proven.
        ONE_UNSEALED(1, SINGLES),
        ONE(1, SINGLES),
        TWENTY_UNSEALED(TOGETHER, 1),
        /// As a batch is recorded: one checkpoint for twenty grants.
        TWENTY(TOGETHER, 1),
        /// A checkpoint for each grant, in one transaction.
        TWENTY_SEALED_EACH(TOGETHER, 1),
        /// Twenty transactions.
        TWENTY_ALONE(TOGETHER, 1);

        private final int decisions;
        private final int times;

        Way(int decisions, int times) {
            this.decisions = decisions;
            this.times = times;
        }
    }

    private final Connection connection;
    private final AuditAppender appender = new AuditAppender(text -> text, Clock.systemUTC());
    private final CheckpointMaking making;

    private SealBenchmark(Connection connection, FileCheckpointKey key) {
        this.connection = connection;
        this.making = new CheckpointMaking(key, Clock.systemUTC());
    }

    public static void main(String[] arguments) throws Exception {
        int entries = Integer.parseInt(arguments[0]);
        int rounds = Integer.parseInt(arguments[1]);
        Path folder = Files.createTempDirectory("seal-benchmark");
        FileCheckpointKey key =
                new FileCheckpointKey(folder, Optional.empty(), "localhost", Clock.systemUTC());
        signatures(key);
        try (ScratchDatabase database = ScratchDatabase.open(folder.resolve("data"));
                Connection app = database.app()) {
            app.setAutoCommit(false);
            SealBenchmark benchmark = new SealBenchmark(app, key);
            benchmark.fill(entries);
            benchmark.measure(rounds).forEach(SealBenchmark::print);
        }
    }

    private static void signatures(FileCheckpointKey key) {
        Checkpoint checkpoint = new Checkpoint(key.open().name(), 100_000, MerkleTree.EMPTY);
        for (boolean both : List.of(false, true)) {
            List<Long> nanoseconds = new ArrayList<>();
            for (int i = 0; i < SIGNATURES * 2; i++) {
                long begin = System.nanoTime();
                if (both) {
                    SignedCheckpoint.sign(checkpoint, key, Clock.systemUTC().instant());
                } else {
                    SignedCheckpoint.sign(checkpoint, key);
                }
                if (i >= SIGNATURES) {
                    nanoseconds.add(System.nanoTime() - begin);
                }
            }
            print(both ? "Ed25519 and ML-DSA-44" : "Ed25519", nanoseconds);
        }
    }

    private void fill(int entries) throws SQLException {
        for (int filled = 0; filled < entries; filled += FILLED_AT_ONCE) {
            List<AuditAppender.Prepared> some = new ArrayList<>();
            for (int i = filled; i < Math.min(filled + FILLED_AT_ONCE, entries); i++) {
                some.add(appender.prepare(entry("test.filling")));
            }
            appender.append(connection, some);
            connection.commit();
        }
        while (making.make(connection) instanceof Step.Made) {
            connection.commit();
        }
        connection.commit();
    }

    private Map<Way, List<Long>> measure(int rounds) throws SQLException {
        Map<Way, List<Long>> measured = new EnumMap<>(Way.class);
        Way[] ways = Way.values();
        for (int round = -UNCOUNTED; round < rounds; round++) {
            for (int turn = 0; turn < ways.length; turn++) {
                Way way = ways[Math.floorMod(round + turn, ways.length)];
                List<Long> some = measured.computeIfAbsent(way, _ -> new ArrayList<>());
                for (int i = 0; i < way.times; i++) {
                    long begin = System.nanoTime();
                    decide(way);
                    if (round >= 0) {
                        some.add(System.nanoTime() - begin);
                    }
                }
            }
        }
        return measured;
    }

    private void decide(Way way) throws SQLException {
        switch (way) {
            case ONE_UNSEALED, TWENTY_UNSEALED -> {
                decisions(way.decisions);
                grants(way.decisions);
            }
            case ONE, TWENTY -> sealedTogether(way.decisions);
            case TWENTY_SEALED_EACH -> {
                for (int i = 0; i < way.decisions; i++) {
                    sealedTogether(1);
                }
            }
            case TWENTY_ALONE -> {
                for (int i = 0; i < way.decisions; i++) {
                    sealedTogether(1);
                    connection.commit();
                }
            }
        }
        connection.commit();
    }

    private void sealedTogether(int count) throws SQLException {
        List<Long> sequences = decisions(count);
        long size = making.seal(connection).checkpoint().size();
        CheckpointRows rows = new CheckpointRows(connection);
        for (long sequence : sequences) {
            StoredCheckpoints.inclusion(rows, sequence, size);
        }
        grants(count);
    }

    private List<Long> decisions(int count) throws SQLException {
        List<Long> sequences = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sequences.add(appender.append(connection, entry("approval.decided")));
        }
        return sequences;
    }

    private void grants(int count) throws SQLException {
        for (int i = 0; i < count; i++) {
            appender.append(connection, entry("grant.issued"));
        }
    }

    private static AuditEntry entry(String kind) {
        return AuditEntry.of(
                kind,
                "system",
                Map.of("digest", "sha256:" + "0".repeat(64), "text", "x".repeat(400)));
    }

    private static void print(Object what, List<Long> nanoseconds) {
        long[] sorted = nanoseconds.stream().mapToLong(Long::longValue).sorted().toArray();
        System.out.printf(
                "%-22s %5d times  p50 %8.2f ms  p99 %8.2f ms%n",
                what,
                sorted.length,
                sorted[sorted.length / 2] / 1e6,
                sorted[(int) (sorted.length * 0.99)] / 1e6);
    }
}
