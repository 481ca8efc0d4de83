package dev.devopspack.adapter.database;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/// What people are asked.
@Entity
@Immutable
@Table(name = "approval_requests")
class ApprovalRequestRow {

    @Id @Column String id;

    @Column(insertable = false, updatable = false)
    @Nullable Long position;

    @Column(name = "change_set")
    String changeSet;

    @Column String digest;

    @Column String verdicts;

    @Column(name = "rendering_version")
    String renderingVersion;

    @Column String rendering;

    @Column String environment;

    @Column String stack;

    @Column String principal;

    @Column @Nullable String person;

    @Column String policy;

    @Column int quorum;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "decide_by")
    Instant decideBy;

    @Column(name = "execute_seconds")
    long executeSeconds;
}
