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
import jakarta.persistence.EntityManager;
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

    private final EntityManager database;

    StoredRuns(EntityManager database) {
        this.database = database;
    }

    @Override
    public void create(Run run) {
        RunRow row = new RunRow();
        row.id = run.id().value();
        row.document = run.document();
        row.caller = StoredJson.write(caller(run.caller()));
        row.client = run.client();
        row.createdAt = Moments.stored(run.createdAt());
        database.persist(row);
        for (RunStep step : run.steps()) {
            RunStepRow stepRow = new RunStepRow();
            stepRow.run = row.id;
            stepRow.position = step.position();
            database.persist(stepRow);
        }
        database.flush();
    }

    @Override
    public Optional<Run> find(RunId id) {
        return Optional.ofNullable(database.find(RunRow.class, id.value())).map(this::restored);
    }

    private Run restored(RunRow row) {
        List<RunStep> steps =
                database.createQuery(
                                "from RunStepRow where run = :run order by position",
                                RunStepRow.class)
                        .setParameter("run", row.id)
                        .getResultStream()
                        .map(step ->
                                new RunStep(
                                        step.position,
                                        step.attempts,
                                        result(step.result),
                                        step.endedAt))
                        .toList();
        return new Run(
                new RunId(row.id),
                caller(StoredJson.read(row.caller)),
                row.client,
                row.document,
                row.createdAt,
                steps);
    }

    @Override
    public int begin(RunId id, int position) {
        List<?> attempts =
                database.createNativeQuery(
                                """
                                update run_steps set attempts = attempts + 1
                                where run = :run and position = :position and result is null
                                returning attempts
                                """)
                        .setParameter("run", id.value())
                        .setParameter("position", position)
                        .getResultList();
        return attempts.isEmpty() ? 0 : ((Number) attempts.getFirst()).intValue();
    }

    @Override
    public boolean end(RunId id, int position, StepResult result, Instant at) {
        return database.createNativeQuery(
                                """
                                update run_steps set result = :result, ended_at = :at
                                where run = :run and position = :position and result is null
                                """)
                        .setParameter("result", StoredJson.write(result))
                        .setParameter("at", Moments.stored(at))
                        .setParameter("run", id.value())
                        .setParameter("position", position)
                        .executeUpdate()
                == 1;
    }

    @Override
    public int forgetBefore(Instant limit) {
        return database.createNativeQuery(
                        """
                        delete from runs r where created_at < :limit and not exists (
                            select 1 from run_steps s where s.run = r.id and s.result is null)
                        """)
                .setParameter("limit", limit)
                .executeUpdate();
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
