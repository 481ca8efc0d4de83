package dev.devopspack.specialist.incident;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What runbooks do at a database, and as whom.
class DatabaseActionsTest {

    /// The kinds of incident that ask a database most, on every platform.
    private static final List<EveryRunbook.Case> CASES =
            Stream.of(IncidentType.DISK_FULL, IncidentType.DATABASE_CONNECTION_FAILURE)
                    .flatMap(type ->
                            EveryRunbook.places().values().stream()
                                    .map(place ->
                                            EveryRunbook.of(
                                                    "", type, Severity.HIGH, List.of(place))))
                    .toList();

    private static Stream<ReadShell.Run> runs(String program, boolean acts) {
        return CASES.stream()
                .flatMap(each -> each.runbook().blocks().stream())
                .filter(block -> (block.command().effect() != Effect.READ_ONLY) == acts)
                .flatMap(block -> ReadShell.runs(block.command().script().printed()).stream())
                .filter(run -> run.program().equals(program));
    }

    private static Set<String> distinct(Stream<ReadShell.Run> runs, String begin) {
        return runs.flatMap(run -> run.words().stream())
                .filter(word -> word.startsWith(begin))
                .collect(Collectors.toSet());
    }

    @Test
    void whatActsSignsInAsAnotherRoleThanWhatLooks() {
        assertEquals(Set.of("--username=$DB_USER"), distinct(runs("psql", false), "--username="));
        assertEquals(Set.of("--username=$DB_ADMIN"), distinct(runs("psql", true), "--username="));
        assertEquals(Set.of(), distinct(runs("mysql", false), "--defaults"));
        List<ReadShell.Run> acts = runs("mysql", true).toList();
        assertTrue(!acts.isEmpty());
        // The client reads it at this place alone.
        assertEquals(
                Set.of("--defaults-group-suffix=_admin"),
                acts.stream().map(run -> run.words().get(1)).collect(Collectors.toSet()));
    }

    @Test
    void nobodyWaitsLongForADatabaseThatDoesNotAnswer() {
        Set<String> named =
                distinct(Stream.concat(runs("psql", true), runs("psql", false)), "--dbname=");
        Set<String> limits =
                distinct(
                        Stream.concat(runs("mysql", true), runs("mysql", false)),
                        "--connect-timeout=");

        assertEquals(Set.of("--dbname=connect_timeout=5 dbname=$DB_NAME"), named);
        assertEquals(Set.of("--connect-timeout=5"), limits);
    }

    @Test
    void onlyWhatAProviderAllowsIsDoneThere() {
        Map<String, Set<String>> expected =
                Map.of(
                        "mysql",
                        Set.of("KILL $SESSION_ID", "PURGE BINARY LOGS TO $LOG"),
                        "mysql at aws",
                        Set.of(
                                "CALL mysql.rds_kill($SESSION_ID)",
                                "CALL mysql.rds_set_configuration('binlog retention hours', $KEEP)"),
                        "mysql at gcp",
                        Set.of("KILL $SESSION_ID"),
                        "mysql at azure",
                        Set.of("KILL $SESSION_ID"),
                        "mariadb at aws",
                        Set.of(
                                "CALL mysql.rds_kill($SESSION_ID)",
                                "CALL mysql.rds_set_configuration('binlog retention hours', $KEEP)"));

        expected.forEach((place, statements) -> {
            Runbook runbook =
                    EveryRunbook.of(
                                    place,
                                    IncidentType.DISK_FULL,
                                    Severity.HIGH,
                                    List.of(EveryRunbook.places().get(place)))
                            .runbook();
            assertEquals(
                    statements,
                    runbook.blocks().stream()
                            .flatMap(block ->
                                    ReadShell.runs(block.command().script().printed()).stream())
                            .flatMap(run -> run.words().stream())
                            .filter(word -> word.startsWith("--execute="))
                            .map(word -> word.substring("--execute=".length()))
                            .collect(Collectors.toSet()),
                    place);
        });
    }
}
