package dev.devopspack.adapter.database.embedded;

import dev.devopspack.adapter.database.DatabaseUnavailable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// PostgreSQL's main process on one database folder.
///
/// It is started by PostgreSQL's own `pg_ctl`, which puts it into a session of its own: a Ctrl-C in
/// the terminal reaches the program, not its database.
final class Postmaster {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    /// How long processes of a killed postmaster may take to notice that it is gone.
    private static final Duration LEFTOVER_LIMIT = Duration.ofSeconds(15);

    /// Between our choice of a free port and PostgreSQL's use of it somebody else may take it.
    private static final int PORT_ATTEMPTS = 5;

    /// A log that grew larger is set aside when PostgreSQL starts.
    private static final long MAX_LOG_BYTES = 5L * 1_024 * 1_024;

    private final Programs programs;
    private final Path database;
    private final Path log;

    /// @param database PostgreSQL's data directory
    /// @param log takes what PostgreSQL reports
    Postmaster(Programs programs, Path database, Path log) {
        this.programs = programs;
        this.database = database;
        this.log = log;
    }

    /// The port of a postmaster that runs on this folder because whoever started it was killed.
    /// Only for the owner of the data folder.
    Optional<Integer> running() throws IOException {
        List<String> lines = pidFile();
        if (lines.size() < 4 || !isOurs(number(lines.get(0)))) {
            return Optional.empty();
        }
        return Optional.of((int) number(lines.get(3)));
    }

    /// Starts it on a free port of the loopback interface.
    ///
    /// @return the port
    int start() throws IOException {
        String why = "";
        for (int attempt = 0; attempt < PORT_ATTEMPTS; attempt++) {
            int port = freePort();
            Optional<String> failure = startOn(port);
            if (failure.isEmpty()) {
                return port;
            }
            why = failure.get();
            if (!why.contains("could not bind")) {
                break;
            }
        }
        throw doesNotStart(why);
    }

    /// Starts it where its clients knew it before.
    void start(int port) throws IOException {
        Optional<String> failure = startOn(port);
        if (failure.isPresent()) {
            throw doesNotStart(failure.get());
        }
    }

    private Optional<String> startOn(int port) throws IOException {
        removeStalePidFile();
        setLargeLogAside();
        long before = Files.exists(log) ? Files.size(log) : 0;
        Programs.Result result =
                programs.run(
                        START_LIMIT.plusSeconds(10),
                        "pg_ctl",
                        "start",
                        "-s",
                        "-w",
                        "-t",
                        String.valueOf(START_LIMIT.toSeconds()),
                        "-D",
                        database.toString(),
                        "-l",
                        log.toString(),
                        "-o",
                        "-p " + port);
        return result.succeeded() ? Optional.empty() : Optional.of(newIn(log, before));
    }

    private DatabaseUnavailable doesNotStart(String why) {
        return new DatabaseUnavailable(
                "The embedded PostgreSQL does not start: "
                        + lastLine(why)
                        + " More is in '"
                        + log
                        + "'.");
    }

    /// Stops it and waits until it is gone; first in order, then at once.
    void stop() throws IOException {
        for (String mode : List.of("fast", "immediate")) {
            programs.run(
                    STOP_LIMIT.plusSeconds(10),
                    "pg_ctl",
                    "stop",
                    "-s",
                    "-w",
                    "-t",
                    String.valueOf(STOP_LIMIT.toSeconds()),
                    "-D",
                    database.toString(),
                    "-m",
                    mode);
            if (running().isEmpty()) {
                return;
            }
        }
        throw new DatabaseUnavailable(
                "The embedded PostgreSQL does not stop. Its process is named in '"
                        + database.resolve("postmaster.pid")
                        + "'.");
    }

    private List<String> pidFile() throws IOException {
        Path file = database.resolve("postmaster.pid");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /// Whether the process is a PostgreSQL on this folder, and not another one that was given the
    /// same number since.
    private boolean isOurs(long pid) throws IOException {
        Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
        if (pid <= 0 || process.isEmpty()) {
            return false;
        }
        Path works = Path.of("/proc", String.valueOf(pid), "cwd");
        if (Files.isDirectory(Path.of("/proc/self"))) {
            return worksInDatabase(works);
        }
        ProcessHandle.Info info = process.get().info();
        return info.command().orElse("").endsWith("/postgres")
                && info.arguments().map(List::of).orElse(List.of()).contains(database.toString());
    }

    /// A postmaster and its children work in their data directory.
    private boolean worksInDatabase(Path works) {
        try {
            return Files.readSymbolicLink(works).equals(database.toRealPath());
        } catch (IOException | SecurityException e) {
            // It ended, is a zombie, or belongs to somebody else: no process of ours.
            return false;
        }
    }

    /// PostgreSQL will not start where another process has the number in its pid file, whatever
    /// that process is. We own the folder and know better, once none of its processes is left.
    private void removeStalePidFile() throws IOException {
        if (pidFile().isEmpty()) {
            return;
        }
        Instant until = Instant.now().plus(LEFTOVER_LIMIT);
        while (ProcessHandle.allProcesses().anyMatch(this::isLeftOver)) {
            if (Instant.now().isAfter(until)) {
                throw new DatabaseUnavailable(
                        "Processes of a PostgreSQL that was killed still use '"
                                + database
                                + "'. End them and start again.");
            }
            pause();
        }
        Files.deleteIfExists(database.resolve("postmaster.pid"));
    }

    private boolean isLeftOver(ProcessHandle process) {
        return worksInDatabase(Path.of("/proc", String.valueOf(process.pid()), "cwd"));
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseUnavailable("Interrupted while PostgreSQL was starting.", e);
        }
    }

    private void setLargeLogAside() throws IOException {
        if (Files.exists(log) && Files.size(log) > MAX_LOG_BYTES) {
            Files.move(
                    log,
                    log.resolveSibling(log.getFileName() + ".1"),
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String newIn(Path log, long from) throws IOException {
        if (!Files.exists(log)) {
            return "";
        }
        String text = Files.readString(log, java.nio.charset.StandardCharsets.ISO_8859_1);
        return text.substring((int) Math.min(from, text.length()));
    }

    private static String lastLine(String text) {
        List<String> told =
                text.lines()
                        .filter(line -> line.contains("FATAL") || line.contains("ERROR"))
                        .toList();
        return told.isEmpty() ? "it gave no reason." : "'" + told.getFirst().strip() + "'.";
    }
}
