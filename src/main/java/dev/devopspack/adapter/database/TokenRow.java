package dev.devopspack.adapter.database;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A bearer token, its secret hashed.
@Entity
@Table(name = "tokens")
class TokenRow {

    @Id @Column String id;

    @Column String hash;

    @Column UUID person;

    @Column String label;

    @Column String roles;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "expires_at")
    Instant expiresAt;

    @Column(name = "revoked_at")
    @Nullable Instant revokedAt;

    @Column(name = "last_used_at")
    @Nullable Instant lastUsedAt;
}
