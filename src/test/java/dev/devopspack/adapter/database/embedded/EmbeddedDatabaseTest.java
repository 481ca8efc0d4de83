package dev.devopspack.adapter.database.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.adapter.database.ConnectionSettings;
import dev.devopspack.adapter.database.ConnectionSettings.Credentials;
import dev.devopspack.adapter.database.DatabaseUnavailable;
import dev.devopspack.adapter.database.Storage;
import dev.devopspack.adapter.database.embedded.DataFolder.Claim;
import dev.devopspack.testing.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {

    @TempDir Path parent;

    private Path place;

    @BeforeEach
    void place() {
        place = parent.resolve("it's a place");
    }

    @Test
    void dataAreKeptBetweenStartsAndNothingIsOpenToOthers() throws Exception {
        try (DataFolder folder = claimed();
                EmbeddedDatabase database = open(folder)) {
            ConnectionSettings settings = database.settings();
            execute(settings, settings.owner(), "create table kept (a int)");
            execute(settings, settings.owner(), "insert into kept values (42)");
            assertRolesAreNarrow(settings);
            assertOnlyPasswordsOpen(settings);
            assertEquals("rwx------", permissions(folder.path()));
            assertEquals("rw-------", permissions(folder.path().resolve("database-passwords")));
        }

        try (DataFolder folder = claimed();
                EmbeddedDatabase database = open(folder)) {
            assertFalse(database.adopted());
            assertEquals(
                    "42",
                    query(database.settings(), database.settings().owner(), "select a from kept"));
        }
        assertFalse(Files.exists(place.resolve("database/postmaster.pid")));
    }

    private static void assertRolesAreNarrow(ConnectionSettings settings) throws SQLException {
        assertEquals(
                "f",
                query(
                        settings,
                        settings.app(),
                        "select bool_or(rolsuper or rolcreatedb or rolcreaterole or rolreplication"
                                + " or rolbypassrls) from pg_roles where rolname like 'devopspack%'"));
        assertThrows(
                SQLException.class,
                () -> execute(settings, settings.app(), "create table mine (a int)"));
        assertThrows(
                SQLException.class,
                () -> query(settings, settings.app(), "select pg_read_file('PG_VERSION')"));
    }

    private static void assertOnlyPasswordsOpen(ConnectionSettings settings) {
        for (String role : List.of("postgres", "devopspack_owner", "devopspack_app", "root")) {
            for (String password : List.of("", "postgres", role)) {
                assertThrows(
                        SQLException.class,
                        () -> query(settings, new Credentials(role, password), "select 1"));
            }
        }
    }

    @Test
    void aPidThatBelongsToAnotherProcessNowDoesNotStopTheStart() throws Exception {
        try (DataFolder folder = claimed();
                EmbeddedDatabase database = open(folder)) {
            database.close();
            Files.writeString(
                    folder.path().resolve("database/postmaster.pid"),
                    ProcessHandle.current().pid()
                            + "\n"
                            + folder.path()
                            + "/database\n1\n5432\n\n127.0.0.1\n1 1\nready\n");

            try (EmbeddedDatabase again = open(folder)) {
                assertFalse(again.adopted());
                assertEquals("1", query(again.settings(), again.settings().app(), "select 1"));
            }
        }
    }

    @Test
    void aDatabaseThatIsKilledRunsAgainWhereItsClientsKnowIt() throws Exception {
        try (DataFolder folder = claimed();
                EmbeddedDatabase database = open(folder)) {
            ConnectionSettings settings = database.settings();
            execute(settings, settings.owner(), "create table kept (a int)");
            execute(settings, settings.owner(), "insert into kept values (42)");
            database.keepRunning();

            ProcessHandle killed = postmaster(folder);
            killed.destroyForcibly();
            killed.onExit().get(1, TimeUnit.MINUTES);

            assertEquals("42", patiently(settings, "select a from kept"));
            assertNotEquals(killed.pid(), postmaster(folder).pid());
        }
        assertFalse(Files.exists(place.resolve("database/postmaster.pid")));
    }

    private static ProcessHandle postmaster(DataFolder folder) throws IOException {
        String pid =
                Files.readAllLines(folder.path().resolve("database/postmaster.pid")).getFirst();
        return ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow();
    }

    /// What a client sees that asks again, for as long as a busy machine may take.
    private static String patiently(ConnectionSettings settings, String sql) throws Exception {
        Instant until = Instant.now().plus(Duration.ofMinutes(2));
        while (true) {
            try {
                return query(settings, settings.owner(), sql);
            } catch (SQLException e) {
                if (Instant.now().isAfter(until)) {
                    throw e;
                }
                Thread.sleep(100);
            }
        }
    }

    @Test
    void anInterruptedInitialisationIsBegunAgain() throws Exception {
        try (DataFolder folder = claimed()) {
            Files.createDirectories(folder.path().resolve("database.new/base"));
            Files.writeString(folder.path().resolve("database.new/PG_VERSION"), "18\n");

            try (EmbeddedDatabase database = open(folder)) {
                assertEquals(
                        "1", query(database.settings(), database.settings().app(), "select 1"));
            }
        }
    }

    @Test
    void anotherMajorVersionsDataAreLeftAlone() throws Exception {
        try (DataFolder folder = claimed()) {
            Files.createDirectories(folder.path().resolve("database"));
            Files.writeString(folder.path().resolve("database/PG_VERSION"), "17\n");

            DatabaseUnavailable refused =
                    assertThrows(DatabaseUnavailable.class, () -> open(folder));

            assertTrue(refused.getMessage().contains("was made by PostgreSQL 17"));
        }
    }

    @Test
    void aFolderOfSomebodyElsesFilesIsRefusedAndUntouched() throws Exception {
        Files.createDirectory(place);
        Files.writeString(place.resolve("thesis.txt"), "mine");
        String before = permissions(place);

        DatabaseUnavailable refused =
                assertThrows(DatabaseUnavailable.class, () -> DataFolder.claim(place));

        assertTrue(refused.getMessage().contains("holds other files"));
        assertEquals(before, permissions(place));
    }

    @Test
    void aFolderThatKeptOnlyTheKeysBesideAnExternalDatabaseIsTaken() throws Exception {
        Files.createDirectory(place);
        Files.writeString(place.resolve("signing-key"), "kept");
        Files.writeString(place.resolve("checkpoint-key"), "kept");
        Files.writeString(place.resolve("checkpoints.txt"), "kept");
        Files.writeString(place.resolve("seen-checkpoints-localhost_8080"), "kept");

        claimed().close();

        assertEquals("kept", Files.readString(place.resolve("signing-key")));
        assertEquals("rwx------", permissions(place));
    }

    @Test
    void whereTheDatabaseIsExternalNobodyOwnsTheFolder() {
        Map<String, String> embedded = Map.of(DataFolder.VARIABLE, place.toString());
        Map<String, String> external =
                Map.of(
                        DataFolder.VARIABLE,
                        place.toString(),
                        "DEVOPS_PACK_DATABASE_URL",
                        "postgresql://user:word@localhost:1/none");

        try (DataFolder folder = claimed()) {
            folder.publish(URI.create("http://localhost:8080"));

            assertEquals(
                    Optional.of(URI.create("http://localhost:8080")),
                    Storage.runningServer(embedded));
            assertEquals(Optional.empty(), Storage.runningServer(external));
        }
        assertEquals(Optional.empty(), Storage.runningServer(embedded));
    }

    @Test
    void whoOnlyLooksMakesNothing() throws Exception {
        Map<String, String> environment = Map.of(DataFolder.VARIABLE, place.toString());
        Optional<String> nothing = Optional.of("the data folder '" + place + "' holds no database");

        assertEquals(nothing, Storage.nothingKept(environment));
        assertFalse(Files.exists(place));

        Files.createDirectory(place);
        assertEquals(Optional.empty(), Storage.runningServer(environment));
        assertEquals(nothing, Storage.nothingKept(environment));
        try (Stream<Path> files = Files.list(place)) {
            assertEquals(List.of(), files.toList());
        }

        try (DataFolder folder = claimed();
                EmbeddedDatabase _ = open(folder)) {
            assertEquals(Optional.empty(), Storage.nothingKept(environment));
        }
        assertEquals(Optional.empty(), Storage.nothingKept(environment));
    }

    @Test
    void aPathThatAShellWouldReadIsRefused() {
        for (String name : List.of("a$(id)", "a\"b", "a`id`", "a\\b", "a\nb")) {
            assertThrows(DatabaseUnavailable.class, () -> DataFolder.claim(parent.resolve(name)));
        }
    }

    @Test
    void aFolderHasOneOwnerAlsoWithinAProcess() {
        DataFolder folder = claimed();

        assertEquals(ProcessHandle.current().pid(), taken());
        folder.close();
        claimed().close();
    }

    private long taken() {
        return DataFolder.claim(place) instanceof Claim.Taken taken ? taken.owner().pid() : -1;
    }

    private DataFolder claimed() {
        return DataFolder.claim(place) instanceof Claim.Mine mine
                ? mine.folder()
                : org.junit.jupiter.api.Assertions.fail("the folder has an owner");
    }

    private static EmbeddedDatabase open(DataFolder folder) {
        return EmbeddedDatabase.open(folder, TestDatabase.programs());
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static void execute(ConnectionSettings settings, Credentials role, String sql)
            throws SQLException {
        try (Connection connection = connect(settings, role);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(ConnectionSettings settings, Credentials role, String sql)
            throws SQLException {
        try (Connection connection = connect(settings, role);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static Connection connect(ConnectionSettings settings, Credentials role)
            throws SQLException {
        return DriverManager.getConnection(settings.url(), role.role(), role.password());
    }
}
