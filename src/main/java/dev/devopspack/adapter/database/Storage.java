package dev.devopspack.adapter.database;

import dev.devopspack.adapter.database.embedded.DataFolder;
import dev.devopspack.adapter.database.embedded.DataFolder.Claim;
import dev.devopspack.adapter.database.embedded.DataFolder.Owner;
import dev.devopspack.adapter.database.embedded.EmbeddedDatabase;
import dev.devopspack.adapter.database.external.ExternalDatabase;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the program keeps its data in: open it before Quarkus starts, close it after Quarkus has
/// stopped.
///
/// The database is the one that `DEVOPS_PACK_DATABASE_URL` names, else an embedded one in the data
/// folder. With an embedded one the data folder belongs to one process at a time.
public final class Storage implements AutoCloseable {

    private final Path folder;
    private final ConnectionSettings settings;
    private final @Nullable DataFolder claimed;
    private final @Nullable EmbeddedDatabase embedded;

    private Storage(
            Path folder,
            ConnectionSettings settings,
            @Nullable DataFolder claimed,
            @Nullable EmbeddedDatabase embedded) {
        this.folder = folder;
        this.settings = settings;
        this.claimed = claimed;
        this.embedded = embedded;
    }

    /// What became of opening.
    public sealed interface Opening {

        record Opened(Storage storage) implements Opening {}

        /// Another process owns the data folder: talk to its server.
        record OwnedByAnother(Path folder, Owner owner) implements Opening {}
    }

    /// @param environment the process' environment variables
    /// @throws DatabaseUnavailable if there is no database to be had
    public static Opening open(Map<String, String> environment) {
        Path place = DataFolder.place(environment);
        if (external(environment)) {
            return new Opening.Opened(
                    new Storage(place, ExternalDatabase.open(environment), null, null));
        }
        return switch (DataFolder.claim(place)) {
            case Claim.Taken taken -> new Opening.OwnedByAnother(place, taken.owner());
            case Claim.Mine mine -> new Opening.Opened(openEmbedded(mine.folder()));
        };
    }

    /// The server that owns the data folder. With an external database nobody owns it: every
    /// process may open the database beside the others.
    ///
    /// @throws DatabaseUnavailable if the folder cannot be used
    public static Optional<URI> runningServer(Map<String, String> environment) {
        Path place = DataFolder.place(environment);
        if (external(environment) || !DataFolder.wasClaimed(place)) {
            return Optional.empty();
        }
        return switch (DataFolder.claim(place)) {
            case Claim.Taken taken -> taken.owner().url();
            case Claim.Mine mine -> {
                mine.folder().close();
                yield Optional.empty();
            }
        };
    }

    /// Why there is nothing to read: no server ever ran on the data folder, or none ever made its
    /// tables in the database. Makes neither of them.
    ///
    /// @throws DatabaseUnavailable if the database does not answer
    public static Optional<String> nothingKept(Map<String, String> environment) {
        if (external(environment)) {
            return ExternalDatabase.emptyAt(environment)
                    .map(url -> "the database at " + url + " holds nothing of this program");
        }
        Path place = DataFolder.place(environment);
        return EmbeddedDatabase.isIn(place)
                ? Optional.empty()
                : Optional.of("the data folder '" + place + "' holds no database");
    }

    private static boolean external(Map<String, String> environment) {
        return !environment.getOrDefault(ExternalDatabase.URL, "").isBlank();
    }

    private static Storage openEmbedded(DataFolder folder) {
        try {
            EmbeddedDatabase database = EmbeddedDatabase.open(folder);
            return new Storage(folder.path(), database.settings(), folder, database);
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    public ConnectionSettings settings() {
        return settings;
    }

    /// The data folder; with an external database it may not exist.
    public Path folder() {
        return folder;
    }

    public boolean embedded() {
        return embedded != null;
    }

    /// Tells other processes where this one's server answers.
    public void publish(URI url) {
        if (claimed != null) {
            claimed.publish(url);
        }
    }

    /// Lets the embedded database be started again whenever it ends by itself.
    public void keepRunning() {
        if (embedded != null) {
            embedded.keepRunning();
        }
    }

    /// Stops the embedded database, then frees the folder. Can be repeated.
    @Override
    public void close() {
        if (embedded != null) {
            embedded.close();
        }
        if (claimed != null) {
            claimed.close();
        }
    }
}
