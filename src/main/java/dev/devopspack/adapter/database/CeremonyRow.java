package dev.devopspack.adapter.database;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A challenge that was given out.
@Entity
@Table(name = "ceremonies")
class CeremonyRow {

    @Id @Column String challenge;

    @Column String purpose;

    @Column @Nullable UUID person;

    @Column String document;

    @Column(name = "expires_at")
    Instant expiresAt;
}
