package dev.devopspack.review;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.ChangeSet;
import dev.devopspack.change.Origin;
import dev.devopspack.change.Requester;
import dev.devopspack.change.SecretReference;
import dev.devopspack.change.Target;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/// The text that a person reads and signs: facts that this server computed, and below them, apart,
/// what the requester claims.
///
/// Deterministic, so that the same subject gives the same bytes for ever. Nothing of a caller can
/// begin a line, end one or hide in one. What is too much to show is counted and named by a digest.
/// The format is written down in `docs/formats/rendering.md`.
public final class RenderingV1 {

    public static final String VERSION = "devops-pack/rendering/v1";

    /// Open findings and claims beyond it are counted; a person who reads so many has said no.
    private static final int MAX_FINDINGS = 50;

    private static final int MAX_CLAIMS = 20;

    /// A module has some dozen files; the digest above covers all of them.
    private static final int MAX_FILES = 200;

    private static final int MAX_SECRETS = 100;
    private static final int MAX_RISKS = 60;

    /// Addresses shown beside a risk; the list of changes holds the rest.
    private static final int MAX_ADDRESSES = 6;

    private final TextLines out = new TextLines();
    private final Subject subject;
    private final ChangeSet changeSet;
    private final String version;

    RenderingV1(Subject subject, String version) {
        this.version = version;
        this.subject = subject;
        this.changeSet = subject.changeSet();
    }

    /// @return lines that end with `\n`, in Unicode normal form C
    /// @throws IllegalArgumentException if something is waived: this version has no place for it
    public static String text(Subject subject) {
        if (!subject.waivers().isEmpty()) {
            throw new IllegalArgumentException(VERSION + " does not show waivers");
        }
        return new RenderingV1(subject, VERSION).text();
    }

    String text() {
        head();
        new PlanText(out, subject.plan()).write();
        risks();
        cost();
        gates();
        findings();
        waivers();
        secrets();
        files();
        terms();
        claims();
        return out.text();
    }

    private void head() {
        Target target = changeSet.target();
        out.line(version);
        out.heading("CHANGE SET " + changeSet.code());
        out.field("id", changeSet.id().value());
        out.field("digest", changeSet.digest().value());
        out.field("environment", target.environmentText());
        out.field("stack", target.stack().value());
        if (target.repository() != null) {
            out.field("repository", Shown.name(target.repository()));
        }
        if (target.commit() != null) {
            out.field("commit", Shown.name(target.commit()));
        }
        out.field("made by", madeBy(changeSet.manifest().origin()));
        if (changeSet.manifest().origin() instanceof Origin.Generated made
                && made.inputWrittenBy() != null) {
            out.field("input by", "the language model " + Shown.name(made.inputWrittenBy()));
        }
        out.field("asked by", askedBy(changeSet.manifest().requester()));
    }

    private static String madeBy(Origin origin) {
        return switch (origin) {
            case Origin.Generated made ->
                    Shown.name(made.agent())
                            + ", "
                            + Shown.name(made.capability())
                            + ", catalogue "
                            + made.catalogue().hex().substring(0, 16);
            case Origin.Submitted _ -> "submitted by the requester";
        };
    }

    private String askedBy(Requester requester) {
        String name = subject.terms().requestedBy();
        String human =
                requester.person() == null
                        ? "nobody knows which person"
                        : (name == null ? "" : Shown.quoted(name) + ", ")
                                + Shown.name(requester.person());
        return human + ", through " + Shown.name(requester.principal());
    }

    private void risks() {
        out.heading("RISKS");
        if (subject.risks().isEmpty()) {
            out.line("  none computed");
        }
        out.bounded(subject.risks(), MAX_RISKS, "risks", RenderingV1::risk);
    }

    private static String risk(Fact fact) {
        StringBuilder line = new StringBuilder("  ");
        line.append(TextLines.padded(fact.level().name(), 8)).append(' ');
        line.append(Shown.sentence(fact.text()));
        if (!fact.addresses().isEmpty()) {
            line.append(": ").append(TextLines.list(fact.addresses(), MAX_ADDRESSES));
        }
        return line.toString();
    }

    private void cost() {
        CostEstimate cost = subject.cost();
        out.heading("COST");
        out.line("  " + Shown.sentence(cost.summary()));
        for (CostEstimate.Part part : cost.parts()) {
            out.line(
                    "    "
                            + TextLines.padded(CostEstimate.amount(part.monthlyUsd()), 10)
                            + " "
                            + part.count()
                            + " x "
                            + Shown.sentence(part.what()));
        }
        for (String part : cost.notCounted()) {
            out.line("    not counted  " + Shown.sentence(part));
        }
    }

    private void gates() {
        out.heading("GATES");
        for (GateLine gate : subject.gates()) {
            out.line(
                    "  "
                            + TextLines.padded(Shown.name(gate.name()), 26)
                            + " "
                            + TextLines.padded(Shown.name(gate.status()), 14)
                            + " "
                            + Shown.sentence(gate.summary()));
        }
    }

    private void findings() {
        out.heading("OPEN FINDINGS (" + subject.findings().size() + ")");
        out.bounded(
                subject.findings(),
                MAX_FINDINGS,
                "findings",
                finding -> "  " + Shown.sentence(finding));
    }

    /// Only in version 2, which is for what holds some.
    private void waivers() {
        if (!subject.waivers().isEmpty()) {
            out.heading("WAIVED FINDINGS (" + subject.waivers().size() + ")");
            out.bounded(
                    subject.waivers().stream().flatMap(RenderingV1::waiver).toList(),
                    4 * MAX_FINDINGS,
                    "lines of waivers",
                    line -> line);
        }
    }

    /// Four lines each, so that a long finding never pushes the reason out.
    private static Stream<String> waiver(WaiverLine waiver) {
        return Stream.of(
                "  "
                        + Shown.name(waiver.id())
                        + "  "
                        + Shown.name(waiver.rule())
                        + "  "
                        + Shown.sentence(waiver.place()),
                "    finding   " + Shown.sentence(waiver.finding()),
                "    accepted  by "
                        + Shown.quoted(waiver.who())
                        + ", "
                        + Shown.name(waiver.person())
                        + ", until "
                        + time(waiver.until()),
                "    reason    " + Shown.sentence(waiver.reason()));
    }

    private void secrets() {
        List<SecretReference> secrets = changeSet.manifest().secrets();
        out.heading("SECRETS CREATED OR CHANGED (" + secrets.size() + ")");
        out.bounded(
                secrets,
                MAX_SECRETS,
                "secrets",
                secret -> "  " + Shown.name(secret.name()) + "  " + Shown.name(secret.kind()));
    }

    private void files() {
        List<Artifact> files = changeSet.artifacts().list();
        out.heading("FILES (" + files.size() + ")");
        out.bounded(files, MAX_FILES, "files", RenderingV1::file);
    }

    private static String file(Artifact file) {
        return "  "
                + file.digest().hex().substring(0, 16)
                + " "
                + file.mode()
                + " "
                + String.format("%8d", file.sizeBytes())
                + " "
                + Shown.name(file.name().value());
    }

    private void terms() {
        Terms terms = subject.terms();
        out.heading("TERMS");
        out.field("asked at", time(terms.requestedAt()));
        out.field("decide by", time(terms.decideBy()));
        out.field("execute", "within " + duration(terms.executeWithin()) + " of the last approval");
        out.field("uses", Integer.toString(terms.uses()));
        out.field("approvers", Integer.toString(terms.approvers()));
        out.field(
                "policy", Shown.name(terms.policy()) + " " + changeSet.manifest().policy().value());
    }

    private void claims() {
        out.heading("CLAIMS OF THE REQUESTER (not checked)");
        out.field("client", Shown.quoted(changeSet.client()));
        out.bounded(
                changeSet.claims(),
                MAX_CLAIMS,
                "claims",
                claim -> "  claim  " + Shown.quoted(claim));
        out.line("");
        out.line("END OF " + version);
    }

    private static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String duration(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds % 60 != 0) {
            return seconds + " s";
        }
        return seconds / 60 + " min";
    }
}
