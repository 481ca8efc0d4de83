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
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Waivers in PostgreSQL.
@ApplicationScoped
@Transactional
class StoredWaivers implements WaiverStore {

    private final EntityManager database;

    StoredWaivers(EntityManager database) {
        this.database = database;
    }

    @Override
    public void insert(Waiver waiver) {
        WaiverRow row = new WaiverRow();
        row.id = waiver.id();
        row.rule = waiver.scope().rule();
        row.file = waiver.scope().file();
        row.resource = waiver.scope().resource();
        row.message = waiver.scope().message();
        row.stack = waiver.scope().stack().value();
        row.environment = waiver.scope().environment().value();
        row.reason = waiver.reason();
        row.person = waiver.by().value();
        row.since = Moments.stored(waiver.since());
        row.until = Moments.stored(waiver.until());
        row.act = waiver.act().value();
        database.persist(row);
        database.flush();
    }

    @Override
    public boolean end(String id, Ended ended) {
        return OneRow.ends(
                database,
                """
                update WaiverRow set endedBy = :by, endedAt = :at, endedAct = :act
                where id = :id and endedAt is null
                """,
                id,
                ended);
    }

    @Override
    public Optional<Waiver> find(String id) {
        return Optional.ofNullable(database.find(WaiverRow.class, id)).map(StoredWaivers::waiver);
    }

    @Override
    public List<Waiver> running(StackName stack, Environment environment, Instant now) {
        return database.createQuery(
                        """
                        from WaiverRow where stack = :stack and environment = :environment
                            and endedAt is null and until > :now order by position
                        """,
                        WaiverRow.class)
                .setParameter("stack", stack.value())
                .setParameter("environment", environment.value())
                .setParameter("now", now)
                .getResultStream()
                .map(StoredWaivers::waiver)
                .toList();
    }

    @Override
    public List<Waiver> running(Instant now) {
        return database.createQuery(
                        "from WaiverRow where endedAt is null and until > :now order by until, id",
                        WaiverRow.class)
                .setParameter("now", now)
                .getResultStream()
                .map(StoredWaivers::waiver)
                .toList();
    }

    @Override
    public List<Waiver> newest(int limit) {
        return database.createQuery("from WaiverRow order by position desc", WaiverRow.class)
                .setMaxResults(limit)
                .getResultStream()
                .map(StoredWaivers::waiver)
                .toList();
    }

    @Override
    public void used(ChangeSetId changeSet, Digest verdicts, List<String> waivers) {
        for (String waiver : waivers) {
            database.createNativeQuery(
                            """
                            insert into waiver_uses (change_set, verdicts, waiver)
                            values (:changeSet, :verdicts, :waiver) on conflict do nothing
                            """)
                    .setParameter("changeSet", changeSet.value())
                    .setParameter("verdicts", verdicts.value())
                    .setParameter("waiver", waiver)
                    .executeUpdate();
        }
    }

    @Override
    public List<Waiver> usedBy(ChangeSetId changeSet, Digest verdicts) {
        return database.createNativeQuery(
                        """
                        select w.* from waiver_uses u join waivers w on w.id = u.waiver
                        where u.change_set = :changeSet and u.verdicts = :verdicts
                        order by w.position
                        """,
                        WaiverRow.class)
                .setParameter("changeSet", changeSet.value())
                .setParameter("verdicts", verdicts.value())
                .getResultStream()
                .map(row -> waiver((WaiverRow) row))
                .toList();
    }

    private static Waiver waiver(WaiverRow row) {
        return new Waiver(
                row.id,
                new WaiverScope(
                        row.rule,
                        row.file,
                        row.resource,
                        row.message,
                        new StackName(row.stack),
                        new Environment(row.environment)),
                row.reason,
                new PersonId(row.person),
                row.since,
                row.until,
                new Digest(row.act),
                OneRow.ended(row.endedBy, row.endedAt, row.endedAct));
    }
}
