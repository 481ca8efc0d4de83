package dev.devopspack.adapter.database;

import dev.devopspack.approval.ApprovalId;
import dev.devopspack.approval.ReadingTimes;
import dev.devopspack.identity.PersonId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;

/// Reading times in PostgreSQL.
@ApplicationScoped
@Transactional
class StoredReadingTimes implements ReadingTimes {

    private final EntityManager database;

    StoredReadingTimes(EntityManager database) {
        this.database = database;
    }

    @Override
    public void seen(ApprovalId approval, PersonId person, Instant at) {
        database.createNativeQuery(
                        """
                        insert into approval_views (approval, person, at)
                        values (:approval, :person, :at) on conflict do nothing
                        """)
                .setParameter("approval", approval.value())
                .setParameter("person", person.value())
                .setParameter("at", Moments.stored(at))
                .executeUpdate();
    }

    @Override
    public Pace pace(Instant since) {
        Object[] row =
                (Object[])
                        database.createNativeQuery(
                                        """
                                        select count(*),
                                            percentile_disc(0.5) within group (order by seconds),
                                            count(*) filter (where seconds < :hasty)
                                        from (select extract(epoch from d.decided_at - v.at)
                                                         as seconds
                                              from decisions d join approval_views v
                                                on v.approval = d.approval
                                                and v.person = d.approver
                                              where d.decided_at >= :since
                                                and d.decided_at >= v.at) as times
                                        """)
                                .setParameter("hasty", HASTY.toSeconds())
                                .setParameter("since", since)
                                .getSingleResult();
        Number median = (Number) row[1];
        return new Pace(
                ((Number) row[0]).longValue(),
                median == null ? null : Duration.ofMillis(Math.round(median.doubleValue() * 1_000)),
                ((Number) row[2]).longValue());
    }
}
