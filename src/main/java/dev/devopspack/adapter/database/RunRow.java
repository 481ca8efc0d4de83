package dev.devopspack.adapter.database;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;

/// Several tasks that were asked for at once.
@Entity
@Immutable
@Table(name = "runs")
class RunRow {

    @Id @Column String id;
    @Column String document;
    @Column String caller;
    @Column String client;

    @Column(name = "created_at")
    Instant createdAt;
}
