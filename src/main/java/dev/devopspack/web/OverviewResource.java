package dev.devopspack.web;

import dev.devopspack.approval.Approval;
import dev.devopspack.approval.Approvals;
import dev.devopspack.approval.Decisions;
import dev.devopspack.approval.ReadingTimes;
import dev.devopspack.approval.waiver.Waivers;
import dev.devopspack.audit.AuditVerifier;
import dev.devopspack.change.ChangeSetId;
import dev.devopspack.change.ChangeSetStore;
import dev.devopspack.identity.PersonId;
import dev.devopspack.identity.Principal;
import dev.devopspack.manager.ChangeSetView;
import dev.devopspack.manager.Manager;
import dev.devopspack.review.Fact;
import dev.devopspack.web.guard.Access;
import dev.devopspack.web.guard.Caller;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The first page.
@Path("/")
@Singleton
@RunOnVirtualThread
public class OverviewResource {

    /// What a person can look at; the rest is in the lists.
    private static final int SHOWN = 8;

    private static final int LOOKED_AT = 200;

    private static final Duration RECENT = Duration.ofDays(30);

    private final Manager manager;
    private final Approvals approvals;
    private final Decisions decisions;
    private final Waivers waivers;
    private final ReadingTimes readingTimes;
    private final FirstSteps firstSteps;
    private final Rows rows;
    private final AuditState audit;
    private final Plots plots;
    private final Clock clock;
    private final Shells shells;
    private final Caller caller;

    OverviewResource(
            Manager manager,
            Approvals approvals,
            Decisions decisions,
            Waivers waivers,
            ReadingTimes readingTimes,
            FirstSteps firstSteps,
            Rows rows,
            AuditState audit,
            Plots plots,
            Clock clock,
            Shells shells,
            Caller caller) {
        this.shells = shells;
        this.caller = caller;
        this.manager = manager;
        this.approvals = approvals;
        this.decisions = decisions;
        this.waivers = waivers;
        this.readingTimes = readingTimes;
        this.firstSteps = firstSteps;
        this.rows = rows;
        this.audit = audit;
        this.plots = plots;
        this.clock = clock;
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    @RolesAllowed(Access.PERSON)
    public TemplateInstance overview() {
        Principal reader = caller.principal();
        List<Approval> newest = approvals.newest(LOOKED_AT);
        List<Approval> waiting =
                caller.may(Access.PERSON_APPROVER) || caller.may(Access.PERSON_DELEGATE)
                        ? waiting(reader)
                        : List.of();
        return Pages.overview(
                shells.of("Overview"),
                new Overview(
                        "Hello, " + reader.name(),
                        headline(waiting.size()),
                        caller.may(Access.PERSON_ADMIN) ? firstSteps.of(reader, newest) : List.of(),
                        caller.may(Access.PERSON_REQUESTER),
                        waiting.stream().limit(SHOWN).map(this::waitingRow).toList(),
                        asked(reader.person()),
                        decided(newest),
                        List.of(plots.gates(), plots.decisions(newest)),
                        List.of(released(newest), reading(), auditLog(), waivers())));
    }

    static String headline(int waiting) {
        return switch (waiting) {
            case 0 -> "Nothing waits for your decision.";
            case 1 -> "One change set waits for your decision.";
            default ->
                    waiting
                            + (waiting == LOOKED_AT ? " or more" : "")
                            + " change sets wait for your decision, the "
                            + (waiting > SHOWN
                                    ? SHOWN + " with the nearest deadlines stand here."
                                    : "nearest deadline first.");
        };
    }

    private List<Approval> waiting(Principal reader) {
        return approvals.pending(LOOKED_AT).stream()
                .filter(approval -> decisions.barred(approval.request().id(), reader).isEmpty())
                .toList();
    }

    private Overview.WaitingRow waitingRow(Approval approval) {
        Instant now = clock.instant();
        ChangeSetId id = approval.request().changeSet();
        ChangeSetView view = manager.view(id);
        return new Overview.WaitingRow(
                id.value(),
                ChangeSetId.code(approval.request().digest()),
                approval.request().stack().value(),
                approval.request().environment().value(),
                PlanViews.headline(view),
                view.risks().stream()
                        .filter(fact -> fact.level() == Fact.Level.DANGER)
                        .map(Fact::text)
                        .toList(),
                rows.askedBy(approval.request().requester().person()),
                Moment.of(approval.request().createdAt(), now),
                Moment.of(approval.request().decideBy(), now));
    }

    private List<ChangeSetRow> asked(@Nullable PersonId person) {
        return manager.list(null, LOOKED_AT).stream()
                .filter(summary -> isOf(summary, person))
                .limit(SHOWN)
                .map(rows::of)
                .toList();
    }

    private static boolean isOf(ChangeSetStore.Summary summary, @Nullable PersonId person) {
        return person != null && person.toString().equals(summary.requester().person());
    }

    private List<ChangeSetRow> decided(List<Approval> newest) {
        return newest.stream()
                .filter(approval -> !approval.decisions().isEmpty())
                .limit(SHOWN)
                .map(rows::of)
                .toList();
    }

    private Overview.Number released(List<Approval> newest) {
        long released =
                recent(newest)
                        .filter(approval ->
                                switch (approval.status()) {
                                    case CONSUMED, SUCCEEDED, UNKNOWN -> true;
                                    case PENDING,
                                            APPROVED,
                                            RESERVED,
                                            FAILED,
                                            DENIED,
                                            EXPIRED,
                                            REVOKED ->
                                            false;
                                })
                        .count();
        return new Overview.Number(
                "Released",
                String.valueOf(released),
                recent(newest).count() + " asked, 30 days",
                "");
    }

    private Stream<Approval> recent(List<Approval> newest) {
        Instant since = clock.instant().minus(RECENT);
        return newest.stream().filter(a -> a.request().createdAt().isAfter(since));
    }

    /// A yes within seconds was not read: who approves sees how it stands with all of them.
    private Overview.Number reading() {
        ReadingTimes.Pace pace = readingTimes.pace(clock.instant().minus(RECENT));
        Duration median = pace.median();
        return new Overview.Number(
                "Time to read",
                median == null ? "–" : Moment.length(median),
                median == null
                        ? "nothing decided, 30 days"
                        : "median of "
                                + pace.decisions()
                                + " decisions; "
                                + pace.hastyPercent()
                                + " % took less than "
                                + ReadingTimes.HASTY.toSeconds()
                                + " s",
                pace.hasty() == 0 ? "" : Pill.WAIT);
    }

    private Overview.Number waivers() {
        int soon = waivers.endingSoon().size();
        return new Overview.Number(
                "Waivers",
                String.valueOf(waivers.running().size()),
                soon == 0
                        ? "none ends soon"
                        : soon + " end within " + Waivers.REMINDED.toDays() + " days",
                soon == 0 ? "" : Pill.WAIT);
    }

    private Overview.Number auditLog() {
        return switch (audit.recent().result()) {
            case AuditVerifier.Result.Intact intact ->
                    new Overview.Number(
                            "Audit log", "verified", "up to entry " + intact.sequence(), Pill.GOOD);
            case AuditVerifier.Result.Broken broken ->
                    new Overview.Number(
                            "Audit log", "broken", "at entry " + broken.sequence(), Pill.BAD);
        };
    }
}
