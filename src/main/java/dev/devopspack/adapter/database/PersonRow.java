package dev.devopspack.adapter.database;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/// A person.
@Entity
@Table(name = "people")
class PersonRow {

    @Id @Column UUID id;

    @Column(name = "display_name")
    String displayName;

    @Column String roles;

    @Column(name = "created_at", updatable = false)
    Instant createdAt;

    @Column boolean active;

    @Column String approves;

    @Column(name = "commits_as")
    String commitsAs;
}
