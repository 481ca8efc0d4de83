package dev.devopspack.web;

import dev.devopspack.approval.Approval;
import dev.devopspack.approval.Approvals;
import dev.devopspack.approval.Refusal;
import dev.devopspack.audit.StoredEntry;
import dev.devopspack.change.ChangeSet;
import dev.devopspack.change.CommitAuthor;
import dev.devopspack.manager.ChangeSetView;
import dev.devopspack.manager.FindingPatches;
import dev.devopspack.review.Fact;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes the page of a change set from what the flow knows of it.
@Singleton
class ChangeSetPages {

    /// Long enough for the next release, short enough to be remembered.
    private static final Period WAIVED_BY_DEFAULT = Period.ofDays(30);

    /// What a person reads; the entries of the log and the database have the others.
    private static final int MAX_AUTHORS_SHOWN = 100;

    private final Names names;
    private final Approvals approvals;
    private final Outcomes outcomes;
    private final FindingPatches patches;
    private final Clock clock;

    ChangeSetPages(
            Names names,
            Approvals approvals,
            Outcomes outcomes,
            FindingPatches patches,
            Clock clock) {
        this.patches = patches;
        this.approvals = approvals;
        this.outcomes = outcomes;
        this.names = names;
        this.clock = clock;
    }

    /// What the reader may do beside approving.
    ///
    /// @param mayDeny whether he may deny what waits; some may who may not approve
    /// @param auditor whether he may take the evidence away
    /// @param mayWaive whether he may waive findings of this change set
    /// @param mayBreakGlass whether he may let its request through alone
    /// @param mayAddPeople whether he may make somebody an approver
    /// @param others how many others can approve what waits, where the reader may not; no more than
    ///   it takes
    record Reader(
            boolean mayDeny,
            boolean auditor,
            boolean mayWaive,
            boolean mayBreakGlass,
            boolean mayAddPeople,
            int others) {}

    /// @param barred why the reader may not approve; nothing where he may, or where there is
    ///   nothing to decide
    /// @param reader what else the reader may do
    ChangeSetPage page(ChangeSetView view, Optional<Refusal> barred, Reader reader) {
        Instant now = clock.instant();
        ChangeSet changeSet = view.changeSet();
        Approval approval = view.approval().orElse(null);
        Approval waiting =
                view.approval().filter(asked -> ApprovalWords.open(asked, now)).orElse(null);
        FileViews files = new FileViews(changeSet, view.previous().orElse(null));
        return new ChangeSetPage(
                changeSet.id().value(),
                changeSet.target().stack().value(),
                changeSet.target().environmentText(),
                waiting == null ? "" : Pill.BAD,
                ApprovalWords.pill(view.verdicts(), approval, now),
                changeSet.code(),
                askedBy(changeSet),
                Moment.of(changeSet.createdAt(), now),
                waiting == null ? null : Moment.of(waiting.request().decideBy(), now),
                DigestMark.of(changeSet.digest()),
                glance(view),
                outcomes.of(view, reader.auditor(), now),
                approval == null ? null : signed(approval, barred.isEmpty(), now),
                view.verdicts().list().stream().map(GateViews::of).toList(),
                PlanViews.of(view.plan()),
                files.views(),
                FindingViews.of(view.verdicts(), files, patches.of(changeSet, view.verdicts())),
                files.difference(view.previous().orElse(null)),
                changeSet.claims(),
                authors(changeSet),
                view.history().stream().map(entry -> event(entry, now)).toList(),
                waiting == null ? null : sign(waiting, barred, reader),
                reader.auditor() ? "/change-sets/" + changeSet.id() + "/evidence.zip" : null,
                reader.mayWaive()
                        ? LocalDate.ofInstant(now, ZoneOffset.UTC)
                                .plus(WAIVED_BY_DEFAULT)
                                .toString()
                        : null,
                waiting != null && reader.mayBreakGlass() ? waiting.request().id().value() : null);
    }

    private List<String> authors(ChangeSet changeSet) {
        return approvals.authorsOf(changeSet.id()).stream()
                .map(CommitAuthor::value)
                .sorted()
                .limit(MAX_AUTHORS_SHOWN)
                .toList();
    }

    /// Who asked, in words: the software as it names itself, and the human behind it.
    String askedBy(ChangeSet changeSet) {
        String person = changeSet.manifest().requester().person();
        String human = person == null ? null : names.ofPerson(person);
        if (changeSet.manifest().requester().principal().startsWith("person:")) {
            return human == null ? "a person" : human;
        }
        String client = changeSet.client().isBlank() ? "a token" : "“" + changeSet.client() + "”";
        return human == null ? client : client + " for " + human;
    }

    /// What changes, what is risky, what it costs and what the gates say.
    static List<ChangeSetPage.GlanceRow> glance(ChangeSetView view) {
        List<ChangeSetPage.Item> risks = new ArrayList<>();
        for (Fact fact : view.risks()) {
            risks.add(new ChangeSetPage.Item(fact.text(), tone(fact.level())));
        }
        if (risks.isEmpty()) {
            risks.add(new ChangeSetPage.Item("nothing that we look for was found", Pill.QUIET));
        }
        return List.of(
                new ChangeSetPage.GlanceRow(
                        "What changes",
                        List.of(new ChangeSetPage.Item(PlanViews.headline(view), "")),
                        view.plan().source().sentence()),
                new ChangeSetPage.GlanceRow("Risks", risks, null),
                new ChangeSetPage.GlanceRow(
                        "Cost", List.of(new ChangeSetPage.Item(view.cost().summary(), "")), null),
                new ChangeSetPage.GlanceRow(
                        "Gates",
                        view.verdicts().list().stream()
                                .map(verdict ->
                                        new ChangeSetPage.Item(
                                                GateViews.brief(verdict), GateViews.tone(verdict)))
                                .toList(),
                        null));
    }

    private static String tone(Fact.Level level) {
        return switch (level) {
            case DANGER -> Pill.BAD;
            case CAUTION -> Pill.WAIT;
            case OK -> Pill.GOOD;
            case INFO -> Pill.QUIET;
        };
    }

    private static ChangeSetPage.Signed signed(Approval approval, boolean mayApprove, Instant now) {
        boolean open = ApprovalWords.open(approval, now);
        return new ChangeSetPage.Signed(
                heading(approval, open, mayApprove),
                "Facts that this server computed. A passkey signs the digest of exactly these"
                        + " characters, and the digest of the files.",
                approval.request().rendering().text(),
                DigestMark.of(approval.request().rendering().digest()));
    }

    private static String heading(Approval approval, boolean open, boolean mayApprove) {
        if (open) {
            return mayApprove ? "You sign this text" : "The text that an approver signs";
        }
        return approval.decisions().isEmpty()
                ? "The text that was to be signed"
                : "The text that was signed";
    }

    private static ChangeSetPage.Sign sign(
            Approval approval, Optional<Refusal> barred, Reader reader) {
        String digest = DigestMark.of(approval.request().rendering().digest()).brief();
        String sentence =
                barred.map(refusal -> refusal.problem() + ". " + refusal.mend())
                        .orElseGet(() ->
                                "You sign the text above (digest "
                                        + digest
                                        + "…), for "
                                        + approval.request().environment()
                                        + ", usable once within "
                                        + approval.request().executeWithin().toMinutes()
                                        + " minutes.");
        return new ChangeSetPage.Sign(
                approval.request().id().value(),
                capitalised(sentence),
                "You sign a no to the text above (digest "
                        + digest
                        + "…). These files are denied for good; changed ones can be asked for"
                        + " again.",
                alone(approval, barred, reader),
                reader.mayAddPeople(),
                barred.isEmpty(),
                reader.mayDeny());
    }

    private static String alone(Approval approval, Optional<Refusal> barred, Reader reader) {
        long missing = approval.request().quorum() - approval.approvals();
        if (barred.isEmpty() || reader.others() >= missing) {
            return "";
        }
        String few =
                ApprovalWords.tooFew(approval.request().environment(), reader.others(), missing);
        return reader.mayAddPeople() ? few + "." : few + ": ask an admin to add somebody.";
    }

    private static String capitalised(String sentence) {
        return sentence.isEmpty()
                ? sentence
                : Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
    }

    private ChangeSetPage.Event event(StoredEntry entry, Instant now) {
        return new ChangeSetPage.Event(
                entry.sequence(),
                Moment.of(entry.at(), now),
                AuditWords.sentence(entry.entry(), names.ofActor(entry.entry().actor())));
    }
}
