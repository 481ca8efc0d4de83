package dev.devopspack.adapter.database;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;

/// The signed envelope of an approval.
@Entity
@Immutable
@Table(name = "grants")
class GrantRow {

    @Id @Column String approval;

    @Column String envelope;

    @Column Instant at;
}
