package dev.devopspack.adapter.database;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/// What the gates said at one time.
@Entity
@Immutable
@Table(name = "verdicts")
class VerdictRow {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Nullable Long position;

    @Column(name = "change_set")
    String changeSet;

    @Column String digest;
    @Column String document;
    @Column Instant at;
}
