package dev.devopspack.adapter.database;

import dev.devopspack.approval.act.Ended;
import dev.devopspack.approval.pause.Pause;
import dev.devopspack.approval.pause.PauseScope;
import dev.devopspack.approval.pause.PauseStore;
import dev.devopspack.change.Digest;
import dev.devopspack.identity.PersonId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Pauses in PostgreSQL: read by every replica each time, so that none works on.
@ApplicationScoped
@Transactional
class StoredPauses implements PauseStore {

    private static final Comparator<Pause> WIDEST_FIRST =
            Comparator.comparing((Pause pause) -> pause.scope().kind())
                    .thenComparing(Pause::since)
                    .thenComparing(Pause::id);

    private static final String PAUSES =
            """
            select id, scope, subject, reason, person, since, act, lifted_by, lifted_at,
                lifted_act
            from pauses
            """;

    private final Database database;

    StoredPauses(Database database) {
        this.database = database;
    }

    @Override
    public boolean insert(Pause pause) {
        return database.sql(
                        """
                        insert into pauses (id, scope, subject, reason, person, since, act)
                        values (:id, :scope, :subject, :reason, :person, :since, :act)
                        on conflict (scope, subject) where lifted_at is null do nothing
                        """)
                .with("id", pause.id())
                .with("scope", pause.scope().kind().name())
                .with("subject", pause.scope().subject())
                .with("reason", pause.reason())
                .with("person", pause.by().value())
                .with("since", pause.since())
                .with("act", pause.act().value())
                .changesOne();
    }

    @Override
    public boolean lift(String id, Ended lifted) {
        return Endings.ends(
                database.sql(
                        """
                        update pauses set lifted_by = :by, lifted_at = :at, lifted_act = :act
                        where id = :id and lifted_at is null
                        """),
                id,
                lifted);
    }

    @Override
    public Optional<Pause> find(String id) {
        return database.sql(PAUSES + " where id = :id").with("id", id).first(StoredPauses::pause);
    }

    @Override
    @Transactional(TxType.SUPPORTS)
    public List<Pause> active() {
        return database.sql(PAUSES + " where lifted_at is null").list(StoredPauses::pause).stream()
                .sorted(WIDEST_FIRST)
                .toList();
    }

    @Override
    public List<Pause> newest(int limit) {
        return database.sql(PAUSES + " order by position desc limit :limit")
                .with("limit", limit)
                .list(StoredPauses::pause);
    }

    private static Pause pause(Row row) {
        return new Pause(
                row.text("id"),
                new PauseScope(PauseScope.Kind.valueOf(row.text("scope")), row.text("subject")),
                row.text("reason"),
                new PersonId(row.uuid("person")),
                row.instant("since"),
                new Digest(row.text("act")),
                Endings.ended(row, "lifted"));
    }
}
