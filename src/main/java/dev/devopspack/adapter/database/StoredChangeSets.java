package dev.devopspack.adapter.database;

import dev.devopspack.change.Artifacts;
import dev.devopspack.change.ChangeSet;
import dev.devopspack.change.ChangeSetId;
import dev.devopspack.change.ChangeSetStore;
import dev.devopspack.change.Digest;
import dev.devopspack.change.GivenPlan;
import dev.devopspack.change.Manifest;
import dev.devopspack.change.Requester;
import dev.devopspack.change.Target;
import dev.devopspack.task.Environment;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.task.StackName;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Change sets in PostgreSQL. What comes out again has the digest that went in, or it is an error.
@ApplicationScoped
@Transactional
class StoredChangeSets implements ChangeSetStore, PanacheRepositoryBase<ChangeSetRow, String> {

    private static final Sort NEWEST_FIRST = Sort.descending("position");

    private final EntityManager database;
    private final Clock clock;

    StoredChangeSets(EntityManager database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public ChangeSet store(ChangeSet changeSet) {
        lock(changeSet.id());
        Optional<ChangeSet> stored = find(changeSet.id());
        if (stored.isPresent()) {
            return stored.get();
        }
        ChangeSetRow row = row(changeSet);
        persist(row);
        changeSet.artifacts().forEach(file -> database.persist(ArtifactRow.of(row.id, file)));
        flush();
        return restored(row, changeSet.artifacts());
    }

    /// Whoever stores the same change set at the same time waits here and then finds it.
    private void lock(ChangeSetId id) {
        database.createNativeQuery("select 1 from pg_advisory_xact_lock(hashtextextended(:id, 0))")
                .setParameter("id", id.value())
                .getSingleResult();
    }

    @Override
    public Optional<ChangeSet> find(ChangeSetId id) {
        return findByIdOptional(id.value()).map(this::restored);
    }

    @Override
    public List<Summary> newest(int limit) {
        return findAll(NEWEST_FIRST).page(0, limit).stream()
                .map(StoredChangeSets::summary)
                .toList();
    }

    @Override
    public List<Summary> ofStack(StackName stack, int limit) {
        return find("stack", NEWEST_FIRST, stack.value()).page(0, limit).stream()
                .map(StoredChangeSets::summary)
                .toList();
    }

    @Override
    public Optional<ChangeSet> lastReleased(StackName stack) {
        return database.createQuery(
                        """
                        select c from ReleaseRow r join ChangeSetRow c on c.id = r.changeSet
                        where r.stack = :stack and r.state = 'RELEASED'
                          and not exists (select 1 from ReleaseRow later
                                          where later.changeSet = r.changeSet
                                            and later.position > r.position
                                            and later.state = 'FAILED')
                        order by r.position desc
                        """,
                        ChangeSetRow.class)
                .setParameter("stack", stack.value())
                .setMaxResults(1)
                .getResultStream()
                .findFirst()
                .map(this::restored);
    }

    @Override
    public void markReleased(ChangeSetId id, Instant at) {
        database.persist(ReleaseRow.of(stored(id), ReleaseRow.State.RELEASED, at));
    }

    @Override
    public void markFailed(ChangeSetId id) {
        database.persist(ReleaseRow.of(stored(id), ReleaseRow.State.FAILED, clock.instant()));
    }

    private ChangeSetRow stored(ChangeSetId id) {
        return findByIdOptional(id.value())
                .orElseThrow(() ->
                        new InvalidInput(
                                "change_set_id",
                                "there is no change set '" + id + "'",
                                "Use the id from the answer that made it."));
    }

    private static ChangeSetRow row(ChangeSet changeSet) {
        Manifest manifest = changeSet.manifest();
        GivenPlan plan = manifest.plan();
        ChangeSetRow row = new ChangeSetRow();
        row.id = changeSet.id().value();
        row.digest = changeSet.digest().value();
        row.manifest = new String(manifest.canonical(), StandardCharsets.UTF_8);
        row.maskedPlan = plan == null ? null : plan.maskedJson();
        row.claims = StoredJson.write(changeSet.claims());
        Environment environment = manifest.target().environment();
        row.environment = environment == null ? null : environment.value();
        row.stack = manifest.target().stack().value();
        row.repository = manifest.target().repository();
        row.commitId = manifest.target().commit();
        row.principal = manifest.requester().principal();
        row.person = manifest.requester().person();
        row.client = changeSet.client();
        row.createdAt = Moments.stored(changeSet.createdAt());
        return row;
    }

    private ChangeSet restored(ChangeSetRow row) {
        List<ArtifactRow> files =
                database.createQuery(
                                "from ArtifactRow where changeSet = :id order by name",
                                ArtifactRow.class)
                        .setParameter("id", row.id)
                        .getResultList();
        return restored(row, new Artifacts(files.stream().map(ArtifactRow::artifact).toList()));
    }

    /// The change set's own constructor refuses a manifest whose digest is another one.
    private static ChangeSet restored(ChangeSetRow row, Artifacts artifacts) {
        return new ChangeSet(
                new ChangeSetId(row.id),
                new Digest(row.digest),
                ManifestReader.read(row, artifacts),
                row.client,
                StoredJson.list(StoredJson.read(row.claims), claim -> claim.asText()),
                row.createdAt);
    }

    private static Summary summary(ChangeSetRow row) {
        return new Summary(
                new ChangeSetId(row.id),
                new Digest(row.digest),
                new Target(
                        row.environment == null ? null : new Environment(row.environment),
                        new StackName(row.stack),
                        row.repository,
                        row.commitId),
                new Requester(row.principal, row.person),
                row.client,
                row.createdAt);
    }
}
