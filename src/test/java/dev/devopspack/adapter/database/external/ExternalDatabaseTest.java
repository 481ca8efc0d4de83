package dev.devopspack.adapter.database.external;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.adapter.database.ConnectionSettings;
import dev.devopspack.adapter.database.ConnectionSettings.Credentials;
import dev.devopspack.adapter.database.DatabaseUnavailable;
import dev.devopspack.testing.ScratchDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An embedded PostgreSQL stands for the one that somebody else runs.
class ExternalDatabaseTest {

    @TempDir static Path folder;

    private static ScratchDatabase database;
    private static String place;

    @BeforeAll
    static void roles() throws SQLException {
        database = ScratchDatabase.open(folder.resolve("data"));
        place = database.database().settings().url().substring("jdbc:postgresql://".length());
        try (Connection superuser = database.superuser();
                Statement statement = superuser.createStatement()) {
            statement.execute("create role maker login createrole password 'one'");
            statement.execute("create role plain login password 'two'");
            statement.execute("create role narrow login password 'three'");
            statement.execute("create role member login password 'four'");
            statement.execute("grant plain to member");
            statement.execute("grant all on database devopspack to public");
        }
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void aRoleThatMayMakeRolesNeedsNothingElse() throws SQLException {
        Map<String, String> environment = url("maker", "one");

        ConnectionSettings first = ExternalDatabase.open(environment);
        ConnectionSettings second = ExternalDatabase.open(environment);

        assertEquals("jdbc:postgresql://" + place, first.url());
        assertEquals(new Credentials("maker", "one"), first.owner());
        assertEquals("maker_app", first.app().role());
        assertEquals(first, second);
        try (Connection app =
                DriverManager.getConnection(
                        first.url(), first.app().role(), first.app().password())) {
            assertTrue(app.isValid(5));
        }
    }

    @Test
    void whoOnlyLooksIntoAnEmptyDatabaseIsToldSo() throws SQLException {
        try (Connection superuser = database.superuser();
                Statement statement = superuser.createStatement()) {
            statement.execute("create database empty owner maker");
            String empty = place.replaceFirst("[^/]*$", "empty");

            assertEquals(
                    Optional.of("jdbc:postgresql://" + empty),
                    ExternalDatabase.emptyAt(
                            Map.of(ExternalDatabase.URL, "postgresql://maker:one@" + empty)));
            statement.execute("grant usage on schema devopspack to maker");
            assertEquals(Optional.empty(), ExternalDatabase.emptyAt(url("maker", "one")));
        }
    }

    @Test
    void aRoleThatMayNotSaysWhatToDo() {
        assertRefused(url("plain", "two"), "Run CREATE ROLE \"plain_app\"");
    }

    @Test
    void twoGivenRolesAreTakenAsTheyAre() {
        ConnectionSettings settings =
                ExternalDatabase.open(withApp("plain", "two", "narrow", "three"));

        assertEquals(new Credentials("plain", "two"), settings.owner());
        assertEquals(new Credentials("narrow", "three"), settings.app());
    }

    @Test
    void aRoleThatCouldRewriteTheLogIsNotWorkedWith() {
        assertRefused(withApp("plain", "two", "plain", "two"), "could rewrite the audit log");
        assertRefused(withApp("plain", "two", "member", "four"), "could rewrite the audit log");
        assertRefused(withApp("plain", "two", "postgres", "x"), "could rewrite the audit log");
        assertRefused(withApp("plain", "two", "nobody", "x"), "could rewrite the audit log");
    }

    @Test
    void wrongPasswordsAreSaidWithoutThem() {
        assertRefused(url("plain", "wrong-secret"), "cannot be used as 'plain'");
        assertRefused(withApp("plain", "two", "narrow", "wrong-secret"), "let 'narrow' in");
    }

    @Test
    void aPasswordMayStandInAFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("password"), "two\n");
        Map<String, String> environment =
                new HashMap<>(withApp("plain", "wrong-secret", "narrow", "three"));
        environment.put("DEVOPS_PACK_DATABASE_PASSWORD_FILE", file.toString());

        assertEquals(new Credentials("plain", "two"), ExternalDatabase.open(environment).owner());
        environment.put("DEVOPS_PACK_DATABASE_PASSWORD_FILE", folder.resolve("none").toString());
        assertRefused(environment, "which cannot be read");
    }

    @Test
    void anAddressWithoutAUserSaysWhereToPutOne() {
        assertRefused(Map.of("DEVOPS_PACK_DATABASE_URL", "postgresql://" + place), "names no user");
    }

    private static void assertRefused(Map<String, String> environment, String reason) {
        DatabaseUnavailable refused =
                assertThrows(DatabaseUnavailable.class, () -> ExternalDatabase.open(environment));
        assertTrue(refused.getMessage().contains(reason), refused.getMessage());
        assertTrue(!refused.getMessage().contains("wrong-secret"), refused.getMessage());
    }

    private static Map<String, String> url(String user, String password) {
        return Map.of(
                "DEVOPS_PACK_DATABASE_URL", "postgresql://" + user + ":" + password + "@" + place);
    }

    private static Map<String, String> withApp(
            String user, String password, String app, String appPassword) {
        return Map.of(
                "DEVOPS_PACK_DATABASE_URL",
                "jdbc:postgresql://" + place,
                "DEVOPS_PACK_DATABASE_USER",
                user,
                "DEVOPS_PACK_DATABASE_PASSWORD",
                password,
                "DEVOPS_PACK_DATABASE_APP_USER",
                app,
                "DEVOPS_PACK_DATABASE_APP_PASSWORD",
                appPassword);
    }
}
