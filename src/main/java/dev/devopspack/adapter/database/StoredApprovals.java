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
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Approvals in PostgreSQL. A request, its decisions and its grant are append-only; where it stands
/// is a row of its own, moved on by one statement at a time.
@ApplicationScoped
@Transactional
class StoredApprovals implements ApprovalStore {

    private static final String APPROVALS =
            """
            select r.id, r.change_set, r.digest, r.verdicts, r.rendering_version, r.rendering,
                r.environment, r.stack, r.principal, r.person, r.policy, r.quorum, r.created_at,
                r.decide_by, r.execute_seconds, s.status, s.not_before, s.execute_by, s.caller,
                s.lease_until, s.note, s.changed_at
            from approval_states s join approval_requests r on r.id = s.approval
            """;

    private static final String NEWEST_FIRST = " order by r.position desc";

    private static final String NEAREST_DEADLINE_FIRST =
            " order by s.decide_by, s.approval limit :limit";

    private static final String DECISIONS =
            """
            select approval, approver, choice, reason, challenge, public_key, credential_id,
                authenticator_data, client_data_json, signature, decided_at, audit_sequence,
                batch
            from decisions
            """;

    private final Database database;
    private final ApprovalSteps steps;

    StoredApprovals(Database database, ApprovalSteps steps) {
        this.database = database;
        this.steps = steps;
    }

    @Override
    public boolean insert(ApprovalRequest request) {
        if (!steps.begin(request)) {
            return false;
        }
        database.sql(
                        """
                        insert into approval_requests (id, change_set, digest, verdicts,
                            rendering_version, rendering, environment, stack, principal, person,
                            policy, quorum, created_at, decide_by, execute_seconds)
                        values (:id, :changeSet, :digest, :verdicts, :version, :rendering,
                            :environment, :stack, :principal, :person, :policy, :quorum, :created,
                            :until, :seconds)
                        """)
                .with("id", request.id().value())
                .with("changeSet", request.changeSet().value())
                .with("digest", request.digest().value())
                .with("verdicts", request.verdicts().value())
                .with("version", request.rendering().version())
                .with("rendering", request.rendering().text())
                .with("environment", request.environment().value())
                .with("stack", request.stack().value())
                .with("principal", request.requester().principal())
                .with("person", request.requester().person())
                .with("policy", request.policy().value())
                .with("quorum", request.quorum())
                .with("created", request.createdAt())
                .with("until", request.decideBy())
                .with("seconds", request.executeWithin().toSeconds())
                .update();
        return true;
    }

    @Override
    public Optional<Approval> find(ApprovalId id) {
        return read(database.sql(APPROVALS + " where s.approval = :id").with("id", id.value()))
                .stream()
                .findFirst();
    }

    @Override
    public Optional<Approval> lock(ApprovalId id) {
        return read(
                        database.sql(APPROVALS + " where s.approval = :id for update of s")
                                .with("id", id.value()))
                .stream()
                .findFirst();
    }

    @Override
    public List<Approval> ofChangeSet(ChangeSetId changeSet) {
        return read(
                database.sql(APPROVALS + " where r.change_set = :changeSet" + NEWEST_FIRST)
                        .with("changeSet", changeSet.value()));
    }

    @Override
    public List<Approval> newest(int limit) {
        return read(database.sql(APPROVALS + NEWEST_FIRST + " limit :limit").with("limit", limit));
    }

    /// In their order, so that of two that add the same ones none waits for the other for ever.
    @Override
    public void author(ChangeSetId changeSet, Set<CommitAuthor> authors) {
        database.sql(
                        """
                        insert into change_set_authors (change_set, author)
                        select :changeSet, unnest(:authors) on conflict do nothing
                        """)
                .with("changeSet", changeSet.value())
                .withTexts("authors", authors.stream().map(CommitAuthor::value).sorted().toList())
                .update();
    }

    @Override
    public Set<CommitAuthor> authorsOf(ChangeSetId changeSet) {
        return Set.copyOf(
                database.sql("select author from change_set_authors where change_set = :changeSet")
                        .with("changeSet", changeSet.value())
                        .list(row -> new CommitAuthor(row.text("author"))));
    }

    @Override
    public int askedSince(Requester requester, Instant since) {
        String person = requester.person();
        return database.sql(
                        person == null
                                ? """
                                select count(*) as asked from approval_requests
                                where created_at >= :since and principal = :who
                                """
                                : """
                                select count(*) as asked from approval_requests
                                where created_at >= :since and person = :who
                                """)
                .with("since", since)
                .with("who", person == null ? requester.principal() : person)
                .one(row -> row.integer("asked"));
    }

    @Override
    public List<Approval> pending(int limit) {
        return read(
                database.sql(APPROVALS + " where s.status = 'PENDING'" + NEAREST_DEADLINE_FIRST)
                        .with("limit", limit));
    }

    @Override
    public List<Approval> due(Instant now, int limit) {
        return read(
                database.sql(
                                APPROVALS
                                        + """
                                        where (s.status = 'PENDING' and s.decide_by <= :now)
                                           or (s.status in ('APPROVED', 'RESERVED')
                                               and s.execute_by <= :now)
                                        """
                                        + NEAREST_DEADLINE_FIRST)
                        .with("now", now)
                        .with("limit", limit));
    }

    @Override
    public List<Approval> usable(Environment environment, Instant now, int limit) {
        return read(
                database.sql(
                                APPROVALS
                                        + """
                                        where s.environment = :environment
                                          and s.status in ('APPROVED', 'RESERVED', 'CONSUMED')
                                          and s.not_before <= :now and s.execute_by > :now
                                        order by s.execute_by desc, s.approval desc limit :limit
                                        """)
                        .with("environment", environment.value())
                        .with("now", now)
                        .with("limit", limit));
    }

    @Override
    public List<Approval> ofStack(StackName stack, Environment environment, int limit) {
        return read(
                database.sql(
                                APPROVALS
                                        + " where r.stack = :stack and r.environment = :environment"
                                        + NEWEST_FIRST
                                        + " limit :limit")
                        .with("stack", stack.value())
                        .with("environment", environment.value())
                        .with("limit", limit));
    }

    @Override
    public boolean insertDecision(Decision decision) {
        BatchProof batch = decision.batch();
        return database.sql(
                        """
                        insert into decisions (approval, approver, choice, reason,
                            challenge, public_key, credential_id, authenticator_data,
                            client_data_json, signature, decided_at, audit_sequence, batch)
                        values (:approval, :approver, :choice, :reason,
                            :challenge, :key, :credential, :authenticator,
                            :client, :signature, :at, :sequence, :batch)
                        on conflict (approval, approver) do nothing
                        """)
                .with("approval", decision.approval().value())
                .with("approver", decision.approver().value())
                .with("choice", decision.choice().name())
                .with("reason", decision.reason())
                .with("challenge", decision.challenge())
                .with("key", decision.publicKey())
                .with("credential", decision.assertion().credentialId())
                .with("authenticator", decision.assertion().authenticatorData())
                .with("client", decision.assertion().clientDataJson())
                .with("signature", decision.assertion().signature())
                .with("at", decision.decidedAt())
                .with("sequence", decision.auditSequence())
                .with("batch", batch == null ? null : batch.text())
                .changesOne();
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
        database.sql(
                        """
                        insert into grants (approval, envelope, at)
                        values (:approval, :envelope, :at)
                        """)
                .with("approval", id.value())
                .with("envelope", envelope)
                .with("at", at)
                .update();
    }

    @Override
    public Optional<String> grant(ApprovalId id) {
        return database.sql("select envelope from grants where approval = :approval")
                .with("approval", id.value())
                .first(row -> row.text("envelope"));
    }

    /// Two statements, however many there are: where each stands, then what people decided on them.
    private List<Approval> read(Sql approvals) {
        List<ApprovalRows.Standing> standing = approvals.list(ApprovalRows::standing);
        if (standing.isEmpty()) {
            return List.of();
        }
        Map<ApprovalId, List<Decision>> decisions =
                database
                        .sql(
                                DECISIONS
                                        + """
                                        where approval = any(:approvals)
                                        order by position
                                        """)
                        .withTexts(
                                "approvals",
                                standing.stream().map(one -> one.request().id().value()).toList())
                        .list(ApprovalRows::decision)
                        .stream()
                        .collect(Collectors.groupingBy(Decision::approval));
        return standing.stream()
                .map(one -> one.with(decisions.getOrDefault(one.request().id(), List.of())))
                .toList();
    }
}
