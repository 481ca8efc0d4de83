package dev.devopspack.adapter.database;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.devopspack.identity.PersonId;
import dev.devopspack.identity.Principal;
import dev.devopspack.manager.run.Run;
import dev.devopspack.manager.run.RunId;
import dev.devopspack.manager.run.RunStep;
import dev.devopspack.manager.run.RunStore;
import dev.devopspack.manager.run.StepResult;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Runs in PostgreSQL.
@ApplicationScoped
@Transactional
class StoredRuns implements RunStore {

    private static final String RUNS =
            """
            select id, document, caller, client, created_at
            from runs
            """;

    private static final String STEPS =
            """
            select position, attempts, result, ended_at
            from run_steps
            """;

    private final Database database;

    StoredRuns(Database database) {
        this.database = database;
    }

    @Override
    public void create(Run run) {
        database.sql(
                        """
                        insert into runs (id, document, caller, client, created_at)
                        values (:id, :document, :caller, :client, :at)
                        """)
                .with("id", run.id().value())
                .with("document", run.document())
                .with("caller", StoredJson.write(caller(run.caller())))
                .with("client", run.client())
                .with("at", run.createdAt())
                .update();
        for (RunStep step : run.steps()) {
            database.sql(
                            """
                            insert into run_steps (run, position, attempts)
                            values (:run, :position, 0)
                            """)
                    .with("run", run.id().value())
                    .with("position", step.position())
                    .update();
        }
    }

    @Override
    public Optional<Run> find(RunId id) {
        return database.sql(RUNS + " where id = :id")
                .with("id", id.value())
                .first(row -> run(row, steps(id)));
    }

    private List<RunStep> steps(RunId id) {
        return database.sql(STEPS + " where run = :run order by position")
                .with("run", id.value())
                .list(StoredRuns::step);
    }

    private static RunStep step(Row row) {
        return new RunStep(
                row.integer("position"),
                row.integer("attempts"),
                result(row.optionalText("result")),
                row.optionalInstant("ended_at"));
    }

    private static Run run(Row row, List<RunStep> steps) {
        return new Run(
                new RunId(row.text("id")),
                caller(StoredJson.read(row.text("caller"))),
                row.text("client"),
                row.text("document"),
                row.instant("created_at"),
                steps);
    }

    @Override
    public int begin(RunId id, int position) {
        return database.sql(
                        """
                        update run_steps set attempts = attempts + 1
                        where run = :run and position = :position and result is null
                        returning attempts
                        """)
                .with("run", id.value())
                .with("position", position)
                .first(row -> row.integer("attempts"))
                .orElse(0);
    }

    @Override
    public boolean end(RunId id, int position, StepResult result, Instant at) {
        return database.sql(
                        """
                        update run_steps set result = :result, ended_at = :at
                        where run = :run and position = :position and result is null
                        """)
                .with("result", StoredJson.write(result))
                .with("at", at)
                .with("run", id.value())
                .with("position", position)
                .changesOne();
    }

    @Override
    public int forgetBefore(Instant limit) {
        return database.sql(
                        """
                        delete from runs r where created_at < :limit and not exists (
                            select 1 from run_steps s where s.run = r.id and s.result is null)
                        """)
                .with("limit", limit)
                .update();
    }

    private static @Nullable StepResult result(@Nullable String text) {
        try {
            return text == null ? null : StoredJson.MAPPER.readValue(text, StepResult.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored step is damaged", e);
        }
    }

    private static Map<String, Object> caller(Principal caller) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("kind", caller.kind().name());
        document.put("id", caller.id());
        if (caller.person() != null) {
            document.put("person", caller.person().toString());
        }
        document.put("name", caller.name());
        document.put("roles", RoleNames.write(caller.roles()));
        return document;
    }

    private static Principal caller(JsonNode document) {
        String person = StoredJson.optionalText(document, "person");
        return new Principal(
                Principal.Kind.valueOf(StoredJson.text(document, "kind")),
                StoredJson.text(document, "id"),
                person == null ? null : PersonId.parse(person),
                StoredJson.text(document, "name"),
                RoleNames.read(StoredJson.text(document, "roles")));
    }
}
