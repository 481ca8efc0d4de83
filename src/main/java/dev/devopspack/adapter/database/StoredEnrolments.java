package dev.devopspack.adapter.database;

import dev.devopspack.change.Digest;
import dev.devopspack.identity.EnrolmentLink;
import dev.devopspack.identity.EnrolmentStore;
import dev.devopspack.identity.PersonId;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;

/// Enrolment links in PostgreSQL.
@ApplicationScoped
@Transactional
class StoredEnrolments implements EnrolmentStore, PanacheRepositoryBase<EnrolmentRow, String> {

    private final EntityManager database;

    StoredEnrolments(EntityManager database) {
        this.database = database;
    }

    @Override
    public void insert(EnrolmentLink link) {
        EnrolmentRow row = new EnrolmentRow();
        row.hash = link.hash().value();
        row.person = link.person().value();
        row.createdAt = Moments.stored(link.createdAt());
        row.expiresAt = Moments.stored(link.expiresAt());
        row.usedAt = link.usedAt();
        persist(row);
    }

    @Override
    public Optional<EnrolmentLink> find(Digest hash) {
        return findByIdOptional(hash.value()).map(StoredEnrolments::link);
    }

    @Override
    public boolean use(Digest hash, Instant now) {
        int changed =
                update(
                        "usedAt = ?2 where hash = ?1 and usedAt is null and expiresAt > ?2",
                        hash.value(),
                        now);
        database.flush();
        database.clear();
        return changed == 1;
    }

    @Override
    public void revokeOf(PersonId person, Instant now) {
        update("usedAt = ?2 where person = ?1 and usedAt is null", person.value(), now);
        database.flush();
        database.clear();
    }

    private static EnrolmentLink link(EnrolmentRow row) {
        return new EnrolmentLink(
                new Digest(row.hash),
                new PersonId(row.person),
                row.createdAt,
                row.expiresAt,
                row.usedAt);
    }
}
