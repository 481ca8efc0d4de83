package dev.devopspack.adapter.database;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// That one person decides in another's place.
@Entity
@Table(name = "delegations")
class DelegationRow {

    @Id @Column String id;

    @Column(insertable = false, updatable = false)
    @Nullable Long position;

    @Column(name = "from_person")
    UUID fromPerson;

    @Column(name = "to_person")
    UUID toPerson;

    @Column String environment;

    @Column String reason;

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
