package dev.devopspack.adapter.database;

import dev.devopspack.approval.act.Ended;
import dev.devopspack.approval.pause.Pause;
import dev.devopspack.approval.pause.PauseScope;
import dev.devopspack.approval.pause.PauseStore;
import dev.devopspack.change.Digest;
import dev.devopspack.identity.PersonId;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Pauses in PostgreSQL: read by every replica each time, so that none works on.
@ApplicationScoped
@Transactional
class StoredPauses implements PauseStore, PanacheRepositoryBase<PauseRow, String> {

    private static final Comparator<Pause> WIDEST_FIRST =
            Comparator.comparing((Pause pause) -> pause.scope().kind())
                    .thenComparing(Pause::since)
                    .thenComparing(Pause::id);

    private final EntityManager database;

    StoredPauses(EntityManager database) {
        this.database = database;
    }

    @Override
    public boolean insert(Pause pause) {
        return database.createNativeQuery(
                                """
                                insert into pauses (id, scope, subject, reason, person, since, act)
                                values (:id, :scope, :subject, :reason, :person, :since, :act)
                                on conflict (scope, subject) where lifted_at is null do nothing
                                """)
                        .setParameter("id", pause.id())
                        .setParameter("scope", pause.scope().kind().name())
                        .setParameter("subject", pause.scope().subject())
                        .setParameter("reason", pause.reason())
                        .setParameter("person", pause.by().value())
                        .setParameter("since", Moments.stored(pause.since()))
                        .setParameter("act", pause.act().value())
                        .executeUpdate()
                == 1;
    }

    @Override
    public boolean lift(String id, Ended lifted) {
        return OneRow.ends(
                database,
                """
                update PauseRow
                set liftedBy = :by, liftedAt = :at, liftedAct = :act
                where id = :id and liftedAt is null
                """,
                id,
                lifted);
    }

    @Override
    public Optional<Pause> find(String id) {
        return findByIdOptional(id).map(StoredPauses::pause);
    }

    @Override
    public List<Pause> active() {
        return list("liftedAt is null").stream()
                .map(StoredPauses::pause)
                .sorted(WIDEST_FIRST)
                .toList();
    }

    @Override
    public List<Pause> newest(int limit) {
        List<PauseRow> rows = findAll(Sort.descending("position")).page(0, limit).list();
        return rows.stream().map(StoredPauses::pause).toList();
    }

    private static Pause pause(PauseRow row) {
        return new Pause(
                row.id,
                new PauseScope(PauseScope.Kind.valueOf(row.scope), row.subject),
                row.reason,
                new PersonId(row.person),
                row.since,
                new Digest(row.act),
                OneRow.ended(row.liftedBy, row.liftedAt, row.liftedAct));
    }
}
