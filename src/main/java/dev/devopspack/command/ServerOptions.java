package dev.devopspack.command;

import dev.devopspack.task.InvalidInput;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which server a command talks to: the one named, the one that runs on this data folder, or none.
final class ServerOptions {

    /// The file in the data folder that holds the trial's own token.
    static final String TOKEN_FILE = "trial-token";

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "The server, for example https://devops-pack.example.com.")
    @Nullable URI server;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description =
                    "An API token (dpk_…). Better in the environment variable DEVOPS_PACK_TOKEN.")
    @Nullable String token;

    /// Runs the work against the server where there is one, else with the program itself on what is
    /// kept here.
    ///
    /// @throws InvalidInput where there is neither
    int with(Local local, ToIntFunction<Front> work) {
        Optional<ServerClient> client = clientOrKept(local);
        return client.isPresent()
                ? work.applyAsInt(new Front.Remote(client.get()))
                : local.with(program -> work.applyAsInt(new Front.Inside(program)));
    }

    /// As [#with], for work that needs nobody else: where nothing is kept yet, it says so and
    /// begins a data folder.
    int withOrBegin(Local local, PrintWriter err, ToIntFunction<Front> work) {
        Optional<ServerClient> client = client(local);
        if (client.isPresent()) {
            return work.applyAsInt(new Front.Remote(client.get()));
        }
        local.nothingKept()
                .ifPresent(why ->
                        Output.line(
                                err,
                                "No server runs here, and "
                                        + why
                                        + ": one is made there. Name a server with --server where"
                                        + " people shall decide."));
        return local.with(program -> work.applyAsInt(new Front.Inside(program)));
    }

    /// As [#client], for work that reads what is kept: where no server runs, there must be
    /// something.
    ///
    /// @throws InvalidInput where there is neither a server nor anything to read
    Optional<ServerClient> clientOrKept(Local local) {
        Optional<ServerClient> client = client(local);
        if (client.isEmpty()) {
            requireKept(local);
        }
        return client;
    }

    private static void requireKept(Local local) {
        local.nothingKept()
                .ifPresent(why -> {
                    throw new InvalidInput(
                            "--server",
                            "no server runs here, and " + why,
                            "Name a server with --server, or the data folder in"
                                    + " DEVOPS_PACK_DATA_DIR.");
                });
    }

    /// A client of the named server or of the one that runs on the data folder.
    Optional<ServerClient> client(Local local) {
        Optional<URI> running = server == null ? local.runningServer() : Optional.of(server);
        return running.map(url -> client(local, url));
    }

    private ServerClient client(Local local, URI url) {
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        if (url.getHost() == null || !(scheme.equals("https") || scheme.equals("http"))) {
            throw new InvalidInput(
                    "--server",
                    "'" + url + "' is no address of a server",
                    "Give its address, for example https://devops-pack.example.com.");
        }
        return new ServerClient(url, tokenFor(local));
    }

    private @Nullable String tokenFor(Local local) {
        if (token != null) {
            return token;
        }
        String named = System.getenv("DEVOPS_PACK_TOKEN");
        if (named != null && !named.isBlank()) {
            return named.strip();
        }
        Path file = local.dataFolder().resolve(TOKEN_FILE);
        if (server != null || !Files.isReadable(file)) {
            return null; // this machine's token is never sent to a server that was named
        }
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
