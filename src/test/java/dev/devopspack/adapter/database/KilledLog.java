package dev.devopspack.adapter.database;

import dev.devopspack.audit.AuditVerifier.Result;
import dev.devopspack.audit.ExportedEntry;
import dev.devopspack.audit.LogVerifier;
import dev.devopspack.audit.SignedCheckpoint;
import dev.devopspack.testing.ScratchDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// Kills PostgreSQL, or the program, again and again while entries are appended, and counts what
/// was acknowledged and is not there any more. Run by hand; `KilledProcessTest` does it once.
///
/// Arguments: how often, and what: `database`, `program`, or `hasty` for the control, a database
/// whose entries do not wait for the disk, of which some must be lost or the count would see
/// nothing.
final class KilledLog {

    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final int ENOUGH = 300;

    /// A kill at another moment each time.
    private static final int MAX_MILLIS_MORE = 500;

    private final Path folder;
    private final String what;
    private final Random random = new Random();

    private KilledLog(Path folder, String what) {
        this.folder = folder;
        this.what = what;
    }

    /// @param lost acknowledged entries that are gone
    private record Round(long acknowledged, long entries, long lost, long signed, String log) {}

    public static void main(String[] arguments) throws Exception {
        int rounds = Integer.parseInt(arguments[0]);
        KilledLog killed = new KilledLog(Files.createTempDirectory("killed-log"), arguments[1]);
        long acknowledged = 0;
        long lost = 0;
        long broken = 0;
        for (int round = 1; round <= rounds; round++) {
            Round result = killed.round(round);
            System.out.printf("%s %2d: %s%n", arguments[1], round, result);
            acknowledged += result.acknowledged();
            lost += result.lost();
            broken += result.log().equals("intact") ? 0 : 1;
        }
        System.out.printf(
                "%d kills of the %s: %d acknowledged, %d of them lost, %d logs not intact%n",
                rounds, arguments[1], acknowledged, lost, broken);
    }

    private Round round(int number) throws Exception {
        // What a hasty one lost would be missed by the next round's numbers too.
        Path data = folder.resolve(what.equals("hasty") ? "data" + number : "data");
        Path file = folder.resolve("acknowledged" + number);
        Process appending =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                AppendingProcess.class.getName(),
                                data.toString(),
                                file.toString(),
                                what)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("output").toFile())
                        .start();
        Instant until = Instant.now().plus(LIMIT);
        while (acknowledged(file).size() < ENOUGH) {
            if (Instant.now().isAfter(until) || !appending.isAlive()) {
                throw new IllegalStateException(Files.readString(folder.resolve("output")));
            }
            Thread.sleep(20);
        }
        Thread.sleep(random.nextInt(MAX_MILLIS_MORE));
        if (what.equals("program")) {
            appending.destroyForcibly();
        } else {
            killDatabase(data);
        }
        if (!appending.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("it appends without a database");
        }
        try (ScratchDatabase again = ScratchDatabase.open(data);
                Connection app = again.app()) {
            return check(app, acknowledged(file));
        }
    }

    private static void killDatabase(Path data) throws IOException, InterruptedException {
        String pid =
                Files.readAllLines(data.resolve("database").resolve("postmaster.pid")).getFirst();
        Optional<ProcessHandle> postmaster = ProcessHandle.of(Long.parseLong(pid.strip()));
        List<ProcessHandle> all =
                java.util.stream.Stream.concat(
                                postmaster.stream(),
                                postmaster.stream().flatMap(ProcessHandle::descendants))
                        .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        while (all.stream().anyMatch(ProcessHandle::isAlive)) {
            Thread.sleep(10);
        }
    }

    private static Round check(Connection app, List<Long> acknowledged) throws Exception {
        List<SignedCheckpoint> signed = new CheckpointRows(app).after(0, Integer.MAX_VALUE);
        LogVerifier verifier =
                new LogVerifier(signed.stream().map(SignedCheckpoint::checkpoint).toList());
        Set<Long> kept = new HashSet<>();
        for (ExportedEntry entry : AuditAttackTest.export(app)) {
            verifier.add(entry);
            kept.add(entry.sequence());
        }
        boolean allSigned =
                signed.stream().allMatch(each -> each.signedBy(AppendingProcess.KEY.open()));
        boolean intact = verifier.result() instanceof Result.Intact && allSigned;
        return new Round(
                acknowledged.size(),
                kept.size(),
                acknowledged.stream().filter(sequence -> !kept.contains(sequence)).count(),
                signed.size(),
                intact ? "intact" : verifier.result().toString());
    }

    /// The last line may have been cut off by the kill: it was not acknowledged.
    private static List<Long> acknowledged(Path file) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        String text = Files.readString(file);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().map(Long::parseLong).toList();
    }
}
