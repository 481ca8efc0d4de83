package dev.devopspack.specialist.incident;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.devopspack.language.shell.print.Invocation;
import dev.devopspack.language.shell.print.Pipeline;
import dev.devopspack.language.shell.print.Script;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Nothing that acts can be called read-only.
class ReadOnlyTest {

    private static final Database POSTGRESQL = new Database(Engine.POSTGRESQL, null, null, null);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kubectl delete pod a",
                "kubectl --namespace=get delete pod a",
                "kubectl exec a -- ls",
                "kubectl rollout undo deployment/a",
                "kubectl rollout",
                "kubectl get secret/a --output=yaml",
                "kubectl get secrets --output=json",
                "systemctl restart a",
                "journalctl --vacuum-size=1M",
                "journalctl --rotate",
                "dmesg --clear",
                "find / -delete",
                "find / -execdir rm",
                "openssl s_client -out a",
                "openssl genrsa",
                "curl --request=DELETE https://a.example",
                "curl -XPOST https://a.example",
                "curl --output=a https://a.example",
                "curl --output a https://a.example",
                "aws rds delete-db-instance",
                "aws secretsmanager get-secret-value",
                "gcloud sql instances delete a",
                "az postgres flexible-server delete",
                "rabbitmqctl purge_queue a",
                "kafka-consumer-groups.sh --describe --reset-offsets --execute",
                "resolvectl flush-caches",
                "chronyc makestep",
                "crictl rmi --prune",
                "sudo systemctl status a",
                "tee a",
                "bash -c id",
                "awk BEGIN",
                "psql --command=SELECT",
                "mysql --execute=SELECT",
            })
    void commandThatActsIsNoLook(String line) {
        String[] words = line.split(" ");
        Script script =
                Script.of(
                        Invocation.of(
                                words[0],
                                (Object[]) java.util.Arrays.copyOfRange(words, 1, words.length)));

        assertThrows(IllegalArgumentException.class, () -> Command.look(script));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM a;",
                "SELECT pg_terminate_backend(1);",
                "SELECT pg_sleep(60);",
                "SELECT 1 INTO a;",
                "WITH a AS (DELETE FROM b RETURNING *) SELECT * FROM a;",
                "SELECT * FROM a FOR UPDATE;",
                "COMMIT;",
                "SELECT 1; COMMIT; DROP TABLE a;",
                "SET TRANSACTION READ WRITE;",
                "EXPLAIN ANALYZE DELETE FROM a;",
                "COPY a TO PROGRAM 'id';",
                "\\! id",
            })
    void statementThatActsIsNoLook(String statement) {
        Script script = Sql.ask(POSTGRESQL, statement);

        assertThrows(IllegalArgumentException.class, () -> Command.look(script));
    }

    @Test
    void questionInATransactionOfAnotherKindIsNoLook() {
        Script script =
                Script.of(
                        Invocation.of("psql")
                                .reading("SQL", List.of("BEGIN;", "SELECT 1;", "ROLLBACK;")));

        assertThrows(IllegalArgumentException.class, () -> Command.look(script));
    }

    @Test
    void lookThatFillsAFileIsNone() {
        Script script = Script.of(Pipeline.of(Invocation.of("df")).into("a.txt"));

        assertThrows(IllegalArgumentException.class, () -> Command.look(script));
    }

    @Test
    void lookWithinAVariableIsJudgedAsWell() {
        Script script =
                Script.of(Invocation.of("df"))
                        .after(
                                List.of(
                                        new Script.Preparation.Capture(
                                                "A", Pipeline.of(Invocation.of("rm", "a")))));

        assertThrows(IllegalArgumentException.class, () -> Command.look(script));
    }

    @Test
    void questionIsALook() {
        assertDoesNotThrow(() -> Command.look(Sql.ask(POSTGRESQL, "SELECT count(*) FROM a;")));
    }
}
