package dev.devopspack.adapter.database;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A registered passkey.
@Entity
@Table(name = "passkeys")
class PasskeyRow {

    @Id
    @Column(name = "credential_id")
    String credentialId;

    @Column UUID person;

    @Column(name = "public_key")
    String publicKey;

    @Column String aaguid;

    @Column(name = "sign_count")
    long signCount;

    @Column(name = "backup_eligible")
    boolean backupEligible;

    @Column String label;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "last_used_at")
    @Nullable Instant lastUsedAt;

    @Column(name = "removed_at")
    @Nullable Instant removedAt;
}
