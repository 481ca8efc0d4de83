package dev.devopspack.adapter.database;

import dev.devopspack.approval.ApprovalId;
import dev.devopspack.manager.notice.Delivery;
import dev.devopspack.manager.notice.NoticeStore;
import jakarta.enterprise.context.ApplicationScoped;
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

    private final Database database;

    StoredNotices(Database database) {
        this.database = database;
    }

    @Override
    public List<Found> advance(Collection<String> kinds, Instant since, int limit) {
        long head = number("select sequence from audit_head");
        // A cursor that was never set begins at the beginning: what is old is passed over below.
        database.sql("insert into notice_cursor (sequence) values (0) on conflict do nothing")
                .update();
        long cursor = number("select sequence from notice_cursor for update");
        List<Found> found =
                database.sql(
                                """
                                select sequence, kind from audit_entries
                                where sequence > :cursor and sequence <= :head
                                  and kind = any(:kinds) and at >= :since
                                order by sequence limit :limit
                                """)
                        .with("cursor", cursor)
                        .with("head", head)
                        .withTexts("kinds", kinds)
                        .with("since", since)
                        .with("limit", limit)
                        .list(row -> new Found(row.number("sequence"), row.text("kind")));
        long next = found.size() < limit ? head : found.getLast().sequence();
        if (next > cursor) {
            database.sql("update notice_cursor set sequence = :next").with("next", next).update();
        }
        return found;
    }

    private long number(String query) {
        return database.sql(query).one(row -> row.number("sequence"));
    }

    @Override
    public Optional<Long> add(long entry, String hook, String kind, Instant now) {
        return database.sql(
                        """
                        insert into notice_deliveries (entry, hook, kind, created_at, changed_at)
                        values (:entry, :hook, :kind, :now, :now)
                        on conflict (entry, hook) do nothing returning id
                        """)
                .with("entry", entry)
                .with("hook", hook)
                .with("kind", kind)
                .with("now", now)
                .first(row -> row.number("id"));
    }

    @Override
    public Optional<Delivery> find(long id) {
        return database.sql("select " + FIELDS + " from notice_deliveries where id = :id")
                .with("id", id)
                .first(StoredNotices::delivery);
    }

    @Override
    public boolean waits(String hook, String kind) {
        return database.sql(
                        """
                        select 1 from notice_deliveries
                        where hook = :hook and kind = :kind and state = 'WAITING'
                          and attempts = 0
                        """)
                .with("hook", hook)
                .with("kind", kind)
                .any();
    }

    @Override
    public boolean arrivedAfter(long id, String hook, Collection<String> kinds) {
        return database.sql(
                        """
                        select 1 from notice_deliveries
                        where id > :id and hook = :hook and kind = any(:kinds)
                          and state = 'DELIVERED' limit 1
                        """)
                .with("id", id)
                .with("hook", hook)
                .withTexts("kinds", kinds)
                .any();
    }

    @Override
    public int attempt(long id, Instant now) {
        return database.sql(
                        """
                        update notice_deliveries
                        set attempts = attempts + 1, changed_at = :now
                        where id = :id and state = 'WAITING' returning attempts
                        """)
                .with("id", id)
                .with("now", now)
                .first(row -> row.integer("attempts"))
                .orElse(0);
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
        database.sql(
                        """
                        update notice_deliveries
                        set state = :state, problem = :problem, changed_at = :now
                        where id = :id and state = 'WAITING'
                        """)
                .with("state", state.name())
                .with("problem", problem)
                .with("now", now)
                .with("id", id)
                .update();
    }

    @Override
    public List<Delivery> newest(int limit) {
        return database.sql(
                        "select "
                                + FIELDS
                                + " from notice_deliveries order by id desc limit :limit")
                .with("limit", limit)
                .list(StoredNotices::delivery);
    }

    @Override
    public boolean remind(ApprovalId approval, Instant now) {
        return database.sql(
                        """
                        insert into approval_reminders (approval, at)
                        values (:approval, :now) on conflict do nothing
                        """)
                .with("approval", approval.value())
                .with("now", now)
                .changesOne();
    }

    @Override
    public int forgetBefore(Instant limit) {
        return database.sql(
                        """
                        delete from notice_deliveries
                        where created_at < :limit and state <> 'WAITING'
                        """)
                .with("limit", limit)
                .update();
    }

    private static Delivery delivery(Row row) {
        return new Delivery(
                row.number("id"),
                row.number("entry"),
                row.text("hook"),
                row.text("kind"),
                Delivery.State.valueOf(row.text("state")),
                row.integer("attempts"),
                row.text("problem"),
                row.instant("created_at"),
                row.instant("changed_at"));
    }
}
