package dev.devopspack.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What is looked for in the log. A field that is null does not narrow the search.
///
/// @param before only entries with a lower sequence number: the cursor of the next page
/// @param limit 1 to {@link #MAX_LIMIT}
/// @param agent only what this agent received or wrote, for example `devops_terraform`
public record AuditQuery(
        @Nullable String kind,
        @Nullable String actor,
        @Nullable String changeSet,
        @Nullable String environment,
        @Nullable Instant from,
        @Nullable Instant until,
        @Nullable Long before,
        int limit,
        @Nullable String agent) {

    /// A page of a list; exports read on with the cursor.
    public static final int MAX_LIMIT = 500;

    public AuditQuery {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit is 1 to " + MAX_LIMIT);
        }
    }

    public AuditQuery(
            @Nullable String kind,
            @Nullable String actor,
            @Nullable String changeSet,
            @Nullable String environment,
            @Nullable Instant from,
            @Nullable Instant until,
            @Nullable Long before,
            int limit) {
        this(kind, actor, changeSet, environment, from, until, before, limit, null);
    }

    /// The same, of one agent alone.
    public AuditQuery ofAgent(@Nullable String name) {
        return new AuditQuery(
                kind, actor, changeSet, environment, from, until, before, limit, name);
    }

    public static AuditQuery ofChangeSet(String changeSet, int limit) {
        return new AuditQuery(null, null, changeSet, null, null, null, null, limit);
    }

    public static AuditQuery newest(int limit) {
        return new AuditQuery(null, null, null, null, null, null, null, limit);
    }
}
