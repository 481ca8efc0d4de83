package dev.devopspack.adapter.database;

import dev.devopspack.approval.enforcement.github.Delivery;
import dev.devopspack.approval.enforcement.github.GitHubApi;
import dev.devopspack.approval.enforcement.github.HeldDeployment;
import dev.devopspack.approval.enforcement.github.HeldDeploymentStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.net.URI;
import java.util.Optional;

/// Deployments that GitHub holds, in PostgreSQL.
@ApplicationScoped
@Transactional
class StoredHeldDeployments implements HeldDeploymentStore {

    private final Database database;

    StoredHeldDeployments(Database database) {
        this.database = database;
    }

    @Override
    public boolean add(HeldDeployment held) {
        Delivery delivery = held.delivery();
        return database.sql(
                        """
                        insert into held_deployments
                            (id, app, repository, deployment, commit_id, installation,
                             callback, asked_at, commented)
                        values (:id, :app, :repository, :deployment, :commit,
                            :installation, :callback, :at, :commented)
                        on conflict (id) do nothing
                        """)
                .with("id", held.id())
                .with("app", held.app())
                .with("repository", delivery.repository())
                .with("deployment", delivery.deployment())
                .with("commit", delivery.commit())
                .with("installation", delivery.installation())
                .with("callback", delivery.callback().toString())
                .with("at", held.askedAt())
                .with("commented", held.commented())
                .changesOne();
    }

    @Override
    public Optional<HeldDeployment> waiting(String id) {
        return database.sql(
                        """
                        select id, app, repository, deployment, commit_id, installation,
                            callback, asked_at, commented
                        from held_deployments where id = :id and answer is null
                        """)
                .with("id", id)
                .first(StoredHeldDeployments::held);
    }

    private static HeldDeployment held(Row row) {
        return new HeldDeployment(
                row.text("id"),
                row.text("app"),
                new Delivery(
                        row.text("repository"),
                        row.text("deployment"),
                        row.text("commit_id"),
                        row.number("installation"),
                        URI.create(row.text("callback"))),
                row.instant("asked_at"),
                row.flag("commented"));
    }

    /// A run is named by its callback, which GitHub signed.
    @Override
    public boolean sameRunWentOn(HeldDeployment held) {
        return database.sql(
                        """
                        select id from held_deployments
                        where callback = :callback and app = :app and deployment = :deployment
                            and commit_id = :commit and id <> :id and answer = :answer
                        """)
                .with("callback", held.delivery().callback().toString())
                .with("app", held.app())
                .with("deployment", held.delivery().deployment())
                .with("commit", held.delivery().commit())
                .with("id", held.id())
                .with("answer", GitHubApi.State.APPROVED.name())
                .first(row -> row.text("id"))
                .isPresent();
    }

    @Override
    public void commented(String id) {
        database.sql("update held_deployments set commented = true where id = :id")
                .with("id", id)
                .update();
    }

    @Override
    public void answered(String id, String answer) {
        database.sql(
                        """
                        update held_deployments set answer = :answer
                        where id = :id and answer is null
                        """)
                .with("id", id)
                .with("answer", answer)
                .update();
    }
}
