package dev.devopspack.adapter.database;

import dev.devopspack.approval.ApprovalId;
import dev.devopspack.manager.notice.Delivery;
import dev.devopspack.manager.notice.NoticeStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Messages in PostgreSQL.
@ApplicationScoped
@Transactional
class StoredNotices implements NoticeStore {

    private static final String FIELDS =
            "id, entry, hook, kind, state, attempts, problem, created_at, changed_at";

    private final EntityManager database;

    StoredNotices(EntityManager database) {
        this.database = database;
    }

    @Override
    public List<Found> advance(Collection<String> kinds, Instant since, int limit) {
        long head = number("select sequence from audit_head");
        // A cursor that was never set begins at the beginning: what is old is passed over below.
        database.createNativeQuery(
                        "insert into notice_cursor (sequence) values (0) on conflict do nothing")
                .executeUpdate();
        long cursor = number("select sequence from notice_cursor for update");
        List<Found> found =
                rows(
                                database.createNativeQuery(
                                                """
                                                select sequence, kind from audit_entries
                                                where sequence > :cursor and sequence <= :head
                                                  and kind in (:kinds) and at >= :since
                                                order by sequence limit :limit
                                                """)
                                        .setParameter("cursor", cursor)
                                        .setParameter("head", head)
                                        .setParameter("kinds", kinds)
                                        .setParameter("since", Moments.stored(since))
                                        .setParameter("limit", limit))
                        .stream()
                        .map(row -> new Found(((Number) row[0]).longValue(), (String) row[1]))
                        .toList();
        long next = found.size() < limit ? head : found.getLast().sequence();
        if (next > cursor) {
            database.createNativeQuery("update notice_cursor set sequence = :next")
                    .setParameter("next", next)
                    .executeUpdate();
        }
        return found;
    }

    private long number(String query) {
        return ((Number) database.createNativeQuery(query).getSingleResult()).longValue();
    }

    @Override
    public Optional<Long> add(long entry, String hook, String kind, Instant now) {
        List<?> ids =
                database.createNativeQuery(
                                """
                                insert into notice_deliveries
                                    (entry, hook, kind, created_at, changed_at)
                                values (:entry, :hook, :kind, :now, :now)
                                on conflict (entry, hook) do nothing returning id
                                """)
                        .setParameter("entry", entry)
                        .setParameter("hook", hook)
                        .setParameter("kind", kind)
                        .setParameter("now", Moments.stored(now))
                        .getResultList();
        return ids.isEmpty()
                ? Optional.empty()
                : Optional.of(((Number) ids.getFirst()).longValue());
    }

    @Override
    public Optional<Delivery> find(long id) {
        return rows(
                        database.createNativeQuery(
                                        "select "
                                                + FIELDS
                                                + " from notice_deliveries where id = :id")
                                .setParameter("id", id))
                .stream()
                .map(StoredNotices::delivery)
                .findFirst();
    }

    @Override
    public boolean waits(String hook, String kind) {
        return !database.createNativeQuery(
                        """
                        select 1 from notice_deliveries
                        where hook = :hook and kind = :kind and state = 'WAITING'
                          and attempts = 0
                        """)
                .setParameter("hook", hook)
                .setParameter("kind", kind)
                .getResultList()
                .isEmpty();
    }

    @Override
    public boolean arrivedAfter(long id, String hook, Collection<String> kinds) {
        return !database.createNativeQuery(
                        """
                        select 1 from notice_deliveries
                        where id > :id and hook = :hook and kind in (:kinds)
                          and state = 'DELIVERED' limit 1
                        """)
                .setParameter("id", id)
                .setParameter("hook", hook)
                .setParameter("kinds", kinds)
                .getResultList()
                .isEmpty();
    }

    @Override
    public int attempt(long id, Instant now) {
        List<?> attempts =
                database.createNativeQuery(
                                """
                                update notice_deliveries
                                set attempts = attempts + 1, changed_at = :now
                                where id = :id and state = 'WAITING' returning attempts
                                """)
                        .setParameter("id", id)
                        .setParameter("now", Moments.stored(now))
                        .getResultList();
        return attempts.isEmpty() ? 0 : ((Number) attempts.getFirst()).intValue();
    }

    @Override
    public void end(long id, Delivery.State state, String problem, Instant now) {
        change(id, state, problem, now);
    }

    @Override
    public void failed(long id, String problem, Instant now) {
        change(id, Delivery.State.WAITING, problem, now);
    }

    private void change(long id, Delivery.State state, String problem, Instant now) {
        database.createNativeQuery(
                        """
                        update notice_deliveries
                        set state = :state, problem = :problem, changed_at = :now
                        where id = :id and state = 'WAITING'
                        """)
                .setParameter("state", state.name())
                .setParameter("problem", problem)
                .setParameter("now", Moments.stored(now))
                .setParameter("id", id)
                .executeUpdate();
    }

    @Override
    public List<Delivery> newest(int limit) {
        return rows(
                        database.createNativeQuery(
                                        "select "
                                                + FIELDS
                                                + " from notice_deliveries order by id desc"
                                                + " limit :limit")
                                .setParameter("limit", limit))
                .stream()
                .map(StoredNotices::delivery)
                .toList();
    }

    @Override
    public boolean remind(ApprovalId approval, Instant now) {
        return database.createNativeQuery(
                                """
                                insert into approval_reminders (approval, at)
                                values (:approval, :now) on conflict do nothing
                                """)
                        .setParameter("approval", approval.value())
                        .setParameter("now", Moments.stored(now))
                        .executeUpdate()
                == 1;
    }

    @Override
    public int forgetBefore(Instant limit) {
        return database.createNativeQuery(
                        """
                        delete from notice_deliveries
                        where created_at < :limit and state <> 'WAITING'
                        """)
                .setParameter("limit", Moments.stored(limit))
                .executeUpdate();
    }

    @SuppressWarnings("unchecked") // a native query of several columns gives arrays
    private static List<Object[]> rows(Query query) {
        return query.getResultList();
    }

    private static Delivery delivery(Object[] row) {
        return new Delivery(
                ((Number) row[0]).longValue(),
                ((Number) row[1]).longValue(),
                (String) row[2],
                (String) row[3],
                Delivery.State.valueOf((String) row[4]),
                ((Number) row[5]).intValue(),
                (String) row[6],
                (Instant) row[7],
                (Instant) row[8]);
    }
}
