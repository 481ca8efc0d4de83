package dev.devopspack.specialist.incident;

import dev.devopspack.language.shell.print.Invocation;
import dev.devopspack.language.shell.print.Script;
import dev.devopspack.language.shell.print.Word;
import java.util.ArrayList;
import java.util.List;

/// Questions to a database.
///
/// They stand in one read-only transaction with a time limit, so that a look cannot change anything
/// and cannot become load of its own. Nothing is set for the session: behind a pooler the next
/// client would get the session as we left it.
final class Sql {

    static final List<String> POSTGRESQL_BEGIN =
            List.of("BEGIN TRANSACTION READ ONLY;", "SET LOCAL statement_timeout = '5s';");

    static final List<String> MYSQL_BEGIN = List.of("START TRANSACTION READ ONLY;");

    static final String END = "ROLLBACK;";

    private static final String NAME = "Set DB_NAME to the name of the database";

    private Sql() {}

    /// @param statements each ends in a semicolon
    static Script ask(Database database, String... statements) {
        List<String> lines =
                new ArrayList<>(
                        database.engine() == Engine.POSTGRESQL ? POSTGRESQL_BEGIN : MYSQL_BEGIN);
        for (String statement : statements) {
            lines.addAll(statement.strip().lines().toList());
        }
        lines.add(END);
        return reachable(database, client(database).reading("SQL", lines));
    }

    /// A statement that changes something, with a value from the person's shell as `:'id'`
    /// (PostgreSQL). It is another role than that of the questions: a role that may only read
    /// statistics ends no session and drops no slot.
    ///
    /// @param right what the role must be able to do, as it follows `a role that`
    static Script act(
            Database database, String right, String variable, String hint, String statement) {
        List<Word> words = postgresql(database, "DB_ADMIN");
        words.add(Word.option("--set=id", Word.variable(variable)));
        Invocation client = new Invocation("psql", words, null).reading("SQL", List.of(statement));
        return withHost(database, Script.of(client))
                .needing("DB_ADMIN", "Set DB_ADMIN to a role that " + right)
                .needing("DB_NAME", NAME)
                .needing(variable, hint);
    }

    /// A statement of MySQL with a value from the person's shell in it. It signs in with the group
    /// `[client_admin]` of `~/.my.cnf` where there is one: who may look need not be who may act.
    ///
    /// @param statement with `{}` where the value stands
    static Script actMysql(Database database, String variable, String hint, String statement) {
        int at = statement.indexOf("{}");
        String after = statement.substring(at + 2);
        List<Word> execute = new ArrayList<>();
        execute.add(Word.text("--execute=" + statement.substring(0, at)));
        execute.add(Word.variable(variable));
        if (!after.isEmpty()) {
            execute.add(Word.text(after));
        }
        List<Word> words = new ArrayList<>();
        // It has to be the first one.
        words.add(Word.text("--defaults-group-suffix=_admin"));
        words.addAll(mysql(database));
        words.add(Word.joined(execute.toArray(Word[]::new)));
        return withHost(database, Script.of(new Invocation("mysql", words, null)))
                .needing(variable, hint);
    }

    static Word host(Database database) {
        return database.host() == null
                ? Word.variable("DB_HOST")
                : Word.text(database.host().value());
    }

    /// Passwords come from `~/.pgpass` and `~/.my.cnf`: an argument is seen by everybody on the
    /// machine.
    private static Invocation client(Database database) {
        return database.engine() == Engine.POSTGRESQL
                ? new Invocation("psql", postgresql(database, "DB_USER"), null)
                : new Invocation("mysql", mysql(database), null);
    }

    /// A server that does not answer would hold the person for two minutes: the limit is in the
    /// text that names the database, as `psql` has no option for it.
    private static List<Word> postgresql(Database database, String role) {
        return new ArrayList<>(
                List.of(
                        Word.option("--host", host(database)),
                        Word.option("--username", Word.variable(role)),
                        Word.joined(
                                Word.text("--dbname=connect_timeout=5 dbname="),
                                Word.variable("DB_NAME")),
                        Word.text("--no-psqlrc"),
                        Word.text("--set=ON_ERROR_STOP=1")));
    }

    private static List<Word> mysql(Database database) {
        return List.of(
                Word.option("--host", host(database)),
                Word.text("--connect-timeout=5"),
                Word.text("--table"));
    }

    static Script withHost(Database database, Script script) {
        return database.host() == null
                ? script.needing("DB_HOST", "Set DB_HOST to the host that clients connect to")
                : script;
    }

    private static Script reachable(Database database, Invocation invocation) {
        Script script = withHost(database, Script.of(invocation));
        return database.engine() == Engine.POSTGRESQL
                ? script.needing("DB_USER", "Set DB_USER to a role that may read statistics")
                        .needing("DB_NAME", NAME)
                : script;
    }
}
