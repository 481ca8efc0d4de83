package dev.devopspack.adapter.database;

import dev.devopspack.approval.ApprovalId;
import dev.devopspack.approval.enforcement.kubernetes.Admission;
import dev.devopspack.approval.enforcement.kubernetes.AdmissionStore;
import dev.devopspack.change.Digest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;

/// Answers to clusters in PostgreSQL.
@ApplicationScoped
@Transactional
class StoredAdmissions implements AdmissionStore {

    private final Database database;

    StoredAdmissions(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Admission> answer(String cluster, String uid) {
        return database.sql(
                        """
                        select allowed, message from admission_answers
                        where cluster = :cluster and uid = :uid
                        """)
                .with("cluster", cluster)
                .with("uid", uid)
                .first(row -> new Admission(uid, row.flag("allowed"), row.text("message")));
    }

    @Override
    public boolean keep(String cluster, Admission answer, Instant at) {
        return database.sql(
                        """
                        insert into admission_answers
                            (cluster, uid, allowed, message, answered_at)
                        values (:cluster, :uid, :allowed, :message, :at)
                        on conflict (cluster, uid) do nothing
                        """)
                .with("cluster", cluster)
                .with("uid", answer.uid())
                .with("allowed", answer.allowed())
                .with("message", answer.message())
                .with("at", at)
                .changesOne();
    }

    @Override
    public Taken take(
            ApprovalId approval, String cluster, String object, Digest content, Instant now) {
        database.sql(
                        """
                        insert into admission_takes (approval, cluster, object, content, taken_at)
                        values (:approval, :cluster, :object, :content, :at)
                        on conflict (approval, cluster, object) do nothing
                        """)
                .with("approval", approval.value())
                .with("cluster", cluster)
                .with("object", object)
                .with("content", content.value())
                .with("at", now)
                .update();
        return database.sql(
                        """
                        select content, taken_at from admission_takes
                        where approval = :approval and cluster = :cluster and object = :object
                        """)
                .with("approval", approval.value())
                .with("cluster", cluster)
                .with("object", object)
                .one(row -> new Taken(new Digest(row.text("content")), row.instant("taken_at")));
    }

    @Override
    public void forgetBefore(Instant then) {
        database.sql("delete from admission_answers where answered_at < :then")
                .with("then", then)
                .update();
    }
}
