package dev.devopspack.specialist.incident;

import dev.devopspack.language.markdown.Block;
import dev.devopspack.language.markdown.Document;
import dev.devopspack.language.markdown.Inline;
import dev.devopspack.language.markdown.Prose;
import dev.devopspack.language.shell.print.Script;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The page of one service, or of what the services depend on: its triage, then its mitigations.
final class PartPage {

    private final Situation situation;
    private final Part part;

    PartPage(Situation situation, Part part) {
        this.situation = situation;
        this.part = part;
    }

    Document document() {
        List<Block> blocks = new ArrayList<>();
        blocks.add(Block.heading(1, part.title() + ": " + situation.type().inSentence()));
        blocks.add(
                Block.paragraph(
                        "{}. Severity {} ({}).",
                        new Inline.Reference("Back to the overview", "../README.md", ""),
                        situation.severity().code(),
                        situation.severity().label()));
        if (!part.note().isEmpty()) {
            blocks.add(Block.paragraph(part.note()));
        }
        part.service().ifPresent(service -> facts(service, blocks));
        variables(blocks);
        blocks.add(Block.heading(2, "Triage"));
        blocks.add(
                Block.paragraph(
                        "These blocks only look. Stop at the first answer that leads to a branch."));
        for (int i = 0; i < part.checks().size(); i++) {
            check(i, blocks);
        }
        mitigations(blocks);
        return new Document(blocks);
    }

    private static void facts(Service service, List<Block> blocks) {
        List<List<List<Inline>>> rows = new ArrayList<>();
        switch (service.place()) {
            case Place.Kubernetes at -> {
                rows.add(row("Platform", Prose.of("Kubernetes")));
                rows.add(
                        row(
                                "Namespace",
                                at.namespace() == null
                                        ? Prose.of("not given: set `NAMESPACE`")
                                        : code(at.namespace().value())));
                rows.add(row("Workload", code(Kubernetes.workload(at))));
            }
            case Place.Systemd at -> {
                rows.add(
                        row(
                                "Platform",
                                Prose.of(
                                        "systemd; run the blocks on its machine, as root: others do not"
                                                + " see every log, file and process")));
                rows.add(row("Unit", code(at.unit().value())));
            }
            case Place.Managed at -> {
                rows.add(row("Platform", Prose.of("managed database")));
                rows.add(row("Engine", Prose.of("{}", at.database().engine().title())));
            }
        }
        if (service.host() != null) {
            rows.add(row("Reached as", code(service.host().value())));
        }
        rows.add(
                row(
                        "Owner",
                        service.owner() == null
                                ? Prose.of("not given")
                                : Prose.of("{}", service.owner().value())));
        service.dashboards().forEach(link -> rows.add(row("Dashboard", linked(link))));
        service.alerts().forEach(link -> rows.add(row("Alert", linked(link))));
        blocks.add(new Block.Table(List.of("What", "Value"), rows));
    }

    private static List<List<Inline>> row(String name, List<Inline> value) {
        return List.of(Prose.of("{}", name), value);
    }

    private static List<Inline> code(String value) {
        return List.of(new Inline.Code(value));
    }

    static List<Inline> linked(WebLink link) {
        return List.of(new Inline.Link(link.title(), link.target()));
    }

    /// What the blocks of triage need, once, at the top: at night nobody wants to be asked by each.
    private void variables(List<Block> blocks) {
        Map<String, String> hints = new LinkedHashMap<>();
        part.checks().stream()
                .flatMap(check -> check.command().script().needs().stream())
                .filter(need -> !need.variable().equals("SELECTOR"))
                .forEach(need -> hints.putIfAbsent(need.variable(), need.hint()));
        if (hints.isEmpty()) {
            return;
        }
        blocks.add(Block.heading(2, "Set first"));
        blocks.add(
                Block.paragraph(
                        "Triage needs these in your shell (`export NAME=value`); each block says what is"
                                + " missing."));
        blocks.add(
                new Block.Table(
                        List.of("Variable", "What it is"),
                        hints.entrySet().stream()
                                .map(hint ->
                                        List.of(
                                                code(hint.getKey()),
                                                Prose.of("{}", hint.getValue())))
                                .toList()));
    }

    /// As a heading of this page says it.
    static String heading(Part part, Check check) {
        return "T" + (part.checks().indexOf(check) + 1) + " " + check.slug() + ": " + check.title();
    }

    static String heading(Mitigation step) {
        return step.branch().letter() + ". " + step.title();
    }

    private void check(int index, List<Block> blocks) {
        Check check = part.checks().get(index);
        blocks.add(Block.heading(3, heading(part, check)));
        blocks.add(CodeBlock.check(part, check).fence());
        boolean last = index == part.checks().size() - 1;
        blocks.add(
                new Block.Table(
                        List.of("You see", "It means", "Go to"),
                        check.readings().stream()
                                .map(reading ->
                                        List.of(
                                                reading.seen(),
                                                reading.meaning(),
                                                destination(reading, last)))
                                .toList()));
    }

    private List<Inline> destination(Reading reading, boolean last) {
        if (reading.branch() != null) {
            return Prose.of("branch {}", String.valueOf(reading.branch().letter()));
        }
        return last
                ? List.of(new Inline.Reference("the next file", "../README.md", RunbookPage.TRIAGE))
                : Prose.of("the next check");
    }

    private void mitigations(List<Block> blocks) {
        blocks.add(Block.heading(2, "Mitigation"));
        if (part.mitigations().isEmpty()) {
            blocks.add(
                    Block.paragraph(
                            "Nothing is to be changed here by command: {} says whom to wake.",
                            new Inline.Reference(
                                    "the overview", "../README.md", RunbookPage.MITIGATE)));
            return;
        }
        blocks.add(
                Block.paragraph(
                        "One step at a time: look whether its condition holds, run it, verify, and undo it"
                                + " if it did not help. Say in the incident channel what you run before"
                                + " you run it."));
        part.mitigations().forEach(step -> mitigation(step, blocks));
    }

    private void mitigation(Mitigation step, List<Block> blocks) {
        blocks.add(Block.heading(3, heading(step)));
        blocks.add(Block.paragraph("Helps with branch {}.", step.branch().title()));
        blocks.add(Block.paragraph("**Only if:** " + step.precondition()));
        boolean destroys = step.command().effect() == Effect.DESTRUCTIVE;
        blocks.add(
                destroys
                        ? Block.quote(
                                "**Destructive:** what it ends or removes does not come back.")
                        : Block.quote("**Changes state.**"));
        if (destroys) {
            blocks.add(
                    situation.severity().allowsDestruction()
                            ? Block.quote(
                                    "Two people: {} agrees in the incident channel first.",
                                    situation.contacts().commander().value())
                            : Block.quote(
                                    "Not at severity {}: raise the severity first, or leave it to a"
                                            + " planned change.",
                                    situation.severity().code()));
        }
        blocks.add(CodeBlock.change(part, step).fence());
        blocks.add(Block.paragraph("**Verify:** " + step.expected()));
        blocks.add(CodeBlock.verify(part, step).fence());
        blocks.add(Block.paragraph("**Undo:** " + step.undoing()));
        if (step.undo() != null) {
            blocks.add(Block.quote("**Changes state.**"));
            blocks.add(CodeBlock.undo(part, step, step.undo()).fence());
        }
    }

    /// Every block of the page, in its order.
    static List<CodeBlock> blocks(Part part) {
        List<CodeBlock> all = new ArrayList<>();
        part.checks().forEach(check -> all.add(CodeBlock.check(part, check)));
        part.mitigations()
                .forEach(step -> {
                    all.add(CodeBlock.change(part, step));
                    all.add(CodeBlock.verify(part, step));
                    if (step.undo() != null) {
                        all.add(CodeBlock.undo(part, step, step.undo()));
                    }
                });
        return all;
    }

    /// The variables of a block, by name.
    static List<String> needs(Command command) {
        return Stream.of(command.script())
                .flatMap(script -> script.needs().stream())
                .map(Script.Preparation.Need::variable)
                .filter(name -> !name.equals("SELECTOR"))
                .toList();
    }
}
