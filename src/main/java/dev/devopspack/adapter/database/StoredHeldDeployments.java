package dev.devopspack.adapter.database;

import dev.devopspack.approval.enforcement.github.Delivery;
import dev.devopspack.approval.enforcement.github.HeldDeployment;
import dev.devopspack.approval.enforcement.github.HeldDeploymentStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Deployments that GitHub holds, in PostgreSQL.
@ApplicationScoped
@Transactional
class StoredHeldDeployments implements HeldDeploymentStore {

    private final EntityManager database;

    StoredHeldDeployments(EntityManager database) {
        this.database = database;
    }

    @Override
    public boolean add(HeldDeployment held) {
        Delivery delivery = held.delivery();
        return database.createNativeQuery(
                                """
                                insert into held_deployments
                                    (id, app, repository, deployment, commit_id, installation,
                                     callback, asked_at, commented)
                                values (:id, :app, :repository, :deployment, :commit,
                                    :installation, :callback, :at, :commented)
                                on conflict (id) do nothing
                                """)
                        .setParameter("id", held.id())
                        .setParameter("app", held.app())
                        .setParameter("repository", delivery.repository())
                        .setParameter("deployment", delivery.deployment())
                        .setParameter("commit", delivery.commit())
                        .setParameter("installation", delivery.installation())
                        .setParameter("callback", delivery.callback().toString())
                        .setParameter("at", Moments.stored(held.askedAt()))
                        .setParameter("commented", held.commented())
                        .executeUpdate()
                == 1;
    }

    @Override
    public Optional<HeldDeployment> waiting(String id) {
        List<?> rows =
                database.createNativeQuery(
                                """
                                select app, repository, deployment, commit_id, installation,
                                    callback, asked_at, commented
                                from held_deployments where id = :id and answer is null
                                """)
                        .setParameter("id", id)
                        .getResultList();
        return rows.stream().map(row -> held(id, (Object[]) row)).findFirst();
    }

    private static HeldDeployment held(String id, Object[] row) {
        return new HeldDeployment(
                id,
                (String) row[0],
                new Delivery(
                        (String) row[1],
                        (String) row[2],
                        (String) row[3],
                        (Long) row[4],
                        URI.create((String) row[5])),
                (Instant) row[6],
                (Boolean) row[7]);
    }

    @Override
    public void commented(String id) {
        database.createNativeQuery("update held_deployments set commented = true where id = :id")
                .setParameter("id", id)
                .executeUpdate();
    }

    @Override
    public void answered(String id, String answer) {
        database.createNativeQuery(
                        """
                        update held_deployments set answer = :answer
                        where id = :id and answer is null
                        """)
                .setParameter("id", id)
                .setParameter("answer", answer)
                .executeUpdate();
    }
}
