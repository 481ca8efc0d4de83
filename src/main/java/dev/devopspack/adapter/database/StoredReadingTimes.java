package dev.devopspack.adapter.database;

import dev.devopspack.approval.ApprovalId;
import dev.devopspack.approval.ReadingTimes;
import dev.devopspack.identity.PersonId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

/// Reading times in PostgreSQL.
@ApplicationScoped
@Transactional
class StoredReadingTimes implements ReadingTimes {

    private final Database database;

    StoredReadingTimes(Database database) {
        this.database = database;
    }

    @Override
    public void seen(ApprovalId approval, PersonId person, Instant at) {
        database.sql(
                        """
                        insert into approval_views (approval, person, at)
                        values (:approval, :person, :at) on conflict do nothing
                        """)
                .with("approval", approval.value())
                .with("person", person.value())
                .with("at", at)
                .update();
    }

    @Override
    public Pace pace(Instant since) {
        return database.sql(
                        """
                        select count(*) as decisions,
                            percentile_disc(0.5) within group (order by seconds) as median,
                            count(*) filter (where seconds < :hasty) as hasty
                        from (select extract(epoch from d.decided_at - v.at) as seconds
                              from decisions d join approval_views v
                                on v.approval = d.approval and v.person = d.approver
                              where d.decided_at >= :since and d.decided_at >= v.at) as times
                        """)
                .with("hasty", HASTY.toSeconds())
                .with("since", since)
                .one(StoredReadingTimes::pace);
    }

    private static Pace pace(Row row) {
        BigDecimal median = row.optionalDecimal("median");
        return new Pace(
                row.number("decisions"),
                median == null ? null : Duration.ofMillis(Math.round(median.doubleValue() * 1_000)),
                row.number("hasty"));
    }
}
