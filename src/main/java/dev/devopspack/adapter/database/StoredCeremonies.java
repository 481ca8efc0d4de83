package dev.devopspack.adapter.database;

import dev.devopspack.identity.Ceremony;
import dev.devopspack.identity.CeremonyStore;
import dev.devopspack.identity.PersonId;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;

/// Open challenges in PostgreSQL.
@ApplicationScoped
@Transactional
class StoredCeremonies implements CeremonyStore, PanacheRepositoryBase<CeremonyRow, String> {

    private final EntityManager database;

    StoredCeremonies(EntityManager database) {
        this.database = database;
    }

    @Override
    public void insert(Ceremony ceremony) {
        PersonId person = ceremony.person();
        CeremonyRow row = new CeremonyRow();
        row.challenge = ceremony.challenge();
        row.purpose = ceremony.purpose().name();
        row.person = person == null ? null : person.value();
        row.document = ceremony.document();
        row.expiresAt = Moments.stored(ceremony.expiresAt());
        persist(row);
    }

    /// Of those who read the row, the one whose deletion removed it got it.
    @Override
    public Optional<Ceremony> take(String challenge, Ceremony.Purpose purpose, Instant now) {
        Optional<Ceremony> found =
                find("challenge = ?1 and purpose = ?2", challenge, purpose.name())
                        .firstResultOptional()
                        .map(StoredCeremonies::ceremony);
        if (found.isEmpty()) {
            return found;
        }
        long removed = delete("challenge", challenge);
        database.flush();
        database.clear();
        return found.filter(ceremony -> removed == 1 && now.isBefore(ceremony.expiresAt()));
    }

    @Override
    public void removeExpired(Instant now) {
        delete("expiresAt <= ?1", now);
        database.flush();
        database.clear();
    }

    private static Ceremony ceremony(CeremonyRow row) {
        return new Ceremony(
                row.challenge,
                Ceremony.Purpose.valueOf(row.purpose),
                row.person == null ? null : new PersonId(row.person),
                row.document,
                row.expiresAt);
    }
}
