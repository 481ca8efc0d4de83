package dev.devopspack.adapter.database;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Where an approval stands: what changes of it.
@Entity
@Table(name = "approval_states")
class ApprovalStateRow {

    @Id @Column String approval;

    @Column String digest;

    @Column String environment;

    @Column String status;

    @Column(name = "decide_by")
    Instant decideBy;

    @Column(name = "not_before")
    @Nullable Instant notBefore;

    @Column(name = "execute_by")
    @Nullable Instant executeBy;

    @Column @Nullable String caller;

    @Column(name = "lease_until")
    @Nullable Instant leaseUntil;

    @Column String note;

    @Column(name = "changed_at")
    Instant changedAt;
}
