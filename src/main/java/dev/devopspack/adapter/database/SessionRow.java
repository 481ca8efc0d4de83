package dev.devopspack.adapter.database;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/// A session, its secret hashed.
@Entity
@Table(name = "sessions")
class SessionRow {

    @Id @Column String hash;

    @Column String id;

    @Column UUID person;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "last_seen_at")
    Instant lastSeenAt;

    @Column(name = "expires_at")
    Instant expiresAt;
}
