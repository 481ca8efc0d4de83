package dev.devopspack.adapter.database;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// That a person accepts a finding for a while.
@Entity
@Table(name = "waivers")
class WaiverRow {

    @Id @Column String id;

    @Column(insertable = false, updatable = false)
    @Nullable Long position;

    @Column String rule;

    @Column String file;

    @Column String resource;

    @Column String message;

    @Column String stack;

    @Column String environment;

    @Column String reason;

    @Column UUID person;

    @Column Instant since;

    @Column Instant until;

    @Column String act;

    @Column(name = "ended_by")
    @Nullable UUID endedBy;

    @Column(name = "ended_at")
    @Nullable Instant endedAt;

    @Column(name = "ended_act")
    @Nullable String endedAct;
}
