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
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

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
                v.commitment, v.salt, v.made_at, x.at, x.why
            from secret_versions v
            join secret_requests q on q.id = v.request
            left join secret_revocations x on x.secret = v.secret and x.version = v.version
            """;

    private final EntityManager database;

    StoredSecrets(EntityManager database) {
        this.database = database;
    }

    /// The index over those that wait lets only one of a secret in.
    @Override
    public boolean insert(SecretRequest request) {
        boolean first =
                database.createNativeQuery(
                                        """
                                        insert into secret_states
                                            (request, secret, person, decide_by, changed_at)
                                        values (:id, :secret, :person, :until, :now)
                                        on conflict (secret) where status = 'PENDING' do nothing
                                        """)
                                .setParameter("id", request.id().value())
                                .setParameter("secret", request.spec().secret().reference())
                                .setParameter("person", request.person().value())
                                .setParameter("until", Moments.stored(request.decideBy()))
                                .setParameter("now", Moments.stored(request.createdAt()))
                                .executeUpdate()
                        == 1;
        if (first) {
            insertRequest(request);
        }
        return first;
    }

    private void insertRequest(SecretRequest request) {
        SecretSpec spec = request.spec();
        database.createNativeQuery(
                        """
                        insert into secret_requests (id, operation, flow, environment, place, name,
                            key, recipient, fingerprint, length, version, principal, person,
                            reason, quorum, created_at, decide_by)
                        values (:id, :operation, :flow, :environment, :place, :name,
                            :key, nullif(:recipient, ''), :fingerprint, :length, :version,
                            :principal, :person, :reason, :quorum, :created, :until)
                        """)
                .setParameter("id", request.id().value())
                .setParameter("operation", spec.operation().name())
                .setParameter("flow", spec.flow().name())
                .setParameter("environment", spec.secret().environment().value())
                .setParameter("place", spec.secret().place())
                .setParameter("name", spec.secret().name())
                .setParameter("key", spec.secret().key())
                .setParameter("recipient", Objects.requireNonNullElse(spec.recipient(), ""))
                .setParameter("fingerprint", request.fingerprint())
                .setParameter("length", spec.length())
                .setParameter("version", request.version())
                .setParameter("principal", request.principal())
                .setParameter("person", request.person().value())
                .setParameter("reason", request.reason())
                .setParameter("quorum", request.quorum())
                .setParameter("created", Moments.stored(request.createdAt()))
                .setParameter("until", Moments.stored(request.decideBy()))
                .executeUpdate();
    }

    @Override
    public Optional<AskedSecret> find(SecretRequestId id) {
        return asked(
                        database.createNativeQuery(ASKED + " where r.id = :id")
                                .setParameter("id", id.value()))
                .stream()
                .findFirst();
    }

    @Override
    public Optional<AskedSecret> lock(SecretRequestId id) {
        database.createNativeQuery("select 1 from secret_states where request = :id for update")
                .setParameter("id", id.value())
                .getResultList();
        return find(id);
    }

    @Override
    public List<AskedSecret> newest(int limit) {
        return asked(
                database.createNativeQuery(ASKED + " order by r.position desc limit :limit")
                        .setParameter("limit", limit));
    }

    @Override
    public List<AskedSecret> pending(int limit) {
        return asked(
                database.createNativeQuery(
                                ASKED
                                        + " where s.status = 'PENDING' order by r.position"
                                        + " limit :limit")
                        .setParameter("limit", limit));
    }

    @Override
    public int waiting(PersonId person) {
        return ((Number)
                        database.createNativeQuery(
                                        """
                                        select count(*) from secret_states
                                        where person = :person and status = 'PENDING'
                                        """)
                                .setParameter("person", person.value())
                                .getSingleResult())
                .intValue();
    }

    @Override
    public boolean insertSealed(
            SecretRequestId id, SecretFile file, String sha256, PersonId by, Instant now) {
        boolean first =
                database.createNativeQuery(
                                        """
                                        insert into secret_typed (request, sha256, person, at)
                                        values (:id, :sha256, :person, :now)
                                        on conflict (request) do nothing
                                        """)
                                .setParameter("id", id.value())
                                .setParameter("sha256", sha256)
                                .setParameter("person", by.value())
                                .setParameter("now", Moments.stored(now))
                                .executeUpdate()
                        == 1;
        if (first) {
            insertFile(id, file);
        }
        return first;
    }

    @Override
    public boolean insertApproval(SecretRequestId id, PersonId person, Digest act, Instant now) {
        return database.createNativeQuery(
                                """
                                insert into secret_approvals (request, person, act, at)
                                values (:id, :person, :act, :now)
                                on conflict (request, person) do nothing
                                """)
                        .setParameter("id", id.value())
                        .setParameter("person", person.value())
                        .setParameter("act", act.value())
                        .setParameter("now", Moments.stored(now))
                        .executeUpdate()
                == 1;
    }

    @Override
    public boolean end(SecretRequestId id, AskedSecret.Status to, String note, Instant now) {
        return database.createNativeQuery(
                                """
                                update secret_states
                                set status = :to, note = :note, changed_at = :now
                                where request = :id and status = 'PENDING' and decide_by > :now
                                """)
                        .setParameter("to", to.name())
                        .setParameter("note", note)
                        .setParameter("now", Moments.stored(now))
                        .setParameter("id", id.value())
                        .executeUpdate()
                == 1;
    }

    @Override
    public List<SecretRequestId> expire(Instant now) {
        List<?> ended =
                database.createNativeQuery(
                                """
                                update secret_states
                                set status = 'EXPIRED', note = 'nobody decided in time',
                                    changed_at = :now
                                where status = 'PENDING' and decide_by <= :now
                                returning request
                                """)
                        .setParameter("now", Moments.stored(now))
                        .getResultList();
        return ended.stream().map(id -> new SecretRequestId((String) id)).toList();
    }

    @Override
    public void insertVersion(SecretVersion version) {
        database.createNativeQuery(
                        """
                        insert into secret_versions
                            (secret, version, request, commitment, salt, made_at)
                        values (:secret, :version, :request, :commitment, :salt, :at)
                        """)
                .setParameter("secret", version.secret().reference())
                .setParameter("version", version.version())
                .setParameter("request", version.request().value())
                .setParameter("commitment", version.commitment())
                .setParameter("salt", version.salt())
                .setParameter("at", Moments.stored(version.madeAt()))
                .executeUpdate();
    }

    @Override
    public boolean revoke(
            SecretName secret, int version, String why, SecretRequestId by, Instant now) {
        return database.createNativeQuery(
                                """
                                insert into secret_revocations (secret, version, why, request, at)
                                values (:secret, :version, :why, :request, :now)
                                on conflict (secret, version) do nothing
                                """)
                        .setParameter("secret", secret.reference())
                        .setParameter("version", version)
                        .setParameter("why", why)
                        .setParameter("request", by.value())
                        .setParameter("now", Moments.stored(now))
                        .executeUpdate()
                == 1;
    }

    @Override
    public void insertFile(SecretRequestId id, SecretFile file) {
        database.createNativeQuery(
                        """
                        insert into secret_files (request, name, media_type, text)
                        values (:id, :name, :type, :text)
                        """)
                .setParameter("id", id.value())
                .setParameter("name", file.name())
                .setParameter("type", file.mediaType())
                .setParameter("text", file.text())
                .executeUpdate();
    }

    @Override
    public List<SecretFile> files(SecretRequestId id) {
        return rows(
                        database.createNativeQuery(
                                        """
                                        select name, media_type, text from secret_files
                                        where request = :id order by position
                                        """)
                                .setParameter("id", id.value()))
                .stream()
                .map(row -> new SecretFile((String) row[0], (String) row[1], (String) row[2]))
                .toList();
    }

    @Override
    public List<SecretVersion> versions(SecretName secret) {
        return rows(
                        database.createNativeQuery(
                                        VERSIONS
                                                + " where v.secret = :secret"
                                                + " order by v.version desc")
                                .setParameter("secret", secret.reference()))
                .stream()
                .map(StoredSecrets::version)
                .toList();
    }

    @Override
    public List<SecretVersion> versions(int limit) {
        return rows(
                        database.createNativeQuery(
                                        VERSIONS
                                                + " order by v.secret, v.version desc limit :limit")
                                .setParameter("limit", limit))
                .stream()
                .map(StoredSecrets::version)
                .toList();
    }

    private List<AskedSecret> asked(Query query) {
        return rows(query).stream().map(this::asked).toList();
    }

    private AskedSecret asked(Object[] row) {
        SecretSpec spec =
                new SecretSpec(
                        SecretOperation.valueOf((String) row[1]),
                        SecretFlow.valueOf((String) row[2]),
                        name(row, 3),
                        (@Nullable String) row[7],
                        (Integer) row[8]);
        SecretRequest request =
                new SecretRequest(
                        new SecretRequestId((String) row[0]),
                        spec,
                        (Integer) row[9],
                        (String) row[10],
                        new PersonId((UUID) row[11]),
                        (String) row[12],
                        (String) row[13],
                        (Integer) row[14],
                        (Instant) row[15],
                        (Instant) row[16]);
        return new AskedSecret(
                request,
                AskedSecret.Status.valueOf((String) row[17]),
                approvals(request.id()),
                Objects.requireNonNullElse((@Nullable String) row[20], ""),
                (String) row[18],
                (Instant) row[19]);
    }

    private List<AskedSecret.Approval> approvals(SecretRequestId id) {
        List<?> rows =
                database.createNativeQuery(
                                """
                                select person, act from secret_approvals
                                where request = :id order by position
                                """)
                        .setParameter("id", id.value())
                        .getResultList();
        return rows.stream()
                .map(Object[].class::cast)
                .map(row ->
                        new AskedSecret.Approval(
                                new PersonId((UUID) row[0]), new Digest((String) row[1])))
                .toList();
    }

    private static SecretName name(Object[] row, int at) {
        return new SecretName(
                new Environment((String) row[at]),
                (String) row[at + 1],
                (String) row[at + 2],
                (String) row[at + 3]);
    }

    private static SecretVersion version(Object[] row) {
        @Nullable Instant revokedAt = (@Nullable Instant) row[10];
        return new SecretVersion(
                name(row, 0),
                (Integer) row[4],
                SecretFlow.valueOf((String) row[5]),
                new SecretRequestId((String) row[6]),
                (String) row[7],
                (String) row[8],
                (Instant) row[9],
                revokedAt == null ? null : new SecretVersion.Revoked(revokedAt, (String) row[11]));
    }

    @SuppressWarnings("unchecked") // a native query of several columns gives arrays
    private static List<Object[]> rows(Query query) {
        return query.getResultList();
    }
}
