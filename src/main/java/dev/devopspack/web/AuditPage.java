package dev.devopspack.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The log as a list that narrows, with the state of its chain.
record AuditPage(
        State state,
        @Nullable Signed signed,
        @Nullable State witness,
        Filter filter,
        List<String> kinds,
        List<Actor> actors,
        List<String> agents,
        List<Entry> entries,
        @Nullable String olderHref) {

    record State(String title, String detail, String tone) {}

    /// The newest checkpoint.
    ///
    /// @param size how many entries it covers
    /// @param note its exact text
    /// @param key what it is verified with, as programs for signed notes take it
    /// @param secondKey the log's key of another algorithm, where it has one
    record Signed(long size, String note, String key, @Nullable String secondKey) {}

    /// What was typed; empty where nothing was.
    record Filter(
            String kind,
            String actor,
            String changeSet,
            String environment,
            String agent,
            String from,
            String until) {

        static final Filter NONE = new Filter("", "", "", "", "", "", "");
    }

    /// Somebody who can be looked for by name.
    record Actor(String id, String name) {}

    /// @param words what happened, as a sentence
    /// @param erasable whether it has personal fields that the reader may erase
    /// @param proof that it is in the log that was signed last, as JSON; of an open entry only
    record Entry(
            long sequence,
            String kind,
            String words,
            String actor,
            String actorId,
            Moment at,
            List<Fact> facts,
            DigestMark leafHash,
            DigestMark chainHash,
            String leaf,
            @Nullable String proof,
            boolean open,
            boolean erasable) {}

    /// @param digest the text, where it is one, to be shown shortened
    record Fact(String label, String text, @Nullable String href, @Nullable DigestMark digest) {}
}
