package dev.devopspack.adapter.database;

import dev.devopspack.identity.Ceremony;
import dev.devopspack.identity.CeremonyStore;
import dev.devopspack.identity.PersonId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// Open challenges in PostgreSQL.
@ApplicationScoped
@Transactional
class StoredCeremonies implements CeremonyStore {

    private final Database database;

    StoredCeremonies(Database database) {
        this.database = database;
    }

    @Override
    public void insert(Ceremony ceremony) {
        PersonId person = ceremony.person();
        database.sql(
                        """
                        insert into ceremonies (challenge, purpose, person, document, expires_at)
                        values (:challenge, :purpose, :person, :document, :expires)
                        """)
                .with("challenge", ceremony.challenge())
                .with("purpose", ceremony.purpose().name())
                .with("person", person == null ? null : person.value())
                .with("document", ceremony.document())
                .with("expires", ceremony.expiresAt())
                .update();
    }

    /// Of those who ask at once, the one whose deletion removed the row gets it.
    @Override
    public Optional<Ceremony> take(String challenge, Ceremony.Purpose purpose, Instant now) {
        return database.sql(
                        """
                        delete from ceremonies
                        where challenge = :challenge and purpose = :purpose
                        returning challenge, purpose, person, document, expires_at
                        """)
                .with("challenge", challenge)
                .with("purpose", purpose.name())
                .first(StoredCeremonies::ceremony)
                .filter(ceremony -> now.isBefore(ceremony.expiresAt()));
    }

    @Override
    public void removeExpired(Instant now) {
        database.sql("delete from ceremonies where expires_at <= :now").with("now", now).update();
    }

    private static Ceremony ceremony(Row row) {
        UUID person = row.optionalUuid("person");
        return new Ceremony(
                row.text("challenge"),
                Ceremony.Purpose.valueOf(row.text("purpose")),
                person == null ? null : new PersonId(person),
                row.text("document"),
                row.instant("expires_at"));
    }
}
