package dev.devopspack.specialist.incident;

import dev.devopspack.language.markdown.Block;
import dev.devopspack.language.markdown.Block.Mark;
import dev.devopspack.language.markdown.Document;
import dev.devopspack.language.markdown.Inline;
import dev.devopspack.language.markdown.Prose;
import java.util.ArrayList;
import java.util.List;

/// Drafts of what is written while the incident lasts.
///
/// What a draft cannot know stands in brackets, to be filled in: a draft that guesses is sent.
final class CommunicationPage {

    private final Situation situation;

    CommunicationPage(Situation situation) {
        this.situation = situation;
    }

    Document document() {
        Severity severity = situation.severity();
        List<Block> blocks = new ArrayList<>();
        blocks.add(Block.heading(1, "Communication"));
        blocks.add(
                Block.paragraph(
                        "{}. Fill in what stands in brackets; leave out what nobody knows yet. Times are"
                                + " UTC.",
                        new Inline.Reference("Back to the overview", "README.md", "")));
        blocks.add(Block.heading(2, "How often"));
        blocks.add(Block.items(Mark.BULLET, rhythm(severity)));
        blocks.add(Block.heading(2, "Internal"));
        if (severity == Severity.LOW) {
            draft(blocks, "Ticket", ticket());
        } else {
            draft(blocks, "First update", internalFirst());
            draft(blocks, "Every further update", internalNext());
            draft(blocks, "Handover to the next shift", handover());
        }
        publicDrafts(blocks);
        blocks.add(Block.heading(2, "Resolved"));
        draft(blocks, "Internal", internalResolved());
        if (severity.rhythm().publicMinutes() > 0) {
            draft(blocks, "Status page", publicResolved());
        }
        return new Document(blocks);
    }

    private List<List<Inline>> rhythm(Severity severity) {
        Severity.Rhythm rhythm = severity.rhythm();
        List<List<Inline>> lines = new ArrayList<>();
        lines.add(
                switch (severity) {
                    case CRITICAL, HIGH, MEDIUM ->
                            Prose.of(
                                    "Incident channel: now, then {}, also when there is nothing new.",
                                    Words.every(rhythm.internalMinutes()));
                    case LOW -> Prose.of("One ticket; a comment when something is new.");
                });
        lines.add(
                switch (severity) {
                    case CRITICAL ->
                            Prose.of(
                                    "Status page: within 15 minutes, then {}. {} writes it, {} lets"
                                            + " it out.",
                                    Words.every(rhythm.publicMinutes()),
                                    situation.contacts().communications().value(),
                                    situation.contacts().commander().value());
                    case HIGH ->
                            Prose.of(
                                    "Status page: within 30 minutes once users are affected, then {}."
                                            + " {} writes it.",
                                    Words.every(rhythm.publicMinutes()),
                                    situation.contacts().communications().value());
                    case MEDIUM ->
                            Prose.of(
                                    "Status page: only if users ask; then {}.",
                                    Words.every(rhythm.publicMinutes()));
                    case LOW -> Prose.of("Status page: nothing, no user is affected.");
                });
        if (severity == Severity.CRITICAL) {
            lines.add(
                    Prose.of(
                            "{}: a message within 15 minutes and at every change of state, so that nobody"
                                    + " asks in the incident channel.",
                            situation.contacts().management().value()));
        }
        return lines;
    }

    private void publicDrafts(List<Block> blocks) {
        Severity severity = situation.severity();
        blocks.add(Block.heading(2, "Status page"));
        switch (severity) {
            case LOW ->
                    blocks.add(
                            Block.paragraph(
                                    "There is no draft at this severity. If a user notices, raise it to"
                                            + " SEV3 and have the runbook written anew."));
            case CRITICAL, HIGH, MEDIUM -> {
                blocks.add(
                        Block.paragraph(
                                "Say what users see, in their words: they do not know {} by name. No"
                                        + " cause before it is certain, no promise of an end.",
                                Words.services(situation)));
                draft(blocks, "Investigating", investigating(severity));
                draft(blocks, "Identified", identified(severity));
                draft(blocks, "Monitoring", monitoring());
            }
        }
    }

    private static void draft(List<Block> blocks, String title, List<String> lines) {
        blocks.add(Block.heading(3, title));
        blocks.add(new Block.Fence("text", String.join("\n", lines)));
    }

    private String head() {
        return situation.severity().code()
                + " ("
                + situation.severity().label()
                + "): "
                + situation.type().inSentence()
                + ", "
                + Words.services(situation);
    }

    private String next() {
        return "Next update: [TIME] UTC, within "
                + Words.time(situation.severity().rhythm().internalMinutes())
                + ".";
    }

    private List<String> ticket() {
        return List.of(
                head(),
                "Seen: [SIGNAL AND ITS VALUE], since [TIME] UTC.",
                "Users: none affected so far.",
                "If it is left alone: [WHAT HAPPENS, AND WHEN].",
                "Runbook: README.md of this folder.");
    }

    private List<String> internalFirst() {
        List<String> lines = new ArrayList<>();
        lines.add(head());
        lines.add("Since: [TIME] UTC. Noticed by: [ALERT OR REPORT].");
        lines.add("Users see: [WHAT FAILS, FOR WHOM, HOW MANY].");
        lines.add("We do: [MITIGATION IN PROGRESS, OR TRIAGE].");
        lines.add(
                situation.severity().mitigatesFirst()
                        ? "Leads: [NAME], as "
                                + situation.contacts().commander()
                                + ". Acts: [NAME]."
                        : "Acts: [NAME], as " + situation.contacts().onCall() + ".");
        lines.add(next());
        return lines;
    }

    private List<String> internalNext() {
        return List.of(
                head(),
                "State: [INVESTIGATING | BRANCH FOUND | MITIGATED | WATCHING].",
                "New since the last update: [FACTS].",
                "Tried: [STEP], at [TIME] UTC: [HELPED | UNDONE].",
                "Needed: [WHO OR WHAT].",
                next());
    }

    private List<String> handover() {
        return List.of(
                head(),
                "State now: [STATE]. Users see: [WHAT].",
                "Changed and not undone: [BLOCKS, BY NAME].",
                "Ruled out: [BRANCHES]. Suspected: [BRANCH], because [FACT].",
                "Watch: [SIGNAL AND THRESHOLD]. If it is crossed: [STEP].",
                "From now on acts: [NAME].");
    }

    private List<String> investigating(Severity severity) {
        return List.of(
                "Investigating: [PRODUCT OR FUNCTION]",
                switch (severity) {
                    case CRITICAL ->
                            "Since [TIME] UTC most users cannot [WHAT THEY DO]. All hands are on it.";
                    case HIGH ->
                            "Since [TIME] UTC many users have trouble with [WHAT THEY DO]. We are looking"
                                    + " for the cause.";
                    case MEDIUM, LOW ->
                            "Since [TIME] UTC some users may notice [WHAT]. A way around it: [HOW].";
                },
                "[YOUR DATA IS SAFE: only if it is certain.]",
                publicNext());
    }

    private List<String> identified(Severity severity) {
        return List.of(
                "Identified: [PRODUCT OR FUNCTION]",
                "We know the cause and are working on it. "
                        + (severity == Severity.CRITICAL
                                ? "[WHAT WORKS AGAIN] works again; [WHAT] does not yet."
                                : "[WHAT] is still affected."),
                publicNext());
    }

    private List<String> monitoring() {
        return List.of(
                "Monitoring: [PRODUCT OR FUNCTION]",
                "It works again since [TIME] UTC. We are watching it.",
                publicNext());
    }

    private String publicNext() {
        return "Next update by [TIME] UTC, within "
                + Words.time(situation.severity().rhythm().publicMinutes())
                + ".";
    }

    private List<String> internalResolved() {
        Severity.Review review = situation.severity().review();
        return List.of(
                "Resolved: " + head(),
                "From [TIME] to [TIME] UTC. Users saw: [WHAT, FOR WHOM, HOW MANY].",
                "What helped: [STEP]. Cause: [WHAT IS KNOWN, OR: not known yet].",
                "Changed and to be undone or kept: [BLOCKS, BY NAME].",
                review.held()
                        ? "Review: [DATE], within "
                                + Words.count(review.withinWorkingDays(), "working day")
                                + ". Led by: [NAME]."
                        : "No review at this severity; the ticket keeps what was learned.");
    }

    private List<String> publicResolved() {
        return List.of(
                "Resolved: [PRODUCT OR FUNCTION]",
                "From [TIME] to [TIME] UTC [WHAT USERS SAW]. It works again.",
                situation.severity() == Severity.CRITICAL
                        ? "We are sorry. A report of what happened follows by [DATE]."
                        : "We are sorry for the trouble.");
    }
}
