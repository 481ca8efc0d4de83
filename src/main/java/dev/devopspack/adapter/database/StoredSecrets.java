package dev.devopspack.adapter.database;

import dev.devopspack.approval.secret.AskedSecret;
import dev.devopspack.approval.secret.SecretFile;
import dev.devopspack.approval.secret.SecretFlow;
import dev.devopspack.approval.secret.SecretName;
import dev.devopspack.approval.secret.SecretOperation;
import dev.devopspack.approval.secret.SecretRequest;
import dev.devopspack.approval.secret.SecretRequestId;
import dev.devopspack.approval.secret.SecretSpec;
import dev.devopspack.approval.secret.SecretStore;
import dev.devopspack.approval.secret.SecretVersion;
import dev.devopspack.change.Digest;
import dev.devopspack.identity.PersonId;
import dev.devopspack.task.Environment;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Requests for secrets and their versions in PostgreSQL.
@ApplicationScoped
@Transactional
class StoredSecrets implements SecretStore {

    private static final String ASKED =
            """
            select r.id, r.operation, r.flow, r.environment, r.place, r.name, r.key, r.recipient,
                r.length, r.version, r.principal, r.person, r.reason, r.fingerprint, r.quorum,
                r.created_at, r.decide_by, s.status, s.note, s.changed_at, t.sha256
            from secret_requests r
            join secret_states s on s.request = r.id
            left join secret_typed t on t.request = r.id
            """;

    private static final String VERSIONS =
            """
            select q.environment, q.place, q.name, q.key, v.version, q.flow, v.request,
                v.commitment, v.salt, v.made_at, x.at as revoked_at, x.why
            from secret_versions v
            join secret_requests q on q.id = v.request
            left join secret_revocations x on x.secret = v.secret and x.version = v.version
            """;

    private final Database database;

    StoredSecrets(Database database) {
        this.database = database;
    }

    /// The index over those that wait lets only one of a secret in.
    @Override
    public boolean insert(SecretRequest request) {
        boolean first =
                database.sql(
                                """
                                insert into secret_states
                                    (request, secret, person, decide_by, changed_at)
                                values (:id, :secret, :person, :until, :now)
                                on conflict (secret) where status = 'PENDING' do nothing
                                """)
                        .with("id", request.id().value())
                        .with("secret", request.spec().secret().reference())
                        .with("person", request.person().value())
                        .with("until", request.decideBy())
                        .with("now", request.createdAt())
                        .changesOne();
        if (first) {
            insertRequest(request);
        }
        return first;
    }

    private void insertRequest(SecretRequest request) {
        SecretSpec spec = request.spec();
        database.sql(
                        """
                        insert into secret_requests (id, operation, flow, environment, place, name,
                            key, recipient, fingerprint, length, version, principal, person,
                            reason, quorum, created_at, decide_by)
                        values (:id, :operation, :flow, :environment, :place, :name,
                            :key, :recipient, :fingerprint, :length, :version,
                            :principal, :person, :reason, :quorum, :created, :until)
                        """)
                .with("id", request.id().value())
                .with("operation", spec.operation().name())
                .with("flow", spec.flow().name())
                .with("environment", spec.secret().environment().value())
                .with("place", spec.secret().place())
                .with("name", spec.secret().name())
                .with("key", spec.secret().key())
                .with("recipient", spec.recipient())
                .with("fingerprint", request.fingerprint())
                .with("length", spec.length())
                .with("version", request.version())
                .with("principal", request.principal())
                .with("person", request.person().value())
                .with("reason", request.reason())
                .with("quorum", request.quorum())
                .with("created", request.createdAt())
                .with("until", request.decideBy())
                .update();
    }

    @Override
    public Optional<AskedSecret> find(SecretRequestId id) {
        return database.sql(ASKED + " where r.id = :id").with("id", id.value()).first(this::asked);
    }

    @Override
    public Optional<AskedSecret> lock(SecretRequestId id) {
        boolean known =
                database.sql("select 1 from secret_states where request = :id for update")
                        .with("id", id.value())
                        .any();
        return known ? find(id) : Optional.empty();
    }

    @Override
    public List<AskedSecret> newest(int limit) {
        return database.sql(ASKED + " order by r.position desc limit :limit")
                .with("limit", limit)
                .list(this::asked);
    }

    @Override
    public List<AskedSecret> pending(int limit) {
        return database.sql(ASKED + " where s.status = 'PENDING' order by r.position limit :limit")
                .with("limit", limit)
                .list(this::asked);
    }

    @Override
    public int waiting(PersonId person) {
        return database.sql(
                        """
                        select count(*) as waiting from secret_states
                        where person = :person and status = 'PENDING'
                        """)
                .with("person", person.value())
                .one(row -> row.integer("waiting"));
    }

    @Override
    public boolean insertSealed(
            SecretRequestId id, SecretFile file, String sha256, PersonId by, Instant now) {
        boolean first =
                database.sql(
                                """
                                insert into secret_typed (request, sha256, person, at)
                                values (:id, :sha256, :person, :now)
                                on conflict (request) do nothing
                                """)
                        .with("id", id.value())
                        .with("sha256", sha256)
                        .with("person", by.value())
                        .with("now", now)
                        .changesOne();
        if (first) {
            insertFile(id, file);
        }
        return first;
    }

    @Override
    public boolean insertApproval(SecretRequestId id, PersonId person, Digest act, Instant now) {
        return database.sql(
                        """
                        insert into secret_approvals (request, person, act, at)
                        values (:id, :person, :act, :now)
                        on conflict (request, person) do nothing
                        """)
                .with("id", id.value())
                .with("person", person.value())
                .with("act", act.value())
                .with("now", now)
                .changesOne();
    }

    @Override
    public boolean end(SecretRequestId id, AskedSecret.Status to, String note, Instant now) {
        return database.sql(
                        """
                        update secret_states
                        set status = :to, note = :note, changed_at = :now
                        where request = :id and status = 'PENDING' and decide_by > :now
                        """)
                .with("to", to.name())
                .with("note", note)
                .with("now", now)
                .with("id", id.value())
                .changesOne();
    }

    @Override
    public List<SecretRequestId> expire(Instant now) {
        return database.sql(
                        """
                        update secret_states
                        set status = 'EXPIRED', note = 'nobody decided in time',
                            changed_at = :now
                        where status = 'PENDING' and decide_by <= :now
                        returning request
                        """)
                .with("now", now)
                .list(row -> new SecretRequestId(row.text("request")));
    }

    @Override
    public void insertVersion(SecretVersion version) {
        database.sql(
                        """
                        insert into secret_versions
                            (secret, version, request, commitment, salt, made_at)
                        values (:secret, :version, :request, :commitment, :salt, :at)
                        """)
                .with("secret", version.secret().reference())
                .with("version", version.version())
                .with("request", version.request().value())
                .with("commitment", version.commitment())
                .with("salt", version.salt())
                .with("at", version.madeAt())
                .update();
    }

    @Override
    public boolean revoke(
            SecretName secret, int version, String why, SecretRequestId by, Instant now) {
        return database.sql(
                        """
                        insert into secret_revocations (secret, version, why, request, at)
                        values (:secret, :version, :why, :request, :now)
                        on conflict (secret, version) do nothing
                        """)
                .with("secret", secret.reference())
                .with("version", version)
                .with("why", why)
                .with("request", by.value())
                .with("now", now)
                .changesOne();
    }

    @Override
    public void insertFile(SecretRequestId id, SecretFile file) {
        database.sql(
                        """
                        insert into secret_files (request, name, media_type, text)
                        values (:id, :name, :type, :text)
                        """)
                .with("id", id.value())
                .with("name", file.name())
                .with("type", file.mediaType())
                .with("text", file.text())
                .update();
    }

    @Override
    public List<SecretFile> files(SecretRequestId id) {
        return database.sql(
                        """
                        select name, media_type, text from secret_files
                        where request = :id order by position
                        """)
                .with("id", id.value())
                .list(row ->
                        new SecretFile(row.text("name"), row.text("media_type"), row.text("text")));
    }

    @Override
    public List<SecretVersion> versions(SecretName secret) {
        return database.sql(VERSIONS + " where v.secret = :secret order by v.version desc")
                .with("secret", secret.reference())
                .list(StoredSecrets::version);
    }

    @Override
    public List<SecretVersion> versions(int limit) {
        return database.sql(VERSIONS + " order by v.secret, v.version desc limit :limit")
                .with("limit", limit)
                .list(StoredSecrets::version);
    }

    private AskedSecret asked(Row row) {
        SecretRequestId id = new SecretRequestId(row.text("id"));
        SecretSpec spec =
                new SecretSpec(
                        SecretOperation.valueOf(row.text("operation")),
                        SecretFlow.valueOf(row.text("flow")),
                        name(row),
                        row.optionalText("recipient"),
                        row.integer("length"));
        SecretRequest request =
                new SecretRequest(
                        id,
                        spec,
                        row.integer("version"),
                        row.text("principal"),
                        new PersonId(row.uuid("person")),
                        row.text("reason"),
                        row.text("fingerprint"),
                        row.integer("quorum"),
                        row.instant("created_at"),
                        row.instant("decide_by"));
        return new AskedSecret(
                request,
                AskedSecret.Status.valueOf(row.text("status")),
                approvals(id),
                Objects.requireNonNullElse(row.optionalText("sha256"), ""),
                row.text("note"),
                row.instant("changed_at"));
    }

    private List<AskedSecret.Approval> approvals(SecretRequestId id) {
        return database.sql(
                        """
                        select person, act from secret_approvals
                        where request = :id order by position
                        """)
                .with("id", id.value())
                .list(row ->
                        new AskedSecret.Approval(
                                new PersonId(row.uuid("person")), new Digest(row.text("act"))));
    }

    private static SecretName name(Row row) {
        return new SecretName(
                new Environment(row.text("environment")),
                row.text("place"),
                row.text("name"),
                row.text("key"));
    }

    private static SecretVersion version(Row row) {
        Instant revokedAt = row.optionalInstant("revoked_at");
        return new SecretVersion(
                name(row),
                row.integer("version"),
                SecretFlow.valueOf(row.text("flow")),
                new SecretRequestId(row.text("request")),
                row.text("commitment"),
                row.text("salt"),
                row.instant("made_at"),
                revokedAt == null ? null : new SecretVersion.Revoked(revokedAt, row.text("why")));
    }
}
