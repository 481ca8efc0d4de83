package dev.devopspack.adapter.database;

import dev.devopspack.approval.act.Ended;
import dev.devopspack.approval.delegation.Delegation;
import dev.devopspack.approval.delegation.DelegationStore;
import dev.devopspack.change.Digest;
import dev.devopspack.identity.PersonId;
import dev.devopspack.task.Environment;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Delegations in PostgreSQL.
@ApplicationScoped
@Transactional
class StoredDelegations implements DelegationStore {

    private static final String DELEGATIONS =
            """
            select id, from_person, to_person, environment, reason, since, until, act, ended_by,
                ended_at, ended_act
            from delegations
            """;

    private final Database database;

    StoredDelegations(Database database) {
        this.database = database;
    }

    @Override
    public void insert(Delegation delegation) {
        database.sql(
                        """
                        insert into delegations (id, from_person, to_person, environment, reason,
                            since, until, act)
                        values (:id, :from, :to, :environment, :reason, :since, :until, :act)
                        """)
                .with("id", delegation.id())
                .with("from", delegation.from().value())
                .with("to", delegation.to().value())
                .with("environment", delegation.environment().value())
                .with("reason", delegation.reason())
                .with("since", delegation.since())
                .with("until", delegation.until())
                .with("act", delegation.act().value())
                .update();
    }

    @Override
    public boolean end(String id, Ended ended) {
        return Endings.ends(
                database.sql(
                        """
                        update delegations set ended_by = :by, ended_at = :at, ended_act = :act
                        where id = :id and ended_at is null
                        """),
                id,
                ended);
    }

    @Override
    public Optional<Delegation> find(String id) {
        return database.sql(DELEGATIONS + " where id = :id")
                .with("id", id)
                .first(StoredDelegations::delegation);
    }

    @Override
    public List<Delegation> running(PersonId to, Instant now) {
        return database.sql(
                        DELEGATIONS
                                + """
                                where to_person = :to and ended_at is null and until > :now
                                order by position
                                """)
                .with("to", to.value())
                .with("now", now)
                .list(StoredDelegations::delegation);
    }

    @Override
    public List<Delegation> newest(int limit) {
        return database.sql(DELEGATIONS + " order by position desc limit :limit")
                .with("limit", limit)
                .list(StoredDelegations::delegation);
    }

    private static Delegation delegation(Row row) {
        return new Delegation(
                row.text("id"),
                new PersonId(row.uuid("from_person")),
                new PersonId(row.uuid("to_person")),
                new Environment(row.text("environment")),
                row.text("reason"),
                row.instant("since"),
                row.instant("until"),
                new Digest(row.text("act")),
                Endings.ended(row, "ended"));
    }
}
