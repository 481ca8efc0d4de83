package dev.devopspack.adapter.database;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/// A row of `change_sets`. What is shown in lists stands beside the manifest that it is taken from.
@Entity
@Immutable
@Table(name = "change_sets")
class ChangeSetRow {

    @Id String id;

    /// Given by the database: the order in which they were stored.
    @Column(insertable = false, updatable = false)
    @Nullable Long position;

    @Column String digest;
    @Column String manifest;

    @Column(name = "masked_plan")
    @Nullable String maskedPlan;

    @Column String claims;
    @Column @Nullable String environment;
    @Column String stack;
    @Column @Nullable String repository;

    @Column(name = "commit_id")
    @Nullable String commitId;

    @Column String principal;
    @Column @Nullable String person;
    @Column String client;

    @Column(name = "created_at")
    Instant createdAt;
}
