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
    /// (PostgreSQL).
    static Script act(Database database, String variable, String hint, String statement) {
        Invocation client =
                client(database, Word.option("--set=id", Word.variable(variable)))
                        .reading("SQL", List.of(statement));
        return reachable(database, client).needing(variable, hint);
    }

    /// A statement of MySQL whose last word is a number from the person's shell.
    static Script actMysql(Database database, String variable, String hint, String statement) {
        Invocation client =
                client(
                        database,
                        Word.joined(
                                Word.text("--execute=" + statement + " "),
                                Word.variable(variable)));
        return reachable(database, client).needing(variable, hint);
    }

    static Word host(Database database) {
        return database.host() == null
                ? Word.variable("DB_HOST")
                : Word.text(database.host().value());
    }

    /// Passwords come from `~/.pgpass` and `~/.my.cnf`: an argument is seen by everybody on the
    /// machine.
    private static Invocation client(Database database, Word... more) {
        List<Word> words = new ArrayList<>();
        words.add(Word.option("--host", host(database)));
        if (database.engine() == Engine.POSTGRESQL) {
            words.add(Word.option("--username", Word.variable("DB_USER")));
            words.add(Word.option("--dbname", Word.variable("DB_NAME")));
            words.add(Word.text("--no-psqlrc"));
            words.add(Word.text("--set=ON_ERROR_STOP=1"));
        } else {
            words.add(Word.text("--connect-timeout=5"));
            words.add(Word.text("--table"));
        }
        words.addAll(List.of(more));
        return new Invocation(
                database.engine() == Engine.POSTGRESQL ? "psql" : "mysql", words, null);
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
                        .needing("DB_NAME", "Set DB_NAME to the name of the database")
                : script;
    }
}
