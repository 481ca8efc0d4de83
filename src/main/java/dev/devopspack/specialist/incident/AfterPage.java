package dev.devopspack.specialist.incident;

import dev.devopspack.language.markdown.Block;
import dev.devopspack.language.markdown.Block.Mark;
import dev.devopspack.language.markdown.Document;
import dev.devopspack.language.markdown.Inline;
import dev.devopspack.language.markdown.Prose;
import java.util.ArrayList;
import java.util.List;

/// What has to follow once users are served again.
final class AfterPage {

    private final Situation situation;
    private final Playbook playbook;

    AfterPage(Situation situation, Playbook playbook) {
        this.situation = situation;
        this.playbook = playbook;
    }

    Document document() {
        List<Block> blocks = new ArrayList<>();
        blocks.add(Block.heading(1, "After the incident"));
        blocks.add(
                Block.paragraph(
                        "{}. It is over when the signals have been below their thresholds for {} and"
                                + " nothing that was changed for a while is forgotten.",
                        new Inline.Reference("Back to the overview", "README.md", ""),
                        calm()));
        blocks.add(Block.heading(2, "Before anybody goes to sleep"));
        blocks.add(Block.items(Mark.BOX, atOnce()));
        timeline(blocks);
        review(blocks);
        actions(blocks);
        return new Document(blocks);
    }

    private String calm() {
        return switch (situation.severity()) {
            case CRITICAL -> "60 minutes";
            case HIGH -> "30 minutes";
            case MEDIUM, LOW -> "one working day";
        };
    }

    private List<List<Inline>> atOnce() {
        List<List<Inline>> items = new ArrayList<>();
        items.add(
                Prose.of(
                        "Write down every `change_` and `destroy_` block that was run, and which of them"
                                + " still holds: scaled numbers, limits, paused synchronisation, policies"
                                + " taken away."));
        items.add(
                Prose.of(
                        "Keep what goes away by itself: logs, graphs of the hour before and after, events"
                                + " (Kubernetes forgets them after an hour), the incident channel."));
        switch (situation.severity()) {
            case CRITICAL -> {
                items.add(
                        Prose.of(
                                "Send “resolved” to the status page and to {}.",
                                situation.contacts().management().value()));
                items.add(
                        Prose.of(
                                "Ask whether data was lost or seen by others; if it may be, security and"
                                        + " legal are called now: some duties to notify run from this"
                                        + " hour."));
                items.add(Prose.of("Whoever worked at night rests; name who covers for them."));
            }
            case HIGH ->
                    items.add(
                            Prose.of(
                                    "Send “resolved” where updates were sent, and name who watches for the"
                                            + " next hours."));
            case MEDIUM -> items.add(Prose.of("Send “resolved” where updates were sent."));
            case LOW -> items.add(Prose.of("Close the ticket with what helped."));
        }
        return items;
    }

    private void timeline(List<Block> blocks) {
        blocks.add(Block.heading(2, "Timeline"));
        if (situation.severity() == Severity.LOW) {
            blocks.add(
                    Block.paragraph(
                            "Three times in the ticket are enough: began, noticed, ended."));
            return;
        }
        blocks.add(
                Block.paragraph(
                        "Facts with their source, in UTC, before memories fade: within {}.",
                        situation.severity() == Severity.CRITICAL ? "24 hours" : "2 working days"));
        List<List<List<Inline>>> rows = new ArrayList<>();
        for (String event :
                List.of(
                        "It began (first bad minute of a signal)",
                        "It was noticed (alert or report)",
                        "Somebody said “I have it”",
                        "The branch was found",
                        "The step that helped was run",
                        "Users were served again",
                        "It was declared over")) {
            rows.add(List.of(Prose.of(""), Prose.of("{}", event), Prose.of("")));
        }
        blocks.add(new Block.Table(List.of("Time (UTC)", "What", "Source"), rows));
        blocks.add(
                Block.paragraph(
                        "From it: time to notice, to acknowledge, to mitigate; minutes of the error budget"
                                + " that were used."));
    }

    private void review(List<Block> blocks) {
        Severity.Review review = situation.severity().review();
        blocks.add(Block.heading(2, "Review"));
        if (!review.held()) {
            blocks.add(
                    Block.paragraph(
                            "None at this severity, unless it happens three times in a quarter."));
            return;
        }
        blocks.add(
                Block.paragraph(
                        "Within **{}**, blameless: people did what made sense with what they saw. {}",
                        Words.count(review.withinWorkingDays(), "working day"),
                        switch (situation.severity()) {
                            case CRITICAL ->
                                    "A written report goes to management and, shortened, to users."
                                            + " Everybody who was called takes part.";
                            case HIGH ->
                                    "A written report is published inside. Everybody who acted takes part.";
                            case MEDIUM, LOW ->
                                    "Half an hour within the team; a page of notes is enough.";
                        }));
        List<List<Inline>> questions = new ArrayList<>();
        questions.add(Prose.of("Which signal came first, and could it have come earlier?"));
        questions.add(
                Prose.of(
                        "Which branch was it ({} were known here)? If none: write the new one down.",
                        String.valueOf(playbook.branches().size())));
        questions.add(Prose.of("Which block of this runbook was wrong, missing or slow to find?"));
        if (situation.severity().mitigatesFirst()) {
            questions.add(
                    Prose.of("Did mitigating before diagnosing help, or did it hide the cause?"));
            questions.add(Prose.of("Was the right person called in time? Who was called in vain?"));
        }
        questions.add(
                Prose.of(
                        "What would have made {} impossible, not only quicker to mend?",
                        situation.type().inSentence()));
        blocks.add(Block.items(Mark.BULLET, questions));
    }

    private void actions(List<Block> blocks) {
        Severity.Review review = situation.severity().review();
        blocks.add(Block.heading(2, "Action items"));
        blocks.add(
                Block.paragraph(
                        "Each has one owner, one date and a way to see that it is done. First priority:"
                                + " within {}; all others: within {}.",
                        Words.count(review.actionDays(), "day"),
                        Words.count(review.laterActionDays(), "day")));
        List<List<List<Inline>>> rows = new ArrayList<>();
        for (String item :
                List.of(
                        "Prevent: what makes this cause impossible",
                        "Notice: a signal that comes earlier",
                        "Mend: a mitigation that is quicker or runs by itself",
                        "Runbook: what was wrong or missing here")) {
            rows.add(List.of(Prose.of("{}", item), Prose.of(""), Prose.of(""), Prose.of("")));
        }
        blocks.add(new Block.Table(List.of("Action", "Owner", "Date", "Proof"), rows));
    }
}
