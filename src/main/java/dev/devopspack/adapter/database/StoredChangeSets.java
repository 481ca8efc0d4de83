package dev.devopspack.adapter.database;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.ArtifactName;
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
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Change sets in PostgreSQL. What comes out again has the digest that went in, or it is an error.
@ApplicationScoped
@Transactional
class StoredChangeSets implements ChangeSetStore {

    private static final String SUMMARIES =
            """
            select id, digest, environment, stack, repository, commit_id, principal, person, client,
                created_at
            from change_sets
            """;

    private static final String NEWEST_FIRST = " order by position desc limit :limit";

    private static final String CHANGE_SETS =
            """
            select id, digest, manifest, masked_plan, claims, client, created_at
            from change_sets
            """;

    private static final String FILES =
            """
            select name, media_type, executable, bytes
            from artifacts
            """;

    private final Database database;
    private final Clock clock;

    StoredChangeSets(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public ChangeSet store(ChangeSet changeSet) {
        lock(changeSet.id());
        Optional<ChangeSet> stored = find(changeSet.id());
        if (stored.isEmpty()) {
            insert(changeSet);
            changeSet.artifacts().forEach(file -> insert(changeSet.id(), file));
        }
        return stored.or(() -> find(changeSet.id())).orElseThrow();
    }

    /// Whoever stores the same change set at the same time waits here and then finds it.
    private void lock(ChangeSetId id) {
        database.sql("select 1 from pg_advisory_xact_lock(hashtextextended(:id, 0))")
                .with("id", id.value())
                .any();
    }

    private void insert(ChangeSet changeSet) {
        Manifest manifest = changeSet.manifest();
        GivenPlan plan = manifest.plan();
        Environment environment = manifest.target().environment();
        database.sql(
                        """
                        insert into change_sets (id, digest, manifest, masked_plan, claims,
                            environment, stack, repository, commit_id, principal, person, client,
                            created_at)
                        values (:id, :digest, :manifest, :plan, :claims, :environment, :stack,
                            :repository, :commit, :principal, :person, :client, :at)
                        """)
                .with("id", changeSet.id().value())
                .with("digest", changeSet.digest().value())
                .with("manifest", new String(manifest.canonical(), StandardCharsets.UTF_8))
                .with("plan", plan == null ? null : plan.maskedJson())
                .with("claims", StoredJson.write(changeSet.claims()))
                .with("environment", environment == null ? null : environment.value())
                .with("stack", manifest.target().stack().value())
                .with("repository", manifest.target().repository())
                .with("commit", manifest.target().commit())
                .with("principal", manifest.requester().principal())
                .with("person", manifest.requester().person())
                .with("client", changeSet.client())
                .with("at", changeSet.createdAt())
                .update();
    }

    private void insert(ChangeSetId id, Artifact file) {
        database.sql(
                        """
                        insert into artifacts (change_set, name, media_type, executable, bytes)
                        values (:changeSet, :name, :type, :executable, :bytes)
                        """)
                .with("changeSet", id.value())
                .with("name", file.name().value())
                .with("type", file.mediaType())
                .with("executable", file.executable())
                .with("bytes", file.bytes())
                .update();
    }

    @Override
    public Optional<ChangeSet> find(ChangeSetId id) {
        return database.sql(CHANGE_SETS + " where id = :id")
                .with("id", id.value())
                .first(row -> restored(row, new Artifacts(files(id))));
    }

    @Override
    @Transactional(TxType.SUPPORTS)
    public List<Summary> newest(int limit) {
        return database.sql(SUMMARIES + NEWEST_FIRST)
                .with("limit", limit)
                .list(StoredChangeSets::summary);
    }

    @Override
    @Transactional(TxType.SUPPORTS)
    public List<Summary> ofStack(StackName stack, int limit) {
        return database.sql(SUMMARIES + " where stack = :stack" + NEWEST_FIRST)
                .with("stack", stack.value())
                .with("limit", limit)
                .list(StoredChangeSets::summary);
    }

    @Override
    @Transactional(TxType.SUPPORTS)
    public Optional<ChangeSetId> lastReleased(StackName stack) {
        return database.sql(
                        """
                        select r.change_set from releases r
                        where r.stack = :stack and r.state = 'RELEASED'
                          and not exists (select 1 from releases later
                                          where later.change_set = r.change_set
                                            and later.position > r.position
                                            and later.state = 'FAILED')
                        order by r.position desc limit 1
                        """)
                .with("stack", stack.value())
                .first(row -> new ChangeSetId(row.text("change_set")));
    }

    @Override
    public void markReleased(ChangeSetId id, Instant at) {
        mark(id, "RELEASED", at);
    }

    @Override
    public void markFailed(ChangeSetId id) {
        mark(id, "FAILED", clock.instant());
    }

    private void mark(ChangeSetId id, String state, Instant at) {
        boolean known =
                database.sql(
                                """
                                insert into releases (change_set, stack, state, at)
                                select id, stack, :state, :at from change_sets where id = :id
                                """)
                        .with("id", id.value())
                        .with("state", state)
                        .with("at", at)
                        .changesOne();
        if (!known) {
            throw new InvalidInput(
                    "change_set_id",
                    "there is no change set '" + id + "'",
                    "Use the id from the answer that made it.");
        }
    }

    private List<Artifact> files(ChangeSetId id) {
        return database.sql(FILES + " where change_set = :id order by name")
                .with("id", id.value())
                .list(row ->
                        new Artifact(
                                new ArtifactName(row.text("name")),
                                row.text("media_type"),
                                row.bytes("bytes"),
                                row.flag("executable")));
    }

    /// The change set's own constructor refuses a manifest whose digest is another one.
    private static ChangeSet restored(Row row, Artifacts files) {
        return new ChangeSet(
                new ChangeSetId(row.text("id")),
                new Digest(row.text("digest")),
                ManifestReader.read(row.text("manifest"), row.optionalText("masked_plan"), files),
                row.text("client"),
                StoredJson.list(StoredJson.read(row.text("claims")), claim -> claim.asText()),
                row.instant("created_at"));
    }

    private static Summary summary(Row row) {
        String environment = row.optionalText("environment");
        return new Summary(
                new ChangeSetId(row.text("id")),
                new Digest(row.text("digest")),
                new Target(
                        environment == null ? null : new Environment(environment),
                        new StackName(row.text("stack")),
                        row.optionalText("repository"),
                        row.optionalText("commit_id")),
                new Requester(row.text("principal"), row.optionalText("person")),
                row.text("client"),
                row.instant("created_at"));
    }
}
