package dev.devopspack.adapter.database;

import dev.devopspack.identity.PersonId;
import dev.devopspack.identity.company.CompanyIdentities;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Who somebody is at the company's identity provider, in PostgreSQL.
@ApplicationScoped
@Transactional
class StoredCompanyIdentities implements CompanyIdentities {

    private final EntityManager database;

    StoredCompanyIdentities(EntityManager database) {
        this.database = database;
    }

    @Override
    public Optional<PersonId> find(String issuer, String subject) {
        List<?> people =
                database.createNativeQuery(
                                """
                                select person from company_identities
                                where issuer = :issuer and subject = :subject
                                """)
                        .setParameter("issuer", issuer)
                        .setParameter("subject", subject)
                        .getResultList();
        return people.isEmpty()
                ? Optional.empty()
                : Optional.of(new PersonId((UUID) people.getFirst()));
    }

    @Override
    public void insert(String issuer, String subject, PersonId person, Instant at) {
        database.flush();
        database.createNativeQuery(
                        """
                        insert into company_identities (issuer, subject, person, created_at)
                        values (:issuer, :subject, :person, :at)
                        """)
                .setParameter("issuer", issuer)
                .setParameter("subject", subject)
                .setParameter("person", person.value())
                .setParameter("at", Moments.stored(at))
                .executeUpdate();
    }
}
