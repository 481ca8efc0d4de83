package dev.devopspack.adapter.database;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A one-time link.
@Entity
@Table(name = "enrolment_links")
class EnrolmentRow {

    @Id @Column String hash;

    @Column UUID person;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "expires_at")
    Instant expiresAt;

    @Column(name = "used_at")
    @Nullable Instant usedAt;
}
