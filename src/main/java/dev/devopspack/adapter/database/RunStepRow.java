package dev.devopspack.adapter.database;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One task of a run, and what it came to.
@Entity
@Table(name = "run_steps")
@IdClass(RunStepRow.Key.class)
class RunStepRow {

    record Key(String run, int position) implements Serializable {}

    @Id @Column String run;
    @Id @Column int position;
    @Column int attempts;
    @Column @Nullable String result;

    @Column(name = "ended_at")
    @Nullable Instant endedAt;
}
