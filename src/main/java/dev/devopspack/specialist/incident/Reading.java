package dev.devopspack.specialist.incident;

import dev.devopspack.language.markdown.Inline;
import dev.devopspack.language.markdown.Prose;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What may be seen in a check's output, and what it means.
///
/// @param branch where it leads; none: to the next check
record Reading(List<Inline> seen, List<Inline> meaning, @Nullable Branch branch) {

    Reading {
        seen = List.copyOf(seen);
        meaning = List.copyOf(meaning);
    }

    static Reading of(String seen, String meaning, Branch branch) {
        return new Reading(Prose.of(seen), Prose.of(meaning), branch);
    }

    /// Nothing found here.
    static Reading next(String seen, String meaning) {
        return new Reading(Prose.of(seen), Prose.of(meaning), null);
    }
}
