package dev.devopspack.adapter.database;

import dev.devopspack.approval.act.Ended;
import dev.devopspack.change.Digest;
import dev.devopspack.identity.PersonId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How something that was signed for a while ended, in the three columns of its row.
final class Endings {

    private Endings() {}

    /// Whether it ended now: of many racing callers one ends it.
    ///
    /// @param statement an update with the parameters `id`, `by`, `at` and `act`
    static boolean ends(Sql statement, String id, Ended ended) {
        return statement
                .with("id", id)
                .with("by", ended.by().value())
                .with("at", ended.at())
                .with("act", ended.act().value())
                .changesOne();
    }

    /// Reads three columns that are all filled once it has ended.
    ///
    /// @param verb what the columns' names begin with, such as `ended` in `ended_by`
    static @Nullable Ended ended(Row row, String verb) {
        UUID by = row.optionalUuid(verb + "_by");
        return by == null
                ? null
                : new Ended(
                        new PersonId(by),
                        row.instant(verb + "_at"),
                        new Digest(row.text(verb + "_act")));
    }
}
