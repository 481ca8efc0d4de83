package dev.devopspack.adapter.database;

import dev.devopspack.identity.Passkey;
import dev.devopspack.identity.PasskeyStore;
import dev.devopspack.identity.PersonId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Passkeys in PostgreSQL.
@ApplicationScoped
@Transactional
class StoredPasskeys implements PasskeyStore {

    private static final String PASSKEYS =
            """
            select credential_id, person, public_key, aaguid, sign_count, backup_eligible,
                label, created_at, last_used_at
            from passkeys
            """;

    private final Database database;
    private final Clock clock;

    StoredPasskeys(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public boolean insert(Passkey passkey) {
        return database.sql(
                        """
                        insert into passkeys (credential_id, person, public_key, aaguid,
                            sign_count, backup_eligible, label, created_at)
                        values (:id, :person, :key, :aaguid, :count, :backup, :label, :at)
                        on conflict do nothing
                        """)
                .with("id", passkey.credentialId())
                .with("person", passkey.person().value())
                .with("key", passkey.publicKey())
                .with("aaguid", passkey.aaguid())
                .with("count", passkey.signCount())
                .with("backup", passkey.backupEligible())
                .with("label", passkey.label())
                .with("at", passkey.createdAt())
                .changesOne();
    }

    @Override
    public Optional<Passkey> find(String credentialId) {
        return database.sql(PASSKEYS + " where credential_id = :id and removed_at is null")
                .with("id", credentialId)
                .first(StoredPasskeys::passkey);
    }

    @Override
    public List<Passkey> of(PersonId person) {
        return database.sql(
                        PASSKEYS
                                + """
                                where person = :person and removed_at is null
                                order by created_at, credential_id
                                """)
                .with("person", person.value())
                .list(StoredPasskeys::passkey);
    }

    @Override
    public boolean used(String credentialId, long signCount, Instant at) {
        return database.sql(
                        """
                        update passkeys set sign_count = :count, last_used_at = :at
                        where credential_id = :id and removed_at is null
                          and (sign_count < :count or (sign_count = 0 and :count = 0))
                        """)
                .with("id", credentialId)
                .with("count", signCount)
                .with("at", at)
                .changesOne();
    }

    @Override
    public boolean remove(String credentialId) {
        return database.sql(
                        """
                        update passkeys set removed_at = :at
                        where credential_id = :id and removed_at is null
                        """)
                .with("id", credentialId)
                .with("at", clock.instant())
                .changesOne();
    }

    private static Passkey passkey(Row row) {
        return new Passkey(
                row.text("credential_id"),
                new PersonId(row.uuid("person")),
                row.text("public_key"),
                row.text("aaguid"),
                row.number("sign_count"),
                row.flag("backup_eligible"),
                row.text("label"),
                row.instant("created_at"),
                row.optionalInstant("last_used_at"));
    }
}
