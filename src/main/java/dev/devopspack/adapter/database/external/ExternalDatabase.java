package dev.devopspack.adapter.database.external;

import dev.devopspack.adapter.database.ConnectionSettings;
import dev.devopspack.adapter.database.ConnectionSettings.Credentials;
import dev.devopspack.adapter.database.DatabaseUnavailable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.postgresql.PGConnection;

/// A PostgreSQL named by `DEVOPS_PACK_DATABASE_URL`.
///
/// The role in the address owns the tables. The program works as another one, because an owner
/// could undo what makes the log append-only: the one named by `DEVOPS_PACK_DATABASE_APP_USER` and
/// `…_APP_PASSWORD`, else one that is made here.
public final class ExternalDatabase {

    public static final String URL = "DEVOPS_PACK_DATABASE_URL";
    private static final String USER = "DEVOPS_PACK_DATABASE_USER";
    private static final String PASSWORD = "DEVOPS_PACK_DATABASE_PASSWORD";
    private static final String APP_USER = "DEVOPS_PACK_DATABASE_APP_USER";
    private static final String APP_PASSWORD = "DEVOPS_PACK_DATABASE_APP_PASSWORD";
    private static final String FROM_FILE = "_FILE";

    /// The oldest version that is tested and that PostgreSQL's project maintains.
    private static final int OLDEST = 15;

    /// There from the first migration on.
    private static final String LOG = "devopspack.audit_entries";

    private static final int CONNECT_SECONDS = 10;

    private final DatabaseUrl url;
    private final Credentials owner;

    private ExternalDatabase(DatabaseUrl url, Credentials owner) {
        this.url = url;
        this.owner = owner;
    }

    /// @throws DatabaseUnavailable if it cannot be reached, is too old or lacks a role to work as
    public static ConnectionSettings open(Map<String, String> environment) {
        return named(environment)
                .settings(
                        environment.getOrDefault(APP_USER, ""),
                        secret(environment, APP_PASSWORD, ""));
    }

    /// The database's address where no server ever made its tables in it.
    ///
    /// @throws DatabaseUnavailable if it cannot be reached
    public static Optional<String> emptyAt(Map<String, String> environment) {
        ExternalDatabase database = named(environment);
        try (Connection connection = database.connect(database.owner);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select to_regclass('" + LOG + "')")) {
            return row.next() && row.getString(1) != null
                    ? Optional.empty()
                    : Optional.of(database.url.toString());
        } catch (SQLException e) {
            throw database.unusable(e);
        }
    }

    private static ExternalDatabase named(Map<String, String> environment) {
        DatabaseUrl url = DatabaseUrl.parse(environment.getOrDefault(URL, ""));
        Credentials owner =
                new Credentials(
                        environment.getOrDefault(USER, url.user()),
                        secret(environment, PASSWORD, url.password()));
        if (owner.role().isEmpty()) {
            throw new DatabaseUnavailable(
                    URL
                            + " names no user. Put user:password@ before the host, or set "
                            + USER
                            + " and "
                            + PASSWORD
                            + ".");
        }
        return new ExternalDatabase(url, owner);
    }

    /// A password, or the content of the file that the same name with `_FILE` leads to: that is how
    /// containers hand secrets over.
    private static String secret(Map<String, String> environment, String name, String otherwise) {
        String file = environment.getOrDefault(name + FROM_FILE, "");
        if (file.isBlank()) {
            return environment.getOrDefault(name, otherwise);
        }
        try {
            return Files.readString(Path.of(file)).stripTrailing();
        } catch (IOException | InvalidPathException e) {
            throw new DatabaseUnavailable(
                    name + FROM_FILE + " names '" + file + "', which cannot be read. Mount it.", e);
        }
    }

    private ConnectionSettings settings(String appUser, String appPassword) {
        try (Connection connection = connect(owner)) {
            checkVersion(connection);
            Credentials app =
                    appUser.isEmpty() ? madeApp(connection) : new Credentials(appUser, appPassword);
            checkApp(connection, app);
            return new ConnectionSettings(url.jdbc(), owner, app);
        } catch (SQLException e) {
            throw unusable(e);
        }
    }

    private DatabaseUnavailable unusable(SQLException failure) {
        return new DatabaseUnavailable(
                "The database at "
                        + url
                        + " cannot be used as '"
                        + owner.role()
                        + "': "
                        + why(failure)
                        + ". See "
                        + URL
                        + ".",
                failure);
    }

    /// What the database says without where in its own program it says it; where the driver says
    /// only that it failed, what it failed of.
    private static String why(SQLException failure) {
        String said = String.valueOf(failure.getMessage()).lines().findFirst().orElse("").strip();
        Throwable cause = failure.getCause();
        return (said.endsWith(".") ? said.substring(0, said.length() - 1) : said)
                + (cause == null || cause instanceof SQLException
                        ? ""
                        : " ("
                                + cause.getClass().getSimpleName()
                                + ": "
                                + cause.getMessage()
                                + ")");
    }

    private Connection connect(Credentials role) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", role.role());
        properties.setProperty("password", role.password());
        properties.setProperty("connectTimeout", String.valueOf(CONNECT_SECONDS));
        return DriverManager.getConnection(url.jdbc(), properties);
    }

    private void checkVersion(Connection connection) throws SQLException {
        int version = connection.getMetaData().getDatabaseMajorVersion();
        if (version < OLDEST) {
            throw new DatabaseUnavailable(
                    "The database at "
                            + url
                            + " is PostgreSQL "
                            + version
                            + ". Use "
                            + OLDEST
                            + " or newer.");
        }
    }

    /// The role `OWNER_app`. Its password follows from the owner's, so that every replica knows it
    /// and nothing more needs to be kept secret.
    private Credentials madeApp(Connection connection) throws SQLException {
        if (owner.password().isEmpty()) {
            throw new DatabaseUnavailable(
                    "'"
                            + owner.role()
                            + "' has no password that another role's could be made from."
                            + " Create a role that owns nothing and set "
                            + APP_USER
                            + " and "
                            + APP_PASSWORD
                            + ".");
        }
        Credentials app = new Credentials(owner.role() + "_app", derivedPassword());
        if (canLogIn(app)) {
            return app;
        }
        try (Statement statement = connection.createStatement()) {
            String quoted = statement.enquoteIdentifier(app.role(), true);
            if (!roleExists(connection, app.role())) {
                statement.execute("create role " + quoted + " login");
            }
            // The driver sends a SCRAM verifier: the password itself reaches no log.
            connection
                    .unwrap(PGConnection.class)
                    .alterUserPassword(app.role(), app.password().toCharArray(), "scram-sha-256");
            return app;
        } catch (SQLException e) {
            throw new DatabaseUnavailable(
                    "The program needs a role that owns nothing, and '"
                            + owner.role()
                            + "' may not make one ("
                            + e.getMessage()
                            + "). Run CREATE ROLE \""
                            + app.role()
                            + "\" LOGIN PASSWORD '…', then set "
                            + APP_USER
                            + " and "
                            + APP_PASSWORD
                            + ".",
                    e);
        }
    }

    private boolean canLogIn(Credentials app) {
        try (Connection connection = connect(app)) {
            return connection.isValid(CONNECT_SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }

    private static boolean roleExists(Connection connection, String role) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select 1 from pg_roles where rolname = ?")) {
            statement.setString(1, role);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private String derivedPassword() {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(
                    new SecretKeySpec(
                            owner.password().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] hash = mac.doFinal("devops-pack/app-role/v1".getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    /// An owner, a superuser or a member of the owner could switch off what keeps the log.
    private void checkApp(Connection connection, Credentials app) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "select rolsuper or pg_has_role(rolname, current_user, 'MEMBER')"
                                + " from pg_roles where rolname = ?")) {
            statement.setString(1, app.role());
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next() || row.getBoolean(1)) {
                    throw new DatabaseUnavailable(
                            "The role '"
                                    + app.role()
                                    + "' is a superuser, the owner '"
                                    + owner.role()
                                    + "' itself or one of its members, or does not"
                                    + " exist: it could rewrite the audit log. Name another one in "
                                    + APP_USER
                                    + ".");
                }
            }
        }
        try (Connection working = connect(app)) {
            working.isValid(CONNECT_SECONDS);
        } catch (SQLException e) {
            throw new DatabaseUnavailable(
                    "The database at "
                            + url
                            + " does not let '"
                            + app.role()
                            + "' in: "
                            + e.getMessage()
                            + ". See "
                            + APP_USER
                            + " and "
                            + APP_PASSWORD
                            + ".",
                    e);
        }
    }
}
