package dev.devopspack.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The log as a list that narrows, with the state of its chain.
record AuditPage(
        State state,
        Filter filter,
        List<String> kinds,
        List<Actor> actors,
        List<Entry> entries,
        @Nullable String olderHref) {

    record State(String title, String detail, String tone) {}

    /// What was typed; empty where nothing was.
    record Filter(
            String kind,
            String actor,
            String changeSet,
            String environment,
            String from,
            String until) {

        static final Filter NONE = new Filter("", "", "", "", "", "");
    }

    /// Somebody who can be looked for by name.
    record Actor(String id, String name) {}

    record Entry(
            long sequence,
            String kind,
            String actor,
            String actorId,
            Moment at,
            List<Fact> facts,
            DigestMark leafHash,
            DigestMark chainHash,
            String leaf,
            boolean open) {}

    record Fact(String label, String text, @Nullable String href) {}
}
