package dev.devopspack.adapter.database;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/// One line of the log, for reading; {@link StoredAuditLog} appends.
@Entity
@Immutable
@Table(name = "audit_entries")
class AuditRow {

    @Id Long sequence;
    @Column Instant at;
    @Column String kind;
    @Column String actor;

    @Column(name = "change_set")
    @Nullable String changeSet;

    @Column @Nullable String environment;
    @Column String leaf;

    @Column(name = "leaf_hash")
    byte[] leafHash;

    @Column(name = "chain_hash")
    byte[] chainHash;
}
