package dev.devopspack.adapter.database.embedded;

import dev.devopspack.adapter.database.ConnectionSettings;
import dev.devopspack.adapter.database.ConnectionSettings.Credentials;
import dev.devopspack.adapter.database.DatabaseUnavailable;
import dev.devopspack.adapter.files.FolderTree;
import io.quarkus.runtime.Application;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A real PostgreSQL of our own, its data kept in the data folder between starts.
///
/// Password authentication on the loopback interface only; the program's role is no superuser and
/// owns no table. Open it before Quarkus starts and close it after Quarkus has stopped.
public final class EmbeddedDatabase implements AutoCloseable {

    static final String SUPERUSER = "postgres";
    static final String OWNER = "devopspack_owner";
    static final String APP = "devopspack_app";
    private static final String DATABASE = "devopspack";

    /// Its folder in the data folder, complete as soon as it is there.
    private static final String DATA = "database";

    /// The newest version whose data directory these binaries can open.
    private static final String MAJOR =
            Binaries.VERSION.substring(0, Binaries.VERSION.indexOf('.'));

    private static final Duration INIT_LIMIT = Duration.ofMinutes(2);

    /// How long the application may take to stop before its database is taken away.
    private static final Duration APPLICATION_LIMIT = Duration.ofSeconds(30);

    /// Small, safe and quiet; nothing that a password could leak into a log by.
    private static final String CONFIGURATION =
            """
            # Written at every start by DevOps Pack.
            listen_addresses = '127.0.0.1'
            unix_socket_directories = ''
            password_encryption = 'scram-sha-256'
            max_connections = 60
            shared_buffers = '64MB'
            max_wal_size = '256MB'
            wal_level = minimal
            max_wal_senders = 0
            jit = off
            log_min_messages = warning
            log_min_error_statement = panic
            timezone = 'UTC'
            """;

    private static final String ACCESS =
            """
            # Written at every start by DevOps Pack.
            host all all 127.0.0.1/32 scram-sha-256
            """;

    private final Postmaster postmaster;
    private final Passwords passwords;
    private final int port;
    private final boolean adopted;
    private boolean open = true;
    private @Nullable PostmasterWatch watch;

    private EmbeddedDatabase(
            Postmaster postmaster, Passwords passwords, int port, boolean adopted) {
        this.postmaster = postmaster;
        this.passwords = passwords;
        this.port = port;
        this.adopted = adopted;
    }

    /// Starts the database of a folder that this process owns, or adopts the one that a killed
    /// owner has left running.
    ///
    /// @throws DatabaseUnavailable if it cannot be started
    public static EmbeddedDatabase open(DataFolder folder) {
        return open(folder, folder.path().resolve("postgresql"));
    }

    /// @param programs where PostgreSQL's programs are unpacked to
    public static EmbeddedDatabase open(DataFolder folder, Path programs) {
        try {
            EmbeddedDatabase database = openOn(folder.path(), programs);
            try {
                database.prepareRoles();
            } catch (SQLException e) {
                database.close();
                throw new DatabaseUnavailable(
                        "The embedded PostgreSQL's roles cannot be set up: " + e.getMessage(), e);
            }
            database.closeWithTheProcess();
            return database;
        } catch (IOException e) {
            throw new DatabaseUnavailable(
                    "The embedded PostgreSQL cannot be started in '" + folder.path() + "': " + e,
                    e);
        }
    }

    /// Whether a database was made in a data folder.
    public static boolean isIn(Path folder) {
        return Files.isDirectory(folder.resolve(DATA));
    }

    private static EmbeddedDatabase openOn(Path folder, Path binaries) throws IOException {
        Passwords passwords = Passwords.in(folder.resolve("database-passwords"));
        Programs programs =
                Programs.with(Binaries.in(binaries), folder.resolve("database-command.log"));
        Path data = folder.resolve(DATA);
        if (!Files.exists(data)) {
            initialise(programs, passwords, folder, data);
        }
        checkVersion(data);
        Postmaster postmaster = new Postmaster(programs, data, folder.resolve("database.log"));
        Optional<Integer> left = postmaster.running();
        if (left.isPresent()) {
            EmbeddedDatabase adopted =
                    new EmbeddedDatabase(postmaster, passwords, left.get(), true);
            if (adopted.answers()) {
                return adopted;
            }
            postmaster.stop();
        }
        PrivateFiles.write(data.resolve("devopspack.conf"), CONFIGURATION);
        PrivateFiles.write(data.resolve("pg_hba.conf"), ACCESS);
        return new EmbeddedDatabase(postmaster, passwords, postmaster.start(), false);
    }

    /// Beside the final place and moved when done: an interrupted initialisation leaves nothing
    /// that could be taken for a database.
    private static void initialise(Programs programs, Passwords passwords, Path folder, Path data)
            throws IOException {
        Path unfinished = folder.resolve("database.new");
        FolderTree.delete(unfinished);
        Path password = folder.resolve("database-password.new");
        PrivateFiles.write(password, passwords.superuser() + "\n");
        try {
            Programs.Result result =
                    programs.run(
                            INIT_LIMIT,
                            "initdb",
                            "--pgdata=" + unfinished,
                            "--username=" + SUPERUSER,
                            "--pwfile=" + password,
                            "--auth=scram-sha-256",
                            "--encoding=UTF8",
                            "--locale=C",
                            "--locale-provider=builtin",
                            "--builtin-locale=C.UTF-8");
            if (!result.succeeded()) {
                throw new DatabaseUnavailable(
                        "The embedded PostgreSQL cannot make its database in '"
                                + folder
                                + "': "
                                + result.output().strip());
            }
        } finally {
            Files.deleteIfExists(password);
        }
        Files.writeString(
                unfinished.resolve("postgresql.conf"),
                "include = 'devopspack.conf'\n",
                StandardOpenOption.APPEND);
        Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void checkVersion(Path data) throws IOException {
        String found = Files.readString(data.resolve("PG_VERSION")).strip();
        if (!found.equals(MAJOR)) {
            throw new DatabaseUnavailable(
                    "'"
                            + data
                            + "' was made by PostgreSQL "
                            + found
                            + ", this program brings "
                            + MAJOR
                            + ". Dump it with the older DevOps Pack and restore it here.");
        }
    }

    private boolean answers() {
        try (Connection connection = superuser("postgres")) {
            return connection.isValid(5);
        } catch (SQLException e) {
            return false;
        }
    }

    private Connection superuser(String database) throws SQLException {
        return DriverManager.getConnection(url(database), SUPERUSER, passwords.superuser());
    }

    /// Can be repeated: an earlier start may have been killed between two of the statements.
    private void prepareRoles() throws SQLException {
        try (Connection connection = superuser("postgres");
                Statement statement = connection.createStatement()) {
            for (Credentials role : new Credentials[] {owner(), app()}) {
                if (!exists(statement, "pg_roles where rolname = '" + role.role() + "'")) {
                    statement.execute("create role " + role.role() + " nologin");
                }
                statement.execute(
                        "alter role "
                                + role.role()
                                + " with login nosuperuser nocreatedb nocreaterole noreplication"
                                + " nobypassrls password '"
                                + role.password()
                                + "'");
            }
            if (!exists(statement, "pg_database where datname = '" + DATABASE + "'")) {
                statement.execute("create database " + DATABASE + " owner " + OWNER);
            }
            statement.execute("revoke all on database " + DATABASE + " from public");
            statement.execute("grant connect on database " + DATABASE + " to " + APP);
        }
    }

    private static boolean exists(Statement statement, String where) throws SQLException {
        try (ResultSet rows = statement.executeQuery("select 1 from " + where)) {
            return rows.next();
        }
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    private Credentials owner() {
        return new Credentials(OWNER, passwords.owner());
    }

    private Credentials app() {
        return new Credentials(APP, passwords.app());
    }

    public ConnectionSettings settings() {
        return new ConnectionSettings(url(DATABASE), owner(), app());
    }

    /// Whether the PostgreSQL of a killed owner was found running and taken over.
    public boolean adopted() {
        return adopted;
    }

    /// From now on it is started again whenever it ends by itself.
    public synchronized void keepRunning() {
        if (open && watch == null) {
            watch = new PostmasterWatch(postmaster, port);
        }
    }

    /// Where nobody closes it, it is closed when the process ends, after the application: the hooks
    /// of a Java process run side by side, so this one waits for Quarkus' own.
    private void closeWithTheProcess() {
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    waitForTheApplication();
                                    close();
                                },
                                "close-embedded-database"));
    }

    private static void waitForTheApplication() {
        Instant until = Instant.now().plus(APPLICATION_LIMIT);
        try {
            while (Application.currentApplication() != null && Instant.now().isBefore(until)) {
                Thread.sleep(20);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Stops PostgreSQL and waits until it is gone. Can be repeated.
    @Override
    public synchronized void close() {
        if (!open) {
            return;
        }
        open = false;
        if (watch != null) {
            watch.close();
        }
        try {
            postmaster.stop();
        } catch (IOException e) {
            throw new DatabaseUnavailable("The embedded PostgreSQL cannot be stopped: " + e, e);
        }
    }
}
