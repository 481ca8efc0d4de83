package dev.devopspack.adapter.database;

import dev.devopspack.approval.act.Ended;
import dev.devopspack.approval.waiver.Waiver;
import dev.devopspack.approval.waiver.WaiverScope;
import dev.devopspack.approval.waiver.WaiverStore;
import dev.devopspack.change.ChangeSetId;
import dev.devopspack.change.Digest;
import dev.devopspack.identity.PersonId;
import dev.devopspack.task.Environment;
import dev.devopspack.task.StackName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Waivers in PostgreSQL.
@ApplicationScoped
@Transactional
class StoredWaivers implements WaiverStore {

    private static final String WAIVERS =
            """
            select id, rule, file, resource, message, stack, environment, reason, person, since,
                until, act, ended_by, ended_at, ended_act
            from waivers
            """;

    private final Database database;

    StoredWaivers(Database database) {
        this.database = database;
    }

    @Override
    public void insert(Waiver waiver) {
        WaiverScope scope = waiver.scope();
        database.sql(
                        """
                        insert into waivers (id, rule, file, resource, message, stack, environment,
                            reason, person, since, until, act)
                        values (:id, :rule, :file, :resource, :message, :stack, :environment,
                            :reason, :person, :since, :until, :act)
                        """)
                .with("id", waiver.id())
                .with("rule", scope.rule())
                .with("file", scope.file())
                .with("resource", scope.resource())
                .with("message", scope.message())
                .with("stack", scope.stack().value())
                .with("environment", scope.environment().value())
                .with("reason", waiver.reason())
                .with("person", waiver.by().value())
                .with("since", waiver.since())
                .with("until", waiver.until())
                .with("act", waiver.act().value())
                .update();
    }

    @Override
    public boolean end(String id, Ended ended) {
        return Endings.ends(
                database.sql(
                        """
                        update waivers set ended_by = :by, ended_at = :at, ended_act = :act
                        where id = :id and ended_at is null
                        """),
                id,
                ended);
    }

    @Override
    public Optional<Waiver> find(String id) {
        return database.sql(WAIVERS + " where id = :id")
                .with("id", id)
                .first(StoredWaivers::waiver);
    }

    @Override
    public List<Waiver> running(StackName stack, Environment environment, Instant now) {
        return database.sql(
                        WAIVERS
                                + """
                                where stack = :stack and environment = :environment
                                  and ended_at is null and until > :now
                                order by position
                                """)
                .with("stack", stack.value())
                .with("environment", environment.value())
                .with("now", now)
                .list(StoredWaivers::waiver);
    }

    @Override
    public List<Waiver> running(Instant now) {
        return database.sql(
                        WAIVERS
                                + """
                                where ended_at is null and until > :now
                                order by until, id
                                """)
                .with("now", now)
                .list(StoredWaivers::waiver);
    }

    @Override
    public List<Waiver> newest(int limit) {
        return database.sql(WAIVERS + " order by position desc limit :limit")
                .with("limit", limit)
                .list(StoredWaivers::waiver);
    }

    /// In their order, so that of two that use the same ones none waits for the other for ever.
    @Override
    public void used(ChangeSetId changeSet, Digest verdicts, List<String> waivers) {
        database.sql(
                        """
                        insert into waiver_uses (change_set, verdicts, waiver)
                        select :changeSet, :verdicts, unnest(:waivers) on conflict do nothing
                        """)
                .with("changeSet", changeSet.value())
                .with("verdicts", verdicts.value())
                .withTexts("waivers", waivers.stream().sorted().toList())
                .update();
    }

    @Override
    public List<Waiver> usedBy(ChangeSetId changeSet, Digest verdicts) {
        return database.sql(
                        WAIVERS
                                + """
                                where id in (select waiver from waiver_uses
                                             where change_set = :changeSet
                                               and verdicts = :verdicts)
                                order by position
                                """)
                .with("changeSet", changeSet.value())
                .with("verdicts", verdicts.value())
                .list(StoredWaivers::waiver);
    }

    private static Waiver waiver(Row row) {
        return new Waiver(
                row.text("id"),
                new WaiverScope(
                        row.text("rule"),
                        row.text("file"),
                        row.text("resource"),
                        row.text("message"),
                        new StackName(row.text("stack")),
                        new Environment(row.text("environment"))),
                row.text("reason"),
                new PersonId(row.uuid("person")),
                row.instant("since"),
                row.instant("until"),
                new Digest(row.text("act")),
                Endings.ended(row, "ended"));
    }
}
