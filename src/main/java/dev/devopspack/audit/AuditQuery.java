package dev.devopspack.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What is looked for in the log. A field that is null does not narrow the search.
///
/// @param before only entries with a lower sequence number: the cursor of the next page
/// @param limit 1 to {@link #MAX_LIMIT}
public record AuditQuery(
        @Nullable String kind,
        @Nullable String actor,
        @Nullable String changeSet,
        @Nullable String environment,
        @Nullable Instant from,
        @Nullable Instant until,
        @Nullable Long before,
        int limit) {

    /// A page of a list; exports read on with the cursor.
    public static final int MAX_LIMIT = 500;

    public AuditQuery {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit is 1 to " + MAX_LIMIT);
        }
    }

    public static AuditQuery ofChangeSet(String changeSet, int limit) {
        return new AuditQuery(null, null, changeSet, null, null, null, null, limit);
    }

    public static AuditQuery newest(int limit) {
        return new AuditQuery(null, null, null, null, null, null, null, limit);
    }
}
