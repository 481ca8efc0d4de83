package dev.devopspack;

import dev.devopspack.adapter.database.DatabaseUnavailable;
import dev.devopspack.adapter.database.Storage;
import dev.devopspack.adapter.database.embedded.DataFolder;
import dev.devopspack.adapter.database.external.ExternalDatabase;
import dev.devopspack.adapter.files.FolderTree;
import dev.devopspack.adapter.keys.KeyRotation;
import dev.devopspack.adapter.process.Git;
import dev.devopspack.adapter.process.Helm;
import dev.devopspack.adapter.process.OutsideResult;
import dev.devopspack.command.Local;
import dev.devopspack.command.Program;
import dev.devopspack.command.Unable;
import dev.devopspack.command.Welcome;
import io.quarkus.arc.Arc;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/// Starts the program: claims the data folder, opens the database, then Quarkus; closes them in
/// turn.
final class LocalProgram implements Local {

    private final Path place = DataFolder.place(System.getenv());

    @Override
    public Path dataFolder() {
        return place;
    }

    @Override
    public String rotateKey(Optional<Path> file, Duration wait, boolean compromised) {
        return KeyRotation.rotate(place, file, wait, compromised, Clock.systemUTC());
    }

    @Override
    public Optional<URI> runningServer() {
        try {
            return Storage.runningServer(System.getenv());
        } catch (DatabaseUnavailable e) {
            throw new Unable(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public Optional<String> nothingKept() {
        try {
            return Storage.nothingKept(System.getenv());
        } catch (DatabaseUnavailable e) {
            throw new Unable(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public Set<Path> changedSince(Path folder, String revision) {
        return new Git(System.getenv()).changedSince(folder, revision);
    }

    @Override
    public Optional<Rendered> rendered(Map<String, Path> chart, String kubernetes) {
        return new Helm(System.getenv()).template(chart, kubernetes).map(LocalProgram::rendered);
    }

    private static Rendered rendered(OutsideResult result) {
        return switch (result) {
            case OutsideResult.Finished(int code, String output, String _) when code == 0 ->
                    new Rendered(output, "");
            case OutsideResult.Finished(int _, String _, String errors) ->
                    new Rendered("", errors.lines().findFirst().orElse("it ended with an error"));
            case OutsideResult.Stopped(String why) -> new Rendered("", why);
            case OutsideResult.NotStarted(String why) -> new Rendered("", why);
        };
    }

    @Override
    public int serve() {
        return start(System.getenv(), Serving.class, null);
    }

    @Override
    public int rehearse() {
        try {
            Path folder = Files.createTempDirectory("devops-pack-rehearsal");
            try {
                return rehearse(folder);
            } finally {
                FolderTree.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int rehearse(Path folder) throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            System.setProperty("quarkus.http.port", String.valueOf(free.getLocalPort()));
        }
        System.setProperty("quarkus.http.host", "localhost");
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.remove(ExternalDatabase.URL);
        environment.put(DataFolder.VARIABLE, folder.resolve("data").toString());
        return start(environment, Rehearsing.class, null);
    }

    @Override
    public int with(ToIntFunction<Program> work) {
        System.setProperty("quarkus.http.host-enabled", "false");
        System.setProperty("quarkus.log.level", "WARN");
        System.setProperty("quarkus.banner.enabled", "false");
        return start(System.getenv(), Working.class, work);
    }

    private static int start(
            Map<String, String> environment,
            Class<? extends QuarkusApplication> application,
            @Nullable ToIntFunction<Program> work) {
        Storage.Opening opening;
        try {
            opening = Storage.open(environment);
        } catch (DatabaseUnavailable e) {
            complain(environment, String.valueOf(e.getMessage()));
            return 1;
        }
        return switch (opening) {
            case Storage.Opening.OwnedByAnother other -> {
                complain(
                        environment,
                        "The data folder "
                                + other.folder()
                                + " belongs to the running process "
                                + other.owner().pid()
                                + other.owner().url().map(url -> " at " + url).orElse("")
                                + ". Use that server, or set "
                                + DataFolder.VARIABLE
                                + " to another folder.");
                yield 1;
            }
            case Storage.Opening.Opened opened -> {
                try (Storage storage = opened.storage()) {
                    Started.storage = storage;
                    Started.work = work;
                    System.setProperty("devopspack.data-dir", storage.folder().toString());
                    defaultPolicy(storage.embedded() ? "trial" : "strict");
                    telemetry(environment);
                    storage.settings().publish();
                    yield run(environment, application);
                }
            }
        };
    }

    private static void defaultPolicy(String policy) {
        if (System.getProperty("devopspack.policy") == null
                && System.getenv("DEVOPSPACK_POLICY") == null) {
            System.setProperty("devopspack.policy", policy);
        }
    }

    /// Traces go out only where somebody named a collector, in the variables that every
    /// OpenTelemetry program knows.
    private static void telemetry(Map<String, String> environment) {
        String collector = environment.get("OTEL_EXPORTER_OTLP_ENDPOINT");
        if (collector != null && !collector.isBlank()) {
            System.setProperty("quarkus.otel.sdk.disabled", "false");
            System.setProperty("quarkus.mcp.server.tracing.enabled", "true");
            System.setProperty("quarkus.otel.exporter.otlp.endpoint", collector);
            String protocol = environment.get("OTEL_EXPORTER_OTLP_PROTOCOL");
            if (protocol != null && !protocol.isBlank()) {
                System.setProperty("quarkus.otel.exporter.otlp.protocol", protocol);
            }
        }
        if (logsJson(environment)) {
            System.setProperty("quarkus.log.console.json.enabled", "true");
            System.setProperty("quarkus.banner.enabled", "false");
        }
    }

    private static boolean logsJson(Map<String, String> environment) {
        return "json".equals(environment.get("DEVOPS_PACK_LOG_FORMAT"));
    }

    /// Whoever collects logs in JSON reads why it does not start there, too.
    private static void complain(Map<String, String> environment, String message) {
        System.err.println(
                logsJson(environment)
                        ? Welcome.failure(message, Clock.systemUTC().instant())
                        : message);
    }

    private static int run(
            Map<String, String> environment, Class<? extends QuarkusApplication> application) {
        AtomicInteger code = new AtomicInteger();
        Quarkus.run(
                application,
                (exit, failure) -> {
                    if (failure != null) {
                        complain(environment, "DevOps Pack cannot start: " + rootOf(failure));
                    }
                    code.set(exit);
                });
        return code.get();
    }

    private static String rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return switch (root) {
            // Its own advice is to make the database forget what was migrated.
            case FlywayException _ ->
                    "the database was migrated by another version of this program: "
                            + String.valueOf(root.getMessage())
                                    .lines()
                                    .skip(1)
                                    .findFirst()
                                    .orElse("it does not fit")
                            + " Start the newer version, or restore a backup that this one made.";
            // It says which file, and not what is wrong with it.
            case FileSystemException _ ->
                    root.getClass().getSimpleName() + ": " + root.getMessage();
            default -> String.valueOf(root.getMessage());
        };
    }

    /// What the application needs of the process that started it: Quarkus makes the application
    /// itself and takes no arguments but strings.
    private static final class Started {
        static @Nullable Storage storage;
        static @Nullable ToIntFunction<Program> work;

        private Started() {}
    }

    /// Says how to use the server, then serves until the process is told to stop.
    static final class Serving implements QuarkusApplication {
        @Override
        public int run(String... arguments) {
            Storage storage = Objects.requireNonNull(Started.storage);
            FirstStart first = Arc.container().instance(FirstStart.class).get();
            storage.publish(first.localAddress());
            storage.keepRunning();
            first.welcome(storage.folder(), logsJson(System.getenv()), System.out);
            first.rehearse();
            Quarkus.waitForExit();
            return 0;
        }
    }

    /// Goes once through what the first callers ask for and stops.
    static final class Rehearsing implements QuarkusApplication {
        @Override
        public int run(String... arguments) throws IOException, InterruptedException {
            Storage storage = Objects.requireNonNull(Started.storage);
            Arc.container().instance(DressRehearsal.class).get().play(storage.folder());
            return 0;
        }
    }

    /// Does one piece of work and stops.
    static final class Working implements QuarkusApplication {
        @Override
        public int run(String... arguments) {
            Storage storage = Objects.requireNonNull(Started.storage);
            ToIntFunction<Program> work = Objects.requireNonNull(Started.work);
            return work.applyAsInt(
                    Arc.container().instance(FirstStart.class).get().program(storage.folder()));
        }
    }
}
