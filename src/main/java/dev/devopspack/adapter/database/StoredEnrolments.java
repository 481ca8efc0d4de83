package dev.devopspack.adapter.database;

import dev.devopspack.change.Digest;
import dev.devopspack.identity.EnrolmentLink;
import dev.devopspack.identity.EnrolmentStore;
import dev.devopspack.identity.PersonId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;

/// Enrolment links in PostgreSQL.
@ApplicationScoped
@Transactional
class StoredEnrolments implements EnrolmentStore {

    private static final String LINKS =
            """
            select hash, person, created_at, expires_at, used_at
            from enrolment_links
            """;

    private final Database database;

    StoredEnrolments(Database database) {
        this.database = database;
    }

    @Override
    public void insert(EnrolmentLink link) {
        database.sql(
                        """
                        insert into enrolment_links (hash, person, created_at, expires_at, used_at)
                        values (:hash, :person, :created, :expires, :used)
                        """)
                .with("hash", link.hash().value())
                .with("person", link.person().value())
                .with("created", link.createdAt())
                .with("expires", link.expiresAt())
                .with("used", link.usedAt())
                .update();
    }

    @Override
    public Optional<EnrolmentLink> find(Digest hash) {
        return database.sql(LINKS + " where hash = :hash")
                .with("hash", hash.value())
                .first(StoredEnrolments::link);
    }

    @Override
    public boolean use(Digest hash, Instant now) {
        return database.sql(
                        """
                        update enrolment_links set used_at = :now
                        where hash = :hash and used_at is null and expires_at > :now
                        """)
                .with("hash", hash.value())
                .with("now", now)
                .changesOne();
    }

    @Override
    public void revokeOf(PersonId person, Instant now) {
        database.sql(
                        """
                        update enrolment_links set used_at = :now
                        where person = :person and used_at is null
                        """)
                .with("person", person.value())
                .with("now", now)
                .update();
    }

    private static EnrolmentLink link(Row row) {
        return new EnrolmentLink(
                new Digest(row.text("hash")),
                new PersonId(row.uuid("person")),
                row.instant("created_at"),
                row.instant("expires_at"),
                row.optionalInstant("used_at"));
    }
}
