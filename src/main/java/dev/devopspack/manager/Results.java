package dev.devopspack.manager;

import dev.devopspack.approval.Approval;
import dev.devopspack.approval.ApprovalPolicy;
import dev.devopspack.approval.Approvals;
import dev.devopspack.approval.Grants;
import dev.devopspack.audit.AuditLog;
import dev.devopspack.audit.AuditQuery;
import dev.devopspack.change.ChangeSet;
import dev.devopspack.change.GateId;
import dev.devopspack.gate.ApprovalGate;
import dev.devopspack.gate.Verdict;
import dev.devopspack.gate.VerdictStore;
import dev.devopspack.gate.Verdicts;
import dev.devopspack.specialist.Outcome;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/// Puts together what is shown of a change set: verdicts, plan, approval, what to do next.
@ApplicationScoped
class Results {

    /// A page shows the newest; the audit page has all of them.
    private static final int HISTORY = 100;

    private final VerdictStore verdictStore;
    private final Approvals approvals;
    private final Grants grants;
    private final Reviews reviews;
    private final Deceptions deceptions;
    private final AuditLog log;
    private final ApprovalPolicy policy;
    private final Clock clock;
    private final String baseUrl;

    Results(
            VerdictStore verdictStore,
            Approvals approvals,
            Grants grants,
            Reviews reviews,
            Deceptions deceptions,
            AuditLog log,
            ApprovalPolicy policy,
            Clock clock,
            @ConfigProperty(name = "devopspack.base-url") String baseUrl) {
        this.verdictStore = verdictStore;
        this.approvals = approvals;
        this.grants = grants;
        this.reviews = reviews;
        this.deceptions = deceptions;
        this.log = log;
        this.policy = policy;
        this.clock = clock;
        this.baseUrl = baseUrl;
    }

    static RunResult report(Outcome.Report report) {
        return RunResult.of("report", report.summary(), List.of(), report.facts(), null);
    }

    static RunResult askBack(List<String> summary, Map<String, Object> missing, List<String> next) {
        return RunResult.of("input_required", summary, next, null, missing);
    }

    /// @param routed why plain language led there; null where the task named its type
    static RunResult inputRequired(Outcome.InputRequired required, @Nullable String routed) {
        List<String> summary = new ArrayList<>();
        List<String> next = new ArrayList<>(List.of("Send the task again with these inputs."));
        if (routed != null) {
            summary.add(routed);
            next.add("If another agent is meant, name its `type`; several tasks go as `tasks`.");
        }
        required.missing()
                .forEach(missing -> summary.add(missing.pointer() + ": " + missing.description()));
        Map<String, Object> missing = new LinkedHashMap<>();
        missing.put("inputs", required.missing());
        missing.put("schema", required.schema());
        missing.put("example", required.example());
        return RunResult.of("input_required", summary, next, null, missing);
    }

    RunResult of(ChangeSet changeSet, List<String> summary, List<String> next) {
        Optional<Approval> approval = newestApproval(changeSet);
        Verdicts verdicts = verdicts(changeSet, approval);
        return new RunResult(
                "proposal",
                RunResult.ChangeSetPart.of(changeSet),
                summary,
                reviews.of(changeSet).document(),
                verdicts.list().stream().map(RunResult.GatePart::of).toList(),
                approval.map(a -> approvalPart(changeSet, a)).orElse(null),
                changeSet.claims(),
                Stream.concat(next(changeSet, verdicts, approval).stream(), next.stream()).toList(),
                null,
                null,
                null);
    }

    ChangeSetView view(ChangeSet changeSet) {
        Reviews.Review review = reviews.of(changeSet);
        Optional<Approval> approval = newestApproval(changeSet);
        return new ChangeSetView(
                changeSet,
                verdicts(changeSet, approval),
                review.plan(),
                review.risks(),
                review.cost(),
                review.previous(),
                approval,
                approval.flatMap(a -> grants.envelope(a.request().id())),
                log.search(AuditQuery.ofChangeSet(changeSet.id().value(), HISTORY)));
    }

    /// The stored verdicts, and where the approval stands at this moment.
    Verdicts verdicts(ChangeSet changeSet) {
        return verdicts(changeSet, newestApproval(changeSet));
    }

    private Verdicts verdicts(ChangeSet changeSet, Optional<Approval> approval) {
        List<Verdict> all = new ArrayList<>();
        verdictStore
                .latest(changeSet.id())
                .ifPresent(stored ->
                        stored.list().stream()
                                .filter(v -> v.gate() != GateId.APPROVAL)
                                .forEach(all::add));
        all.add(byApproval(changeSet, approval));
        return new Verdicts(all);
    }

    private Verdict byApproval(ChangeSet changeSet, Optional<Approval> approval) {
        ApprovalPolicy.Requirement requirement =
                policy.requires(changeSet.target().environment(), changeSet.manifest().secrets());
        boolean unasked =
                approval.isEmpty() && requirement instanceof ApprovalPolicy.Requirement.Required;
        return (unasked ? deceptions.in(changeSet) : Optional.<String>empty())
                .map(why -> ApprovalGate.barred(changeSet.digest(), policy, why))
                .orElseGet(() ->
                        ApprovalGate.judge(
                                changeSet.digest(),
                                policy,
                                requirement,
                                approval.orElse(null),
                                clock.instant()));
    }

    private Optional<Approval> newestApproval(ChangeSet changeSet) {
        return approvals.ofChangeSet(changeSet.id()).stream().findFirst();
    }

    private RunResult.ApprovalPart approvalPart(ChangeSet changeSet, Approval approval) {
        Instant now = clock.instant();
        return new RunResult.ApprovalPart(
                approval.request().id().value(),
                pageOf(changeSet),
                approval.statusAt(now).name(),
                approval.request().decideBy().toString(),
                approval.note().isEmpty() ? null : approval.note());
    }

    private String pageOf(ChangeSet changeSet) {
        return baseUrl + "/change-sets/" + changeSet.id();
    }

    private List<String> next(ChangeSet changeSet, Verdicts verdicts, Optional<Approval> approval) {
        List<String> failed =
                verdicts.list().stream()
                        .filter(v -> v.status() instanceof Verdict.Status.Failed)
                        .filter(v -> v.gate() != GateId.APPROVAL)
                        .map(v -> v.gate().id())
                        .toList();
        if (!failed.isEmpty()) {
            return List.of(
                    "Mend what "
                            + String.join(" and ", failed)
                            + " found and run it again; nobody is asked before.");
        }
        if (approval.isEmpty() && changeSet.manifest().requiredGates().contains(GateId.APPROVAL)) {
            return List.of(
                    "Nobody was asked: this requester asked too often within an hour. Put what"
                            + " belongs together into one change set, or run this one again in an"
                            + " hour.");
        }
        if (approval.isEmpty()) {
            return List.of("No approval is needed. The page is " + pageOf(changeSet));
        }
        String id = approval.get().request().id().value();
        return switch (approval.get().statusAt(clock.instant())) {
            case PENDING ->
                    List.of(
                            "Ask an approver to open "
                                    + pageOf(changeSet)
                                    + " and compare the code "
                                    + changeSet.code()
                                    + ".");
            case APPROVED, RESERVED ->
                    List.of(
                            "Let the pipeline consume the grant, once: devops-pack consume "
                                    + id
                                    + " DIR --digest "
                                    + changeSet.digest()
                                    + " --environment "
                                    + changeSet.target().environmentText());
            case CONSUMED -> List.of("The pipeline should report how it went.");
            case SUCCEEDED, UNKNOWN -> List.of("It is released. There is nothing left to do.");
            case FAILED -> List.of("Applying failed. Mend the cause and run it again.");
            case DENIED ->
                    List.of(
                            "It was denied. Change what the reason names: these bytes stay denied.");
            case EXPIRED, REVOKED -> List.of("Run the task again to ask anew.");
        };
    }
}
