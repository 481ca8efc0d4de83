package dev.devopspack.testing;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A server with a data folder of its own that can be killed and started again, at the same
/// address.
public final class KillableServer implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Path jar;
    private final Path folder;
    private final Duration limit;
    private final int port;
    private final HttpClient http = HttpClient.newHttpClient();
    private @Nullable Process process;

    /// @param folder for its data and what it prints
    /// @param limit how long anything is waited for
    public KillableServer(Path jar, Path folder, Duration limit) throws IOException {
        this.jar = jar;
        this.folder = folder;
        this.limit = limit;
        this.port = freePort();
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    /// Packages the program into the folder, to be started there.
    public static KillableServer packaged(Path folder, Duration limit)
            throws IOException, InterruptedException {
        Path jar = ServerProcess.packaged(folder.resolve("packaged"), folder.resolve("output"));
        return new KillableServer(jar, folder, limit);
    }

    /// Starts it and waits until it is ready.
    ///
    /// @param settings as environment variables
    public void start(Map<String, String> settings) throws Exception {
        process = ServerProcess.serve(jar, data(), port, folder.resolve("output"), settings);
        await("the server to answer", this::ready);
    }

    private Optional<Boolean> ready() throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address().resolve("/q/health/ready")).build();
        try {
            int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return Optional.of(true).filter(_ -> status == 200);
        } catch (IOException _) {
            // Nobody listens yet.
            return Optional.empty();
        }
    }

    /// As `kill -9` does: nothing is told, nothing is closed. PostgreSQL runs on.
    public void kill() throws InterruptedException {
        Process running = process;
        if (running != null) {
            running.destroyForcibly().waitFor();
        }
    }

    /// As `kill` does: it ends what it has begun, with its database.
    public void stop() throws InterruptedException {
        Process running = process;
        if (running != null) {
            running.destroy();
            if (!running.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the server did not stop: " + output());
            }
        }
    }

    public URI address() {
        return URI.create("http://localhost:" + port);
    }

    /// The token that a trial start writes down.
    public String trialToken() throws Exception {
        Path file = data().resolve("trial-token");
        return await(
                "the token",
                () ->
                        Files.exists(file)
                                ? Optional.of(Files.readString(file).strip())
                                        .filter(text -> !text.isEmpty())
                                : Optional.empty());
    }

    /// What every server so far printed.
    public String output() {
        try {
            return Files.readString(folder.resolve("output"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /// Looks until there is something to see, while the server lives.
    public <T> T await(String what, Callable<Optional<T>> look) throws Exception {
        Instant until = Instant.now().plus(limit);
        while (Instant.now().isBefore(until)) {
            Optional<T> seen = look.call();
            if (seen.isPresent()) {
                return seen.get();
            }
            if (process == null || !process.isAlive()) {
                throw new AssertionError("the server ended before " + what + ": " + output());
            }
            Thread.sleep(PAUSE);
        }
        throw new AssertionError("no sign of " + what + ": " + output());
    }

    private Path data() {
        return folder.resolve("data");
    }

    /// Ends the server, and the database that a killed one left.
    @Override
    public void close() throws Exception {
        kill();
        http.close();
        postmaster().ifPresent(ProcessHandle::destroyForcibly);
    }

    private Optional<ProcessHandle> postmaster() {
        try {
            List<String> lines =
                    Files.readAllLines(data().resolve("database").resolve("postmaster.pid"));
            return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()));
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
