package dev.devopspack.specialist.incident;

import dev.devopspack.language.markdown.Inline;
import dev.devopspack.language.markdown.Prose;
import java.util.List;

/// What tells that it is this incident and no other.
///
/// @param where a metric's query, a log or a page
record Signal(List<Inline> what, List<Inline> threshold, List<Inline> where) {

    static Signal of(String what, String threshold, String where) {
        return new Signal(Prose.of(what), Prose.of(threshold), Prose.of(where));
    }

    /// @param query PromQL, printed as code
    static Signal metric(String what, String threshold, String query) {
        return new Signal(Prose.of(what), Prose.of(threshold), List.of(new Inline.Code(query)));
    }
}
