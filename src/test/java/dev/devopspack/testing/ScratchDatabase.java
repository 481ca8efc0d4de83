package dev.devopspack.testing;

import dev.devopspack.adapter.database.ConnectionSettings;
import dev.devopspack.adapter.database.ConnectionSettings.Credentials;
import dev.devopspack.adapter.database.embedded.DataFolder;
import dev.devopspack.adapter.database.embedded.EmbeddedDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.flywaydb.core.Flyway;

/// A PostgreSQL of a test's own, with its tables: for what must not be done to the shared one.
public final class ScratchDatabase implements AutoCloseable {

    private final DataFolder folder;
    private final EmbeddedDatabase database;

    private ScratchDatabase(DataFolder folder, EmbeddedDatabase database) {
        this.folder = folder;
        this.database = database;
    }

    /// Opens the database of the folder; this process must be able to own it.
    public static ScratchDatabase open(Path place) {
        if (!(DataFolder.claim(place) instanceof DataFolder.Claim.Mine mine)) {
            throw new IllegalStateException("'" + place + "' belongs to another process");
        }
        EmbeddedDatabase database = EmbeddedDatabase.open(mine.folder(), TestDatabase.programs());
        migrate(database.settings());
        return new ScratchDatabase(mine.folder(), database);
    }

    private static void migrate(ConnectionSettings settings) {
        Flyway.configure()
                .dataSource(settings.url(), settings.owner().role(), settings.owner().password())
                .schemas("devopspack")
                .createSchemas(true)
                .placeholders(Map.of("app_role", settings.app().role()))
                .load()
                .migrate();
    }

    public EmbeddedDatabase database() {
        return database;
    }

    public DataFolder folder() {
        return folder;
    }

    /// As the role that the program works as.
    public Connection app() throws SQLException {
        return connect(database.settings().app());
    }

    /// As the role that owns the tables.
    public Connection owner() throws SQLException {
        return connect(database.settings().owner());
    }

    /// As somebody who may do anything.
    public Connection superuser() throws SQLException {
        try {
            String passwords = Files.readString(folder.path().resolve("database-passwords"));
            String first = passwords.lines().findFirst().orElseThrow();
            return connect(new Credentials("postgres", first.substring("superuser=".length())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Connection connect(Credentials role) throws SQLException {
        return DriverManager.getConnection(
                database.settings().url() + "?currentSchema=devopspack",
                role.role(),
                role.password());
    }

    @Override
    public void close() {
        database.close();
        folder.close();
    }
}
