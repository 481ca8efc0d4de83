package dev.devopspack.adapter.database;

import dev.devopspack.approval.ApprovalId;
import dev.devopspack.approval.emergency.BrokenGlass;
import dev.devopspack.approval.emergency.BrokenGlassStore;
import dev.devopspack.change.Digest;
import dev.devopspack.identity.PersonId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Uses of the broken glass in PostgreSQL: an index lets one in at a time.
@ApplicationScoped
@Transactional
class StoredBrokenGlass implements BrokenGlassStore {

    private final EntityManager database;

    StoredBrokenGlass(EntityManager database) {
        this.database = database;
    }

    @Override
    public boolean insert(BrokenGlass broken) {
        return database.createNativeQuery(
                                """
                                insert into broken_glass
                                    (approval, person, incident, reason, at, act, skipped)
                                values (:approval, :person, :incident, :reason, :at, :act, :skipped)
                                on conflict do nothing
                                """)
                        .setParameter("approval", broken.approval().value())
                        .setParameter("person", broken.by().value())
                        .setParameter("incident", broken.incident())
                        .setParameter("reason", broken.reason())
                        .setParameter("at", Moments.stored(broken.at()))
                        .setParameter("act", broken.act().value())
                        .setParameter(
                                "skipped",
                                broken.skipped().stream()
                                        .map(PersonId::toString)
                                        .collect(Collectors.joining(",")))
                        .executeUpdate()
                == 1;
    }

    @Override
    public boolean review(ApprovalId approval, BrokenGlass.Review review) {
        return OneRow.changed(
                database,
                database.createQuery(
                                """
                                update BrokenGlassRow
                                set reviewedBy = :by, reviewedAt = :at, justified = :justified,
                                    finding = :finding, reviewAct = :act
                                where approval = :approval and reviewedAt is null
                                """)
                        .setParameter("by", review.by().value())
                        .setParameter("at", Moments.stored(review.at()))
                        .setParameter("justified", review.justified())
                        .setParameter("finding", review.finding())
                        .setParameter("act", review.act().value())
                        .setParameter("approval", approval.value()));
    }

    @Override
    public Optional<BrokenGlass> find(ApprovalId approval) {
        return Optional.ofNullable(database.find(BrokenGlassRow.class, approval.value()))
                .map(StoredBrokenGlass::broken);
    }

    @Override
    public Optional<BrokenGlass> unreviewed() {
        return database.createQuery(
                        "from BrokenGlassRow where reviewedAt is null", BrokenGlassRow.class)
                .getResultStream()
                .findFirst()
                .map(StoredBrokenGlass::broken);
    }

    @Override
    public List<BrokenGlass> newest(int limit) {
        return database.createQuery(
                        "from BrokenGlassRow order by position desc", BrokenGlassRow.class)
                .setMaxResults(limit)
                .getResultStream()
                .map(StoredBrokenGlass::broken)
                .toList();
    }

    private static BrokenGlass broken(BrokenGlassRow row) {
        return new BrokenGlass(
                new ApprovalId(row.approval),
                new PersonId(row.person),
                row.incident,
                row.reason,
                row.at,
                new Digest(row.act),
                row.skipped.isEmpty()
                        ? List.of()
                        : Arrays.stream(row.skipped.split(",", -1)).map(PersonId::parse).toList(),
                review(row));
    }

    private static BrokenGlass.@Nullable Review review(BrokenGlassRow row) {
        return row.reviewedBy == null
                        || row.reviewedAt == null
                        || row.justified == null
                        || row.finding == null
                        || row.reviewAct == null
                ? null
                : new BrokenGlass.Review(
                        new PersonId(row.reviewedBy),
                        row.reviewedAt,
                        row.justified,
                        row.finding,
                        new Digest(row.reviewAct));
    }
}
