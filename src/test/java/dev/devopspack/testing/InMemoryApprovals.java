package dev.devopspack.testing;

import dev.devopspack.approval.Approval;
import dev.devopspack.approval.Approval.Reservation;
import dev.devopspack.approval.Approval.Status;
import dev.devopspack.approval.Approval.Window;
import dev.devopspack.approval.ApprovalId;
import dev.devopspack.approval.ApprovalRequest;
import dev.devopspack.approval.ApprovalStore;
import dev.devopspack.approval.Decision;
import dev.devopspack.change.ChangeSetId;
import dev.devopspack.change.CommitAuthor;
import dev.devopspack.change.Requester;
import dev.devopspack.task.Environment;
import dev.devopspack.task.StackName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The store of approvals in memory: every change of a status is one step, as it is one statement
/// in the database.
public final class InMemoryApprovals implements ApprovalStore {

    private final Map<ApprovalId, Approval> rows = new LinkedHashMap<>();
    private final Map<ChangeSetId, Set<CommitAuthor>> authors = new HashMap<>();
    private final Map<ApprovalId, String> grants = new HashMap<>();

    @Override
    public synchronized boolean insert(ApprovalRequest request) {
        boolean live =
                rows.values().stream()
                        .anyMatch(other ->
                                other.request().digest().equals(request.digest())
                                        && other.status().live());
        if (live) {
            return false;
        }
        rows.put(
                request.id(),
                new Approval(
                        request, Status.PENDING, List.of(), null, null, "", request.createdAt()));
        return true;
    }

    @Override
    public synchronized Optional<Approval> find(ApprovalId id) {
        return Optional.ofNullable(rows.get(id));
    }

    @Override
    public Optional<Approval> lock(ApprovalId id) {
        return find(id);
    }

    @Override
    public synchronized List<Approval> ofChangeSet(ChangeSetId changeSet) {
        return newest(Integer.MAX_VALUE).stream()
                .filter(approval -> approval.request().changeSet().equals(changeSet))
                .toList();
    }

    @Override
    public synchronized List<Approval> newest(int limit) {
        return new ArrayList<>(rows.values()).reversed().stream().limit(limit).toList();
    }

    @Override
    public synchronized void author(ChangeSetId changeSet, Set<CommitAuthor> named) {
        authors.computeIfAbsent(changeSet, _ -> new HashSet<>()).addAll(named);
    }

    @Override
    public synchronized Set<CommitAuthor> authorsOf(ChangeSetId changeSet) {
        return Set.copyOf(authors.getOrDefault(changeSet, Set.of()));
    }

    @Override
    public synchronized int askedSince(Requester requester, Instant since) {
        return (int)
                rows.values().stream()
                        .map(Approval::request)
                        .filter(request -> !request.createdAt().isBefore(since))
                        .map(ApprovalRequest::requester)
                        .filter(other ->
                                requester.person() == null
                                        ? requester.principal().equals(other.principal())
                                        : requester.person().equals(other.person()))
                        .count();
    }

    @Override
    public synchronized List<Approval> pending(int limit) {
        return rows.values().stream()
                .filter(approval -> approval.status() == Status.PENDING)
                .sorted(Comparator.comparing(approval -> approval.request().decideBy()))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<Approval> due(Instant now, int limit) {
        return rows.values().stream()
                .filter(approval ->
                        approval.status().live() && approval.statusAt(now) == Status.EXPIRED)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<Approval> usable(Environment environment, Instant now, int limit) {
        return newest(Integer.MAX_VALUE).stream()
                .filter(approval -> approval.request().environment().equals(environment))
                .filter(approval ->
                        Set.of(Status.APPROVED, Status.RESERVED, Status.CONSUMED)
                                .contains(approval.status()))
                .filter(approval -> approval.window() != null && approval.window().contains(now))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<Approval> ofStack(
            StackName stack, Environment environment, int limit) {
        return newest(Integer.MAX_VALUE).stream()
                .filter(approval -> approval.request().stack().equals(stack))
                .filter(approval -> approval.request().environment().equals(environment))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized boolean insertDecision(Decision decision) {
        Approval approval = rows.get(decision.approval());
        boolean again =
                approval.decisions().stream()
                        .anyMatch(other -> other.approver().equals(decision.approver()));
        if (again) {
            return false;
        }
        List<Decision> decisions = new ArrayList<>(approval.decisions());
        decisions.add(decision);
        rows.put(
                decision.approval(),
                new Approval(
                        approval.request(),
                        approval.status(),
                        decisions,
                        approval.window(),
                        approval.reservation(),
                        approval.note(),
                        approval.changedAt()));
        return true;
    }

    @Override
    public synchronized boolean approve(ApprovalId id, Window window, Instant now) {
        Approval approval = rows.get(id);
        if (approval == null
                || approval.status() != Status.PENDING
                || !now.isBefore(approval.request().decideBy())) {
            return false;
        }
        put(approval, Status.APPROVED, window, null, "", now);
        return true;
    }

    @Override
    public synchronized boolean end(
            ApprovalId id, List<Status> from, Status to, String note, Instant now) {
        Approval approval = rows.get(id);
        if (approval == null || !from.contains(approval.status())) {
            return false;
        }
        put(approval, to, approval.window(), approval.reservation(), note, now);
        return true;
    }

    @Override
    public synchronized boolean reserve(Use use, Instant leaseUntil, Instant now) {
        Approval approval = rows.get(use.id());
        if (!usable(approval, use, now)) {
            return false;
        }
        put(
                approval,
                Status.RESERVED,
                approval.window(),
                new Reservation(use.caller(), leaseUntil),
                "",
                now);
        return true;
    }

    @Override
    public synchronized boolean release(ApprovalId id, String caller, Instant now) {
        Approval approval = rows.get(id);
        if (approval == null
                || approval.status() != Status.RESERVED
                || approval.reservation() == null
                || !approval.reservation().caller().equals(caller)) {
            return false;
        }
        put(approval, Status.APPROVED, approval.window(), null, "", now);
        return true;
    }

    @Override
    public synchronized boolean consume(Use use, Instant now) {
        Approval approval = rows.get(use.id());
        if (!usable(approval, use, now)) {
            return false;
        }
        put(
                approval,
                Status.CONSUMED,
                approval.window(),
                new Reservation(use.caller(), now),
                "",
                now);
        return true;
    }

    private static boolean usable(Approval approval, Use use, Instant now) {
        if (approval == null
                || !approval.request().digest().equals(use.digest())
                || !approval.request().environment().equals(use.environment())
                || approval.window() == null
                || !approval.window().contains(now)) {
            return false;
        }
        return switch (approval.status()) {
            case APPROVED -> true;
            case RESERVED ->
                    approval.reservation() != null
                            && (approval.reservation().caller().equals(use.caller())
                                    || !now.isBefore(approval.reservation().leaseUntil()));
            case PENDING, CONSUMED, SUCCEEDED, FAILED, UNKNOWN, DENIED, EXPIRED, REVOKED -> false;
        };
    }

    @Override
    public synchronized boolean reportOutcome(
            ApprovalId id, String caller, Status outcome, String note, Instant now) {
        Approval approval = rows.get(id);
        if (approval == null
                || approval.status() != Status.CONSUMED
                || approval.reservation() == null
                || !approval.reservation().caller().equals(caller)) {
            return false;
        }
        put(approval, outcome, approval.window(), approval.reservation(), note, now);
        return true;
    }

    private void put(
            Approval approval,
            Status status,
            Window window,
            Reservation reservation,
            String note,
            Instant now) {
        rows.put(
                approval.request().id(),
                new Approval(
                        approval.request(),
                        status,
                        approval.decisions(),
                        window,
                        reservation,
                        note,
                        now));
    }

    @Override
    public synchronized void insertGrant(ApprovalId id, String envelope, Instant at) {
        if (grants.putIfAbsent(id, envelope) != null) {
            throw new IllegalStateException("there is a grant already");
        }
    }

    @Override
    public synchronized Optional<String> grant(ApprovalId id) {
        return Optional.ofNullable(grants.get(id));
    }
}
