package dev.devopspack.specialist.incident;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.adapter.database.ConnectionSettings;
import dev.devopspack.testing.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The questions of runbooks, asked of a real PostgreSQL.
class DatabaseQuestionsTest {

    @Test
    void postgresqlAnswersEveryQuestionInAReadOnlyTransaction() throws SQLException {
        Set<String> questions = new LinkedHashSet<>();
        EveryRunbook.all()
                .flatMap(each -> each.runbook().blocks().stream())
                .filter(block -> block.command().effect() == Effect.READ_ONLY)
                .flatMap(block -> ReadShell.runs(block.command().script().printed()).stream())
                .filter(run -> run.program().equals("psql"))
                .forEach(run -> questions.add(String.valueOf(run.input())));
        assertTrue(questions.size() >= 4, questions::toString);

        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String question : questions) {
                statement.execute(question);
                while (statement.getMoreResults() || statement.getUpdateCount() != -1) {
                    // Every statement of the block has to be answered.
                }
            }
        }
    }

    @Test
    void withinTheTransactionNothingCanBeWritten() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            SQLException refused =
                    assertThrows(
                            SQLException.class,
                            () ->
                                    statement.execute(
                                            String.join("\n", Sql.POSTGRESQL_BEGIN)
                                                    + "\nCREATE TABLE public.runbook (a int);"));

            assertEquals("25006", refused.getSQLState());
        }
    }

    @Test
    void nothingIsLeftSetForTheNextClientOfThePooler() {
        for (List<String> begin : List.of(Sql.POSTGRESQL_BEGIN, Sql.MYSQL_BEGIN)) {
            assertTrue(begin.getFirst().endsWith("TRANSACTION READ ONLY;"), begin::toString);
            assertTrue(
                    begin.stream().skip(1).allMatch(line -> line.startsWith("SET LOCAL ")),
                    begin::toString);
        }
    }

    private static Connection connect() throws SQLException {
        ConnectionSettings settings = TestDatabase.settings();
        ConnectionSettings.Credentials app = settings.app();
        return DriverManager.getConnection(settings.url(), app.role(), app.password());
    }
}
