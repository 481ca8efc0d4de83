package dev.devopspack.adapter.database;

import dev.devopspack.approval.Approval;
import dev.devopspack.approval.Approval.Status;
import dev.devopspack.approval.Approval.Window;
import dev.devopspack.approval.ApprovalId;
import dev.devopspack.approval.ApprovalRequest;
import dev.devopspack.approval.ApprovalStore;
import dev.devopspack.approval.BatchProof;
import dev.devopspack.approval.Decision;
import dev.devopspack.change.ChangeSetId;
import dev.devopspack.change.CommitAuthor;
import dev.devopspack.change.Requester;
import dev.devopspack.task.Environment;
import dev.devopspack.task.StackName;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Approvals in PostgreSQL. A request, its decisions and its grant are append-only; where it stands
/// is a row of its own, moved on by one statement at a time.
@ApplicationScoped
@Transactional
class StoredApprovals implements ApprovalStore, PanacheRepositoryBase<ApprovalStateRow, String> {

    private final EntityManager database;
    private final ApprovalSteps steps;

    StoredApprovals(EntityManager database, ApprovalSteps steps) {
        this.database = database;
        this.steps = steps;
    }

    @Override
    public boolean insert(ApprovalRequest request) {
        if (!steps.begin(request)) {
            return false;
        }
        database.persist(ApprovalRows.row(request));
        database.flush();
        return true;
    }

    @Override
    public Optional<Approval> find(ApprovalId id) {
        return findByIdOptional(id.value()).map(this::approval);
    }

    @Override
    public Optional<Approval> lock(ApprovalId id) {
        // What was read before the lock may be old.
        database.flush();
        database.clear();
        return findByIdOptional(id.value(), LockModeType.PESSIMISTIC_WRITE).map(this::approval);
    }

    @Override
    public List<Approval> ofChangeSet(ChangeSetId changeSet) {
        return approvals(
                database.createQuery(
                                """
                                select s from ApprovalRequestRow r
                                join ApprovalStateRow s on s.approval = r.id
                                where r.changeSet = :changeSet order by r.position desc
                                """,
                                ApprovalStateRow.class)
                        .setParameter("changeSet", changeSet.value())
                        .getResultList());
    }

    @Override
    public List<Approval> newest(int limit) {
        return approvals(
                database.createQuery(
                                """
                                select s from ApprovalRequestRow r
                                join ApprovalStateRow s on s.approval = r.id
                                order by r.position desc
                                """,
                                ApprovalStateRow.class)
                        .setMaxResults(limit)
                        .getResultList());
    }

    @Override
    public void author(ChangeSetId changeSet, Set<CommitAuthor> authors) {
        for (CommitAuthor author : authors) {
            database.createNativeQuery(
                            """
                            insert into change_set_authors (change_set, author)
                            values (:changeSet, :author) on conflict do nothing
                            """)
                    .setParameter("changeSet", changeSet.value())
                    .setParameter("author", author.value())
                    .executeUpdate();
        }
    }

    @Override
    public Set<CommitAuthor> authorsOf(ChangeSetId changeSet) {
        Set<CommitAuthor> authors = new HashSet<>();
        for (Object author :
                database.createNativeQuery(
                                "select author from change_set_authors where change_set = :changeSet")
                        .setParameter("changeSet", changeSet.value())
                        .getResultList()) {
            authors.add(new CommitAuthor((String) author));
        }
        return authors;
    }

    @Override
    public int askedSince(Requester requester, Instant since) {
        String person = requester.person();
        return database.createQuery(
                        person == null
                                ? """
                                select count(r) from ApprovalRequestRow r
                                where r.createdAt >= :since and r.principal = :who
                                """
                                : """
                                select count(r) from ApprovalRequestRow r
                                where r.createdAt >= :since and r.person = :who
                                """,
                        Long.class)
                .setParameter("since", since)
                .setParameter("who", person == null ? requester.principal() : person)
                .getSingleResult()
                .intValue();
    }

    @Override
    public List<Approval> pending(int limit) {
        return approvals(
                find("status", Sort.ascending("decideBy", "approval"), Status.PENDING.name())
                        .page(0, limit)
                        .list());
    }

    @Override
    public List<Approval> due(Instant now, int limit) {
        return approvals(
                find(
                                "(status = 'PENDING' and decideBy <= ?1)"
                                        + " or (status in ('APPROVED', 'RESERVED')"
                                        + " and executeBy <= ?1)",
                                Sort.ascending("decideBy", "approval"),
                                now)
                        .page(0, limit)
                        .list());
    }

    @Override
    public List<Approval> usable(Environment environment, Instant now, int limit) {
        return approvals(
                find(
                                "environment = ?1 and status in ('APPROVED', 'RESERVED', 'CONSUMED')"
                                        + " and notBefore <= ?2 and executeBy > ?2",
                                Sort.descending("executeBy", "approval"),
                                environment.value(),
                                now)
                        .page(0, limit)
                        .list());
    }

    @Override
    public List<Approval> ofStack(StackName stack, Environment environment, int limit) {
        return approvals(
                database.createQuery(
                                """
                                select s from ApprovalRequestRow r
                                join ApprovalStateRow s on s.approval = r.id
                                where r.stack = :stack and r.environment = :environment
                                order by r.position desc
                                """,
                                ApprovalStateRow.class)
                        .setParameter("stack", stack.value())
                        .setParameter("environment", environment.value())
                        .setMaxResults(limit)
                        .getResultList());
    }

    @Override
    public boolean insertDecision(Decision decision) {
        BatchProof batch = decision.batch();
        return database.createNativeQuery(
                                """
                                insert into decisions (approval, approver, choice, reason,
                                    challenge, public_key, credential_id, authenticator_data,
                                    client_data_json, signature, decided_at, audit_sequence, batch)
                                values (:approval, :approver, :choice, :reason,
                                    :challenge, :key, :credential, :authenticator,
                                    :client, :signature, :at, :sequence, cast(:batch as text))
                                on conflict (approval, approver) do nothing
                                """)
                        .setParameter("approval", decision.approval().value())
                        .setParameter("approver", decision.approver().value())
                        .setParameter("choice", decision.choice().name())
                        .setParameter("reason", decision.reason())
                        .setParameter("challenge", decision.challenge())
                        .setParameter("key", decision.publicKey())
                        .setParameter("credential", decision.assertion().credentialId())
                        .setParameter("authenticator", decision.assertion().authenticatorData())
                        .setParameter("client", decision.assertion().clientDataJson())
                        .setParameter("signature", decision.assertion().signature())
                        .setParameter("at", Moments.stored(decision.decidedAt()))
                        .setParameter("sequence", decision.auditSequence())
                        .setParameter("batch", batch == null ? null : batch.text())
                        .executeUpdate()
                == 1;
    }

    @Override
    public boolean approve(ApprovalId id, Window window, Instant now) {
        return steps.approve(id, window, now);
    }

    @Override
    public boolean end(ApprovalId id, List<Status> from, Status to, String note, Instant now) {
        return steps.end(id, from, to, note, now);
    }

    @Override
    public boolean reserve(Use use, Instant leaseUntil, Instant now) {
        return steps.reserve(use, leaseUntil, now);
    }

    @Override
    public boolean release(ApprovalId id, String caller, Instant now) {
        return steps.release(id, caller, now);
    }

    @Override
    public boolean consume(Use use, Instant now) {
        return steps.consume(use, now);
    }

    @Override
    public boolean reportOutcome(
            ApprovalId id, String caller, Status outcome, String note, Instant now) {
        return steps.reportOutcome(id, caller, outcome, note, now);
    }

    @Override
    public void insertGrant(ApprovalId id, String envelope, Instant at) {
        GrantRow row = new GrantRow();
        row.approval = id.value();
        row.envelope = envelope;
        row.at = Moments.stored(at);
        database.persist(row);
    }

    @Override
    public Optional<String> grant(ApprovalId id) {
        return Optional.ofNullable(database.find(GrantRow.class, id.value()))
                .map(row -> row.envelope);
    }

    private List<Approval> approvals(List<ApprovalStateRow> states) {
        return states.stream().map(this::approval).toList();
    }

    private Approval approval(ApprovalStateRow state) {
        ApprovalRequestRow request = database.find(ApprovalRequestRow.class, state.approval);
        List<DecisionRow> decisions =
                database.createQuery(
                                "from DecisionRow where approval = :approval order by position",
                                DecisionRow.class)
                        .setParameter("approval", state.approval)
                        .getResultList();
        return ApprovalRows.approval(request, state, decisions);
    }
}
