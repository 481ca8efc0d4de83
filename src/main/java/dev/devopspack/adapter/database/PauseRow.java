package dev.devopspack.adapter.database;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// That something is or was paused.
@Entity
@Table(name = "pauses")
class PauseRow {

    @Id @Column String id;

    @Column(insertable = false, updatable = false)
    @Nullable Long position;

    @Column String scope;

    @Column String subject;

    @Column String reason;

    @Column UUID person;

    @Column Instant since;

    @Column String act;

    @Column(name = "lifted_by")
    @Nullable UUID liftedBy;

    @Column(name = "lifted_at")
    @Nullable Instant liftedAt;

    @Column(name = "lifted_act")
    @Nullable String liftedAct;
}
