package dev.devopspack.adapter.database;

import dev.devopspack.identity.Passkey;
import dev.devopspack.identity.PasskeyStore;
import dev.devopspack.identity.PersonId;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Passkeys in PostgreSQL.
@ApplicationScoped
@Transactional
class StoredPasskeys implements PasskeyStore, PanacheRepositoryBase<PasskeyRow, String> {

    private final EntityManager database;
    private final Clock clock;

    StoredPasskeys(EntityManager database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public boolean insert(Passkey passkey) {
        return database.createNativeQuery(
                                """
                                insert into passkeys (credential_id, person, public_key, aaguid,
                                    sign_count, backup_eligible, label, created_at)
                                values (:id, :person, :key, :aaguid, :count, :backup, :label, :at)
                                on conflict do nothing
                                """)
                        .setParameter("id", passkey.credentialId())
                        .setParameter("person", passkey.person().value())
                        .setParameter("key", passkey.publicKey())
                        .setParameter("aaguid", passkey.aaguid())
                        .setParameter("count", passkey.signCount())
                        .setParameter("backup", passkey.backupEligible())
                        .setParameter("label", passkey.label())
                        .setParameter("at", Moments.stored(passkey.createdAt()))
                        .executeUpdate()
                == 1;
    }

    @Override
    public Optional<Passkey> find(String credentialId) {
        return findByIdOptional(credentialId)
                .filter(row -> row.removedAt == null)
                .map(StoredPasskeys::passkey);
    }

    @Override
    public List<Passkey> of(PersonId person) {
        return find(
                        "person = ?1 and removedAt is null",
                        Sort.ascending("createdAt", "credentialId"),
                        person.value())
                .stream()
                .map(StoredPasskeys::passkey)
                .toList();
    }

    @Override
    public boolean used(String credentialId, long signCount, Instant at) {
        int changed =
                update(
                        "signCount = ?2, lastUsedAt = ?3 where credentialId = ?1 and removedAt is"
                                + " null and (signCount < ?2 or (signCount = 0 and ?2 = 0))",
                        credentialId,
                        signCount,
                        at);
        database.flush();
        database.clear();
        return changed == 1;
    }

    @Override
    public boolean remove(String credentialId) {
        int changed =
                update(
                        "removedAt = ?2 where credentialId = ?1 and removedAt is null",
                        credentialId,
                        Moments.stored(clock.instant()));
        database.flush();
        database.clear();
        return changed == 1;
    }

    private static Passkey passkey(PasskeyRow row) {
        return new Passkey(
                row.credentialId,
                new PersonId(row.person),
                row.publicKey,
                row.aaguid,
                row.signCount,
                row.backupEligible,
                row.label,
                row.createdAt,
                row.lastUsedAt);
    }
}
