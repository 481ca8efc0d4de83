package dev.devopspack.adapter.database;

import dev.devopspack.change.Digest;
import dev.devopspack.identity.PersonId;
import dev.devopspack.identity.Session;
import dev.devopspack.identity.SessionStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.util.Optional;

/// Sessions in PostgreSQL.
@ApplicationScoped
@Transactional
class StoredSessions implements SessionStore {

    private static final String SESSIONS =
            """
            select hash, id, person, created_at, last_seen_at, expires_at
            from sessions
            """;

    private final Database database;

    StoredSessions(Database database) {
        this.database = database;
    }

    @Override
    public void insert(Session session) {
        database.sql(
                        """
                        insert into sessions (hash, id, person, created_at, last_seen_at, expires_at)
                        values (:hash, :id, :person, :created, :seen, :expires)
                        """)
                .with("hash", session.hash().value())
                .with("id", session.id())
                .with("person", session.person().value())
                .with("created", session.createdAt())
                .with("seen", session.lastSeenAt())
                .with("expires", session.expiresAt())
                .update();
    }

    @Override
    @Transactional(TxType.SUPPORTS)
    public Optional<Session> find(Digest hash) {
        return database.sql(SESSIONS + " where hash = :hash")
                .with("hash", hash.value())
                .first(StoredSessions::session);
    }

    @Override
    public void seen(Digest hash, Instant at) {
        database.sql("update sessions set last_seen_at = :at where hash = :hash")
                .with("hash", hash.value())
                .with("at", at)
                .update();
    }

    @Override
    public void remove(Digest hash) {
        database.sql("delete from sessions where hash = :hash").with("hash", hash.value()).update();
    }

    @Override
    public void removeOf(PersonId person) {
        database.sql("delete from sessions where person = :person")
                .with("person", person.value())
                .update();
    }

    @Override
    public void removeExpired(Instant now) {
        database.sql("delete from sessions where expires_at <= :now").with("now", now).update();
    }

    private static Session session(Row row) {
        return new Session(
                new Digest(row.text("hash")),
                row.text("id"),
                new PersonId(row.uuid("person")),
                row.instant("created_at"),
                row.instant("last_seen_at"),
                row.instant("expires_at"));
    }
}
