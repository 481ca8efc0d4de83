package dev.devopspack.web;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The page that an approver lives in: what must be known before deciding, then the decision.
///
/// @param glance the block at the top: what changes, risks, cost, gates
/// @param signed the exact text that is or was signed, where a person is or was asked
/// @param outcome what came of it, where something did
/// @param authors of its commits, as its submitters named them: nobody checked it
/// @param sign the bar at the bottom, while a decision is open
/// @param evidenceHref the archive for auditors, where the reader is one
/// @param breakGlass the request that the reader may let through alone, where he may
/// @param waiveUntil the last day that forms for waivers propose, where the reader may waive
record ChangeSetPage(
        String id,
        String title,
        String environment,
        String environmentTone,
        Pill status,
        String code,
        String askedBy,
        Moment createdAt,
        @Nullable Moment decideBy,
        DigestMark digest,
        List<GlanceRow> glance,
        @Nullable Outcome outcome,
        @Nullable Signed signed,
        List<GateView> gates,
        PlanView plan,
        List<FileView> files,
        List<FindingView> findings,
        Difference difference,
        List<String> claims,
        List<String> authors,
        List<Event> history,
        @Nullable Sign sign,
        @Nullable String evidenceHref,
        @Nullable String waiveUntil,
        @Nullable String breakGlass) {

    /// The parts of the page in the order in which they are read.
    public List<Section> sections() {
        List<Section> all = new ArrayList<>();
        if (outcome != null) {
            all.add(new Section("outcome", "Outcome", null));
        }
        if (signed != null) {
            all.add(new Section("signed", "Signed text", null));
        }
        all.add(new Section("gates", "Gates", null));
        all.add(new Section("plan", "Plan", null));
        all.add(new Section("files", "Files", files.size()));
        all.add(new Section("findings", "Findings", findings.size()));
        all.add(new Section("difference", "Difference", null));
        all.add(new Section("claims", "Claims", claims.isEmpty() ? null : claims.size()));
        all.add(new Section("history", "History", null));
        return List.copyOf(all);
    }

    /// Whether links into the audit log lead the reader anywhere.
    public boolean auditor() {
        return evidenceHref != null;
    }

    record Section(String href, String text, @Nullable Integer count) {}

    record GlanceRow(String label, List<Item> items, @Nullable String note) {}

    /// @param tone a tone of {@link Pill}, or empty for plain words
    record Item(String text, String tone) {}

    /// @param command what to type next, where there is such a thing
    /// @param next what to do next in words; empty where there is nothing
    record Outcome(
            String title,
            String text,
            String tone,
            @Nullable String command,
            String next,
            List<Pair> facts,
            @Nullable String grantHref) {}

    record Pair(String label, String text, @Nullable String href) {

        Pair(String label, String text) {
            this(label, text, null);
        }
    }

    record Signed(String heading, String explanation, String text, DigestMark digest) {}

    /// @param idle the checks that do not apply here, which are folded away
    /// @param open whether its checks are shown at once: where it did not pass
    record GateView(
            String title,
            String id,
            Pill status,
            String score,
            String why,
            List<CheckView> checks,
            List<CheckView> idle,
            DigestMark ruleset,
            boolean open) {}

    record CheckView(String mark, String word, String tone, String title, String detail) {}

    record PlanView(String note, List<PlanGroup> groups) {}

    record PlanGroup(
            String sign, String title, String tone, int count, boolean open, List<PlanRow> rows) {}

    record PlanRow(String address, String reason, List<Attribute> attributes) {}

    record Attribute(String path, String before, String after) {}

    /// @param more what was left out of a long file; empty where nothing was
    record FileView(
            String anchor,
            String name,
            String size,
            DigestMark digest,
            String href,
            String change,
            String changeTone,
            List<Line> lines,
            String more) {}

    /// @param caret spaces and a caret below the place; empty where there is none
    record Line(int number, List<CodeColours.Part> parts, boolean marked, String caret) {

        static Line plain(int number, List<CodeColours.Part> parts) {
            return new Line(number, parts, false, "");
        }
    }

    /// @param target the anchor of the line in the file's view
    /// @param file, resource, fact what it is about, character for character
    /// @param patch what a machine can do about it, where it can
    record FindingView(
            String anchor,
            String rule,
            String file,
            String resource,
            String fact,
            String title,
            Pill severity,
            String tone,
            String place,
            String target,
            String message,
            String mend,
            @Nullable String source,
            List<Line> excerpt,
            @Nullable Patch patch) {}

    /// @param text as `git apply` reads it
    /// @param rows its lines below the two that name the file
    record Patch(String text, List<LineDifference.Row> rows) {}

    record Difference(String note, List<FileChange> files) {}

    record FileChange(
            String name, String change, String changeTone, List<LineDifference.Row> rows) {}

    record Event(long sequence, Moment at, String text) {}

    /// @param sentence what a signature means: for what, how often, until when
    /// @param denying what it means to sign a no
    /// @param alone said where the reader may not approve and nobody else can; else empty
    /// @param mayAddPeople whether he can add somebody who may
    record Sign(
            String request,
            String sentence,
            String denying,
            String alone,
            boolean mayAddPeople,
            boolean mayApprove,
            boolean mayDeny) {}
}
