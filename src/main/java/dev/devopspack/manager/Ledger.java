package dev.devopspack.manager;

import dev.devopspack.approval.Approvals;
import dev.devopspack.approval.NamedAuthors;
import dev.devopspack.approval.waiver.Waivers;
import dev.devopspack.audit.AuditEntry;
import dev.devopspack.audit.AuditLog;
import dev.devopspack.change.ChangeSet;
import dev.devopspack.change.ChangeSetStore;
import dev.devopspack.change.CommitAuthor;
import dev.devopspack.change.GateId;
import dev.devopspack.change.Origin;
import dev.devopspack.change.Transactions;
import dev.devopspack.gate.Verdict;
import dev.devopspack.gate.VerdictStore;
import dev.devopspack.gate.Verdicts;
import dev.devopspack.gate.Waived;
import dev.devopspack.identity.Principal;
import dev.devopspack.manager.run.StepResult;
import dev.devopspack.task.Environment;
import dev.devopspack.task.Task;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Stores what a run came to and writes every step into the audit log, all of it or nothing.
@ApplicationScoped
class Ledger {

    /// An entry holds short texts; the store has all of them.
    private static final int MAX_AUTHORS_NAMED = 15;

    private final ChangeSetStore changeSets;
    private final VerdictStore verdictStore;
    private final AuditLog log;
    private final Approvals approvals;
    private final NamedAuthors namedAuthors;
    private final Renderings renderings;
    private final Deceptions deceptions;
    private final Waivers waivers;
    private final Transactions transactions;
    private final Clock clock;

    Ledger(
            ChangeSetStore changeSets,
            VerdictStore verdictStore,
            AuditLog log,
            Approvals approvals,
            NamedAuthors namedAuthors,
            Renderings renderings,
            Deceptions deceptions,
            Waivers waivers,
            Transactions transactions,
            Clock clock) {
        this.changeSets = changeSets;
        this.verdictStore = verdictStore;
        this.log = log;
        this.approvals = approvals;
        this.namedAuthors = namedAuthors;
        this.renderings = renderings;
        this.deceptions = deceptions;
        this.waivers = waivers;
        this.transactions = transactions;
        this.clock = clock;
    }

    /// A task that was understood; one that is refused leaves nothing. Once: a task that goes on
    /// after an interruption was received before.
    void received(Order order, Destination.Found found, Inputs.Filled filled) {
        transactions.allOrNothing(() -> {
            if (order.milestones().begin()) {
                log.append(receivedEntry(order, found, filled));
            }
        });
    }

    private static AuditEntry receivedEntry(
            Order order, Destination.Found found, Inputs.Filled filled) {
        Task task = order.task().task();
        Principal caller = order.caller();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("type", task.type().value());
        facts.put("agent", found.specialist().agent());
        facts.put("capability", found.capability().name());
        facts.put("client", order.client());
        if (task.environment() != null) {
            facts.put("environment", task.environment().value());
        }
        found.by()
                .ifPresent(route -> {
                    facts.put("routed", "by request");
                    facts.put("confidence", Routes.percent(route) + " %");
                    route.runnerUp().ifPresent(other -> facts.put("runnerUp", other.name()));
                });
        Provenance.writtenBy(filled)
                .ifPresent(written -> {
                    facts.put("inputWrittenBy", "language model " + written.model());
                    facts.put("rounds", String.valueOf(written.rounds()));
                });
        return new AuditEntry(
                "task.received", caller.actor(), facts, Map.of("caller", caller.name()));
    }

    /// Files of a caller's own that were taken.
    void received(Submission submission, Principal caller, String client) {
        log.append(
                new AuditEntry(
                        "submission.received",
                        caller.actor(),
                        Map.of(
                                "client", client,
                                "environment", submission.environment().value(),
                                "stack", submission.stack().value(),
                                "files", String.valueOf(submission.artifacts().list().size())),
                        Map.of("caller", caller.name())));
    }

    /// What a task without files came to.
    void remember(Order order, Destination.@Nullable Found found, RunResult result) {
        transactions.allOrNothing(() ->
                order.milestones()
                        .end(
                                new StepResult(
                                        result.outcome(),
                                        found == null ? null : found.specialist().agent(),
                                        found == null ? null : found.capability().name(),
                                        null,
                                        result.summary(),
                                        result.next(),
                                        result.report(),
                                        result.missing(),
                                        null)));
    }

    /// Stores what a task came to.
    ///
    /// @return the stored one: an equal one may have been stored before
    ChangeSet remember(
            ChangeSet changeSet,
            Verdicts verdicts,
            Order order,
            Destination.Found found,
            List<String> summary,
            List<String> next) {
        return transactions.inOne(() -> {
            order.milestones()
                    .end(
                            new StepResult(
                                    "proposal",
                                    found.specialist().agent(),
                                    found.capability().name(),
                                    changeSet.id().value(),
                                    summary,
                                    next,
                                    null,
                                    null,
                                    null));
            return remember(changeSet, verdicts, order.caller());
        });
    }

    /// The same where nobody said who wrote its commits.
    ChangeSet remember(ChangeSet changeSet, Verdicts verdicts, Principal caller) {
        return remember(changeSet, verdicts, caller, Set.of());
    }

    /// Stores the change set and its verdicts, and asks people where they must be asked.
    ///
    /// @param authors of its commits, as far as they are known
    /// @return the stored one: an equal one may have been stored before
    /// @throws NamedAuthors.TooFewLeft where others were named meanwhile and too few are left to
    ///   approve it; then nothing is kept
    ChangeSet remember(
            ChangeSet changeSet, Verdicts verdicts, Principal caller, Set<CommitAuthor> authors) {
        return transactions.inOne(() -> {
            Instant now = clock.instant();
            boolean known = changeSets.find(changeSet.id()).isPresent();
            ChangeSet stored = changeSets.store(changeSet);
            approvals.hold(stored.id());
            checkAuthors(stored, authors);
            if (!known) {
                log.append(stored(stored, caller, authors));
            }
            verdictStore.store(stored.id(), verdicts, now);
            verdicts.list().forEach(verdict -> log.append(judged(stored, verdict)));
            Set<CommitAuthor> named = approvals.author(stored.id(), authors);
            if (known && !named.isEmpty()) {
                log.append(named(stored, caller, named));
            }
            waivers.used(stored.id(), verdicts.digest(), waived(verdicts));
            ask(stored, verdicts, caller);
            return stored;
        });
    }

    /// Two submissions that name one approver each may both have passed the door. Whoever names
    /// somebody holds the log while he looks and until the names are kept: the second one sees
    /// those of the first.
    private void checkAuthors(ChangeSet stored, Set<CommitAuthor> authors) {
        if (authors.isEmpty()) {
            return;
        }
        log.hold();
        namedAuthors
                .against(stored, authors)
                .ifPresent(refused -> {
                    throw refused;
                });
    }

    private static List<String> waived(Verdicts verdicts) {
        return verdicts.list().stream()
                .flatMap(verdict -> verdict.checks().stream())
                .filter(Waived::isCheck)
                .map(Waived::waiverOf)
                .distinct()
                .toList();
    }

    private void ask(ChangeSet changeSet, Verdicts verdicts, Principal caller) {
        boolean required = changeSet.manifest().requiredGates().contains(GateId.APPROVAL);
        if (!required || !verdicts.openForApproval() || deceptions.in(changeSet).isPresent()) {
            return;
        }
        approvals.open(changeSet, verdicts.digest(), renderings.of(changeSet, verdicts), caller);
    }

    private static AuditEntry stored(
            ChangeSet changeSet, Principal caller, Set<CommitAuthor> authors) {
        Map<String, String> facts = facts(changeSet);
        facts.put(
                "origin",
                switch (changeSet.manifest().origin()) {
                    case Origin.Generated made -> made.agent() + "/" + made.capability();
                    case Origin.Submitted _ -> "submitted";
                });
        facts.put("files", String.valueOf(changeSet.artifacts().list().size()));
        facts.put("client", changeSet.client());
        return new AuditEntry(
                "change_set.stored", caller.actor(), facts, personal(caller, authors));
    }

    /// Somebody named further authors of a change set that was known already: they stop counting.
    private static AuditEntry named(
            ChangeSet changeSet, Principal caller, Set<CommitAuthor> authors) {
        Map<String, String> facts = facts(changeSet);
        facts.put("authors", String.valueOf(authors.size()));
        return new AuditEntry(
                "change_set.authors_named", caller.actor(), facts, personal(caller, authors));
    }

    private static Map<String, String> personal(Principal caller, Set<CommitAuthor> authors) {
        Map<String, String> personal = new LinkedHashMap<>(Map.of("caller", caller.name()));
        if (!authors.isEmpty()) {
            personal.put(
                    "authors",
                    authors.stream()
                            .map(CommitAuthor::value)
                            .sorted()
                            .limit(MAX_AUTHORS_NAMED)
                            .collect(Collectors.joining(", ")));
        }
        return personal;
    }

    private static AuditEntry judged(ChangeSet changeSet, Verdict verdict) {
        Map<String, String> facts = facts(changeSet);
        facts.put("gate", verdict.gate().id());
        facts.put("status", verdict.statusName());
        facts.put("score", verdict.score().earned() + "/" + verdict.score().possible());
        facts.put("findings", String.valueOf(verdict.findings().size()));
        facts.put("ruleset", verdict.ruleset().value());
        return AuditEntry.of("gate.judged", Principal.SYSTEM.actor(), facts);
    }

    private static Map<String, String> facts(ChangeSet changeSet) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("changeSet", changeSet.id().value());
        facts.put("digest", changeSet.digest().value());
        Environment environment = changeSet.target().environment();
        if (environment != null) {
            facts.put("environment", environment.value());
        }
        facts.put("stack", changeSet.target().stack().value());
        return facts;
    }
}
