package dev.devopspack.manager.notice;

import java.time.Instant;
import java.util.List;
import java.util.Map;

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
public record Notice(
        long sequence,
        NoticeKind kind,
        Instant at,
        String title,
        List<Line> lines,
        String path,
        Map<String, String> facts) {

    public Notice {
        lines = List.copyOf(lines);
        facts = Map.copyOf(facts);
    }

    public record Line(String label, String value) {}
}
