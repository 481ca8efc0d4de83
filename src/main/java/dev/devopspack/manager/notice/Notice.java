package dev.devopspack.manager.notice;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A message about one audit entry. It names no person and carries no credential; its link opens a
/// page that asks for a sign-in and changes nothing.
///
/// Every text may hold what somebody outside wrote: whoever sends it escapes it for its reader.
///
/// @param sequence the number of the audit entry
/// @param title one sentence
/// @param lines what else there is to know
/// @param path of the page, beginning with `/`
/// @param facts the same for machines, names to short texts
/// @param waiting the requests that a list names; empty where the message is about one thing
/// @param reader the hook whose person alone the message is for; nothing where it is for everybody
public record Notice(
        long sequence,
        NoticeKind kind,
        Instant at,
        String title,
        List<Line> lines,
        String path,
        Map<String, String> facts,
        List<Waiting> waiting,
        @Nullable String reader) {

    public Notice {
        lines = List.copyOf(lines);
        facts = Map.copyOf(facts);
        waiting = List.copyOf(waiting);
    }

    /// A message about one thing, for everybody.
    public Notice(
            long sequence,
            NoticeKind kind,
            Instant at,
            String title,
            List<Line> lines,
            String path,
            Map<String, String> facts) {
        this(sequence, kind, at, title, lines, path, facts, List.of(), null);
    }

    public record Line(String label, String value) {}

    /// One request among several.
    ///
    /// @param line the same for people
    /// @param path of its page, beginning with `/`
    /// @param facts the same for machines, by the names that a message about it alone has
    public record Waiting(Line line, String path, Map<String, String> facts) {

        public Waiting {
            facts = Map.copyOf(facts);
        }
    }
}
