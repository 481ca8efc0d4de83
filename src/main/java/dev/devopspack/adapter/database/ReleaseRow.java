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

/// That a change set was released, or failed after that.
@Entity
@Immutable
@Table(name = "releases")
class ReleaseRow {

    enum State {
        RELEASED,
        FAILED
    }

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Nullable Long position;

    @Column(name = "change_set")
    String changeSet;

    @Column String stack;
    @Column String state;
    @Column Instant at;

    static ReleaseRow of(ChangeSetRow changeSet, State state, Instant at) {
        ReleaseRow row = new ReleaseRow();
        row.changeSet = changeSet.id;
        row.stack = changeSet.stack;
        row.state = state.name();
        row.at = at;
        return row;
    }
}
