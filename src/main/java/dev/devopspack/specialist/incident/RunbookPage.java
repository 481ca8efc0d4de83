package dev.devopspack.specialist.incident;

import dev.devopspack.language.markdown.Block;
import dev.devopspack.language.markdown.Block.Mark;
import dev.devopspack.language.markdown.Document;
import dev.devopspack.language.markdown.Inline;
import dev.devopspack.language.markdown.Prose;
import java.util.ArrayList;
import java.util.List;

/// The overview: what to do in which order, and where everything else stands.
final class RunbookPage {

    static final String CONFIRM = "Is it this?";
    static final String TRIAGE = "Triage";
    static final String DECIDE = "Decide";
    static final String MITIGATE = "Mitigate";
    static final String ESCALATE = "Escalate";

    private final Situation situation;
    private final Playbook playbook;

    RunbookPage(Situation situation, Playbook playbook) {
        this.situation = situation;
        this.playbook = playbook;
    }

    Document document() {
        List<Block> blocks = new ArrayList<>();
        blocks.add(Block.heading(1, Words.title(situation)));
        blocks.add(
                Block.quote(
                        "**{}, {}.** {}",
                        situation.severity().code(),
                        situation.severity().label(),
                        situation.severity().meaning()));
        blocks.add(Block.paragraph(playbook.meaning()));
        blocks.add(Block.heading(2, "First steps"));
        blocks.add(Block.items(Mark.NUMBER, firstSteps()));
        confirm(blocks);
        if (situation.severity().mitigatesFirst()) {
            tryFirst(blocks);
        }
        triage(blocks);
        blocks.add(Block.heading(2, DECIDE));
        TreePrinter tree = new TreePrinter(situation);
        blocks.add(tree.list(playbook.tree()));
        blocks.add(tree.chart(playbook.tree()));
        mitigate(blocks);
        escalate(blocks);
        links(blocks);
        assumptions(blocks);
        blocks.add(Block.heading(2, "Run blocks by name"));
        blocks.add(
                Block.paragraph(
                        "Every block has a name and an effect behind its fence, and `runbook.json` lists"
                                + " them with file, step, variables and SHA-256. `triage_` and `verify_`"
                                + " only look; `change_` changes state; `destroy_` cannot be undone."
                                + " Tools that read Markdown, such as Runme, run a block by its name."));
        return new Document(blocks);
    }

    private List<List<Inline>> firstSteps() {
        Severity severity = situation.severity();
        Severity.Rhythm rhythm = severity.rhythm();
        List<List<Inline>> steps = new ArrayList<>();
        if (severity == Severity.LOW) {
            steps.add(
                    Prose.of(
                            "Open a ticket for {} with what you saw and since when. Nobody is woken.",
                            situation.contacts().onCall().value()));
        } else {
            steps.add(
                    Prose.of(
                            "Say “I have it” in the incident channel within {}, and note the time: it is"
                                    + " the first line of the timeline.",
                            Words.time(rhythm.acknowledgeMinutes())));
        }
        steps.add(
                Prose.of(
                        "See whether it is this incident: {}.",
                        new Inline.Reference(CONFIRM, "", CONFIRM)));
        if (severity == Severity.CRITICAL) {
            steps.add(
                    Prose.of(
                            "Call everybody who is called at once: {}. From now on {} leads; you act and"
                                    + " report.",
                            new Inline.Reference(ESCALATE, "", ESCALATE),
                            situation.contacts().commander().value()));
        }
        if (severity.mitigatesFirst()) {
            steps.add(
                    Prose.of(
                            "Help users before you know why: go through {}, no longer than {}.",
                            new Inline.Reference(Words.TRY_FIRST, "", Words.TRY_FIRST),
                            Words.time(rhythm.escalateMinutes() / 3)));
            steps.add(
                    Prose.of(
                            "Then {}. Each answer leads to a branch, each branch to a mitigation.",
                            new Inline.Reference("triage", "", TRIAGE)));
        } else {
            steps.add(
                    Prose.of(
                            "Diagnose first: {}. Change nothing before a branch is found; there is time,"
                                    + " and evidence is lost by restarts.",
                            new Inline.Reference("triage", "", TRIAGE)));
        }
        steps.add(
                Prose.of(
                        severity == Severity.LOW
                                ? "Write it down once: {} has the draft."
                                : "Send the first update now and the next {}: {} has the drafts.",
                        severity == Severity.LOW
                                ? new Object[] {communication()}
                                : new Object[] {
                                    Words.every(rhythm.internalMinutes()), communication()
                                }));
        if (rhythm.escalateMinutes() > 0) {
            steps.add(
                    Prose.of(
                            "If nothing helped after {}, {}. Asking late costs more than asking early.",
                            Words.time(rhythm.escalateMinutes()),
                            new Inline.Reference("escalate", "", ESCALATE)));
        }
        steps.add(
                Prose.of(
                        "Once it is over: {}.",
                        new Inline.Reference("what has to follow", "after-the-incident.md", "")));
        return steps;
    }

    private static Inline communication() {
        return new Inline.Reference("communication.md", "communication.md", "");
    }

    private void confirm(List<Block> blocks) {
        blocks.add(Block.heading(2, CONFIRM));
        blocks.add(
                Block.paragraph(
                        "One signal says that something is wrong; two that belong together say that it is"
                                + " this. If none fits, ask for the runbook of another kind."));
        blocks.add(
                new Block.Table(
                        List.of("Signal", "Threshold", "Where"),
                        playbook.signals().stream()
                                .map(signal ->
                                        List.of(signal.what(), signal.threshold(), signal.where()))
                                .toList()));
    }

    private void tryFirst(List<Block> blocks) {
        blocks.add(Block.heading(2, Words.TRY_FIRST));
        List<List<Inline>> steps = new ArrayList<>();
        for (Part part : playbook.parts()) {
            for (Mitigation step : part.mitigations()) {
                if (step.first()) {
                    steps.add(
                            Prose.of(
                                    "{}: {}",
                                    part.title(),
                                    new Inline.Reference(
                                            step.title(), part.file(), PartPage.heading(step))));
                }
            }
        }
        if (steps.isEmpty()) {
            blocks.add(
                    Block.paragraph(
                            "No step is safe to take before the cause is known. Take traffic away from"
                                    + " what fails where you can, and go on with triage."));
            return;
        }
        blocks.add(
                Block.paragraph(
                        "In this order, each only if its own condition holds. Verify each; undo it if it"
                                + " did not help, before the next one."));
        blocks.add(Block.items(Mark.NUMBER, steps));
    }

    private void triage(List<Block> blocks) {
        blocks.add(Block.heading(2, TRIAGE));
        blocks.add(
                Block.paragraph(
                        "Nothing here changes anything. Begin with the service that users complain"
                                + " about; one look at each tells whether the cause is shared."));
        List<Block.Item> items = new ArrayList<>();
        for (Part part : playbook.parts()) {
            items.add(
                    new Block.Item(
                            List.of(new Inline.Reference(part.title(), part.file(), "")),
                            part.checks().stream()
                                    .map(check ->
                                            Block.Item.of(
                                                    List.of(
                                                            new Inline.Reference(
                                                                    check.title(),
                                                                    part.file(),
                                                                    PartPage.heading(
                                                                            part, check)))))
                                    .toList()));
        }
        blocks.add(new Block.Items(Mark.BULLET, items));
    }

    private void mitigate(List<Block> blocks) {
        blocks.add(Block.heading(2, MITIGATE));
        blocks.add(
                new Block.Table(
                        List.of("Branch", "Steps", "If none helps, call"),
                        playbook.branches().stream()
                                .map(branch ->
                                        List.of(
                                                Prose.of("{}", branch.title()),
                                                steps(branch),
                                                Prose.of(
                                                        "{}",
                                                        Escalation.helper(
                                                                        situation, branch.helper())
                                                                .value())))
                                .toList()));
    }

    private List<Inline> steps(Branch branch) {
        List<Inline> steps = new ArrayList<>();
        for (Part part : playbook.parts()) {
            for (Mitigation step : part.mitigations()) {
                if (step.branch().equals(branch)) {
                    if (!steps.isEmpty()) {
                        steps.add(new Inline.Text("; "));
                    }
                    steps.add(
                            new Inline.Reference(
                                    part.title() + ": " + step.title(),
                                    part.file(),
                                    PartPage.heading(step)));
                    if (step.command().effect() == Effect.DESTRUCTIVE) {
                        steps.add(new Inline.Text(" (destructive)"));
                    }
                }
            }
        }
        return steps.isEmpty()
                ? Prose.of("none by command: it is mended by whoever is named on the right")
                : steps;
    }

    private void escalate(List<Block> blocks) {
        blocks.add(Block.heading(2, ESCALATE));
        blocks.add(
                new Block.Table(
                        List.of("When", "Who", "Why"),
                        Escalation.calls(situation).stream()
                                .map(call ->
                                        List.of(
                                                Prose.of("{}", call.when()),
                                                Prose.of("{}", call.who()),
                                                Prose.of("{}", call.why())))
                                .toList()));
        blocks.add(
                Block.paragraph(
                        "Roles, not people: the on-call schedule says who holds them tonight. {}",
                        Words.severityChange(situation.severity())));
    }

    private void links(List<Block> blocks) {
        List<List<Inline>> items = new ArrayList<>();
        situation.dashboards().forEach(link -> items.add(named("Dashboard", link)));
        situation.alerts().forEach(link -> items.add(named("Alert", link)));
        for (Service service : situation.services()) {
            String name = service.name().value();
            service.dashboards().forEach(link -> items.add(named("Dashboard of " + name, link)));
            service.alerts().forEach(link -> items.add(named("Alert of " + name, link)));
        }
        blocks.add(Block.heading(2, "Links"));
        blocks.add(
                items.isEmpty()
                        ? Block.paragraph(
                                "No dashboard and no alert was given. Add `dashboards` and `alerts` to"
                                        + " the task, and they stand here.")
                        : Block.items(Mark.BULLET, items));
    }

    private static List<Inline> named(String what, WebLink link) {
        return Prose.of("{}: {}", what, new Inline.Link(link.title(), link.target()));
    }

    private void assumptions(List<Block> blocks) {
        if (situation.assumptions().isEmpty()) {
            return;
        }
        blocks.add(Block.heading(2, "Taken for granted"));
        blocks.add(
                Block.items(
                        Mark.BULLET,
                        situation.assumptions().stream()
                                .map(text -> Prose.of("{}", text))
                                .toList()));
    }
}
