package dev.devopspack.adapter.database;

import dev.devopspack.identity.PersonId;
import dev.devopspack.identity.company.CompanyIdentities;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;

/// Who somebody is at the company's identity provider, in PostgreSQL.
@ApplicationScoped
@Transactional
class StoredCompanyIdentities implements CompanyIdentities {

    private final Database database;

    StoredCompanyIdentities(Database database) {
        this.database = database;
    }

    @Override
    public Optional<PersonId> find(String issuer, String subject) {
        return database.sql(
                        """
                        select person from company_identities
                        where issuer = :issuer and subject = :subject
                        """)
                .with("issuer", issuer)
                .with("subject", subject)
                .first(row -> new PersonId(row.uuid("person")));
    }

    @Override
    public void insert(String issuer, String subject, PersonId person, Instant at) {
        database.sql(
                        """
                        insert into company_identities (issuer, subject, person, created_at)
                        values (:issuer, :subject, :person, :at)
                        """)
                .with("issuer", issuer)
                .with("subject", subject)
                .with("person", person.value())
                .with("at", at)
                .update();
    }
}
