package dev.devopspack.adapter.database;

import dev.devopspack.approval.ApprovalId;
import dev.devopspack.approval.enforcement.kubernetes.Admission;
import dev.devopspack.approval.enforcement.kubernetes.AdmissionStore;
import dev.devopspack.change.Digest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Answers to clusters in PostgreSQL.
@ApplicationScoped
@Transactional
class StoredAdmissions implements AdmissionStore {

    private final EntityManager database;

    StoredAdmissions(EntityManager database) {
        this.database = database;
    }

    @Override
    public Optional<Admission> answer(String cluster, String uid) {
        List<?> rows =
                database.createNativeQuery(
                                """
                                select allowed, message from admission_answers
                                where cluster = :cluster and uid = :uid
                                """)
                        .setParameter("cluster", cluster)
                        .setParameter("uid", uid)
                        .getResultList();
        return rows.stream()
                .map(row -> (Object[]) row)
                .map(row -> new Admission(uid, (Boolean) row[0], (String) row[1]))
                .findFirst();
    }

    @Override
    public boolean keep(String cluster, Admission answer, Instant at) {
        return database.createNativeQuery(
                                """
                                insert into admission_answers
                                    (cluster, uid, allowed, message, answered_at)
                                values (:cluster, :uid, :allowed, :message, :at)
                                on conflict (cluster, uid) do nothing
                                """)
                        .setParameter("cluster", cluster)
                        .setParameter("uid", answer.uid())
                        .setParameter("allowed", answer.allowed())
                        .setParameter("message", answer.message())
                        .setParameter("at", Moments.stored(at))
                        .executeUpdate()
                == 1;
    }

    @Override
    public Taken take(
            ApprovalId approval, String cluster, String object, Digest content, Instant now) {
        database.createNativeQuery(
                        """
                        insert into admission_takes (approval, cluster, object, content, taken_at)
                        values (:approval, :cluster, :object, :content, :at)
                        on conflict (approval, cluster, object) do nothing
                        """)
                .setParameter("approval", approval.value())
                .setParameter("cluster", cluster)
                .setParameter("object", object)
                .setParameter("content", content.value())
                .setParameter("at", Moments.stored(now))
                .executeUpdate();
        Object[] row =
                (Object[])
                        database.createNativeQuery(
                                        """
                                        select content, taken_at from admission_takes
                                        where approval = :approval and cluster = :cluster
                                          and object = :object
                                        """)
                                .setParameter("approval", approval.value())
                                .setParameter("cluster", cluster)
                                .setParameter("object", object)
                                .getSingleResult();
        return new Taken(new Digest((String) row[0]), (Instant) row[1]);
    }

    @Override
    public void forgetBefore(Instant then) {
        database.createNativeQuery("delete from admission_answers where answered_at < :then")
                .setParameter("then", then)
                .executeUpdate();
    }
}
