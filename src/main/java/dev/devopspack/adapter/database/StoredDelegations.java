package dev.devopspack.adapter.database;

import dev.devopspack.approval.act.Ended;
import dev.devopspack.approval.delegation.Delegation;
import dev.devopspack.approval.delegation.DelegationStore;
import dev.devopspack.change.Digest;
import dev.devopspack.identity.PersonId;
import dev.devopspack.task.Environment;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Delegations in PostgreSQL.
@ApplicationScoped
@Transactional
class StoredDelegations implements DelegationStore {

    private final EntityManager database;

    StoredDelegations(EntityManager database) {
        this.database = database;
    }

    @Override
    public void insert(Delegation delegation) {
        DelegationRow row = new DelegationRow();
        row.id = delegation.id();
        row.fromPerson = delegation.from().value();
        row.toPerson = delegation.to().value();
        row.environment = delegation.environment().value();
        row.reason = delegation.reason();
        row.since = Moments.stored(delegation.since());
        row.until = Moments.stored(delegation.until());
        row.act = delegation.act().value();
        database.persist(row);
        database.flush();
    }

    @Override
    public boolean end(String id, Ended ended) {
        return OneRow.ends(
                database,
                """
                update DelegationRow
                set endedBy = :by, endedAt = :at, endedAct = :act
                where id = :id and endedAt is null
                """,
                id,
                ended);
    }

    @Override
    public Optional<Delegation> find(String id) {
        return Optional.ofNullable(database.find(DelegationRow.class, id))
                .map(StoredDelegations::delegation);
    }

    @Override
    public List<Delegation> running(PersonId to, Instant now) {
        return database.createQuery(
                        """
                        from DelegationRow where toPerson = :to and endedAt is null
                            and until > :now order by position
                        """,
                        DelegationRow.class)
                .setParameter("to", to.value())
                .setParameter("now", now)
                .getResultStream()
                .map(StoredDelegations::delegation)
                .toList();
    }

    @Override
    public List<Delegation> newest(int limit) {
        return database.createQuery(
                        "from DelegationRow order by position desc", DelegationRow.class)
                .setMaxResults(limit)
                .getResultStream()
                .map(StoredDelegations::delegation)
                .toList();
    }

    private static Delegation delegation(DelegationRow row) {
        return new Delegation(
                row.id,
                new PersonId(row.fromPerson),
                new PersonId(row.toPerson),
                new Environment(row.environment),
                row.reason,
                row.since,
                row.until,
                new Digest(row.act),
                OneRow.ended(row.endedBy, row.endedAt, row.endedAct));
    }
}
