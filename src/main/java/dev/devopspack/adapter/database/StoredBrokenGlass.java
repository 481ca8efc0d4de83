package dev.devopspack.adapter.database;

import dev.devopspack.approval.ApprovalId;
import dev.devopspack.approval.emergency.BrokenGlass;
import dev.devopspack.approval.emergency.BrokenGlassStore;
import dev.devopspack.change.Digest;
import dev.devopspack.identity.PersonId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Uses of the broken glass in PostgreSQL: an index lets one in at a time.
@ApplicationScoped
@Transactional
class StoredBrokenGlass implements BrokenGlassStore {

    private static final String USES =
            """
            select approval, person, incident, reason, at, act, skipped, reviewed_by,
                reviewed_at, justified, finding, review_act
            from broken_glass
            """;

    private final Database database;

    StoredBrokenGlass(Database database) {
        this.database = database;
    }

    @Override
    public boolean insert(BrokenGlass broken) {
        return database.sql(
                        """
                        insert into broken_glass
                            (approval, person, incident, reason, at, act, skipped)
                        values (:approval, :person, :incident, :reason, :at, :act, :skipped)
                        on conflict do nothing
                        """)
                .with("approval", broken.approval().value())
                .with("person", broken.by().value())
                .with("incident", broken.incident())
                .with("reason", broken.reason())
                .with("at", broken.at())
                .with("act", broken.act().value())
                .with(
                        "skipped",
                        broken.skipped().stream()
                                .map(PersonId::toString)
                                .collect(Collectors.joining(",")))
                .changesOne();
    }

    @Override
    public boolean review(ApprovalId approval, BrokenGlass.Review review) {
        return database.sql(
                        """
                        update broken_glass
                        set reviewed_by = :by, reviewed_at = :at, justified = :justified,
                            finding = :finding, review_act = :act
                        where approval = :approval and reviewed_at is null
                        """)
                .with("by", review.by().value())
                .with("at", review.at())
                .with("justified", review.justified())
                .with("finding", review.finding())
                .with("act", review.act().value())
                .with("approval", approval.value())
                .changesOne();
    }

    @Override
    public Optional<BrokenGlass> find(ApprovalId approval) {
        return database.sql(USES + " where approval = :approval")
                .with("approval", approval.value())
                .first(StoredBrokenGlass::broken);
    }

    @Override
    public Optional<BrokenGlass> unreviewed() {
        return database.sql(USES + " where reviewed_at is null").first(StoredBrokenGlass::broken);
    }

    @Override
    public List<BrokenGlass> newest(int limit) {
        return database.sql(USES + " order by position desc limit :limit")
                .with("limit", limit)
                .list(StoredBrokenGlass::broken);
    }

    private static BrokenGlass broken(Row row) {
        String skipped = row.text("skipped");
        return new BrokenGlass(
                new ApprovalId(row.text("approval")),
                new PersonId(row.uuid("person")),
                row.text("incident"),
                row.text("reason"),
                row.instant("at"),
                new Digest(row.text("act")),
                skipped.isEmpty()
                        ? List.of()
                        : Arrays.stream(skipped.split(",", -1)).map(PersonId::parse).toList(),
                review(row));
    }

    private static BrokenGlass.@Nullable Review review(Row row) {
        UUID by = row.optionalUuid("reviewed_by");
        return by == null
                ? null
                : new BrokenGlass.Review(
                        new PersonId(by),
                        row.instant("reviewed_at"),
                        row.flag("justified"),
                        row.text("finding"),
                        new Digest(row.text("review_act")));
    }
}
