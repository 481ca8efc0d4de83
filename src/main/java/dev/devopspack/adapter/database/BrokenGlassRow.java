package dev.devopspack.adapter.database;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What one person let through alone.
@Entity
@Table(name = "broken_glass")
class BrokenGlassRow {

    @Id @Column String approval;

    @Column(insertable = false, updatable = false)
    @Nullable Long position;

    @Column UUID person;

    @Column String incident;

    @Column String reason;

    @Column Instant at;

    @Column String act;

    @Column String skipped;

    @Column(name = "reviewed_by")
    @Nullable UUID reviewedBy;

    @Column(name = "reviewed_at")
    @Nullable Instant reviewedAt;

    @Column @Nullable Boolean justified;

    @Column @Nullable String finding;

    @Column(name = "review_act")
    @Nullable String reviewAct;
}
