package dev.devopspack.adapter.database;

import dev.devopspack.change.Digest;
import dev.devopspack.identity.PersonId;
import dev.devopspack.identity.Session;
import dev.devopspack.identity.SessionStore;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;

/// Sessions in PostgreSQL.
@ApplicationScoped
@Transactional
class StoredSessions implements SessionStore, PanacheRepositoryBase<SessionRow, String> {

    private final EntityManager database;

    StoredSessions(EntityManager database) {
        this.database = database;
    }

    @Override
    public void insert(Session session) {
        SessionRow row = new SessionRow();
        row.hash = session.hash().value();
        row.id = session.id();
        row.person = session.person().value();
        row.createdAt = Moments.stored(session.createdAt());
        row.lastSeenAt = Moments.stored(session.lastSeenAt());
        row.expiresAt = Moments.stored(session.expiresAt());
        persist(row);
    }

    @Override
    public Optional<Session> find(Digest hash) {
        return findByIdOptional(hash.value()).map(StoredSessions::session);
    }

    @Override
    public void seen(Digest hash, Instant at) {
        update("lastSeenAt = ?2 where hash = ?1", hash.value(), at);
        database.flush();
        database.clear();
    }

    @Override
    public void remove(Digest hash) {
        deleteById(hash.value());
    }

    @Override
    public void removeOf(PersonId person) {
        delete("person", person.value());
        database.flush();
        database.clear();
    }

    @Override
    public void removeExpired(Instant now) {
        delete("expiresAt <= ?1", now);
        database.flush();
        database.clear();
    }

    private static Session session(SessionRow row) {
        return new Session(
                new Digest(row.hash),
                row.id,
                new PersonId(row.person),
                row.createdAt,
                row.lastSeenAt,
                row.expiresAt);
    }
}
