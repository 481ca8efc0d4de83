package dev.devopspack.adapter.database;

import dev.devopspack.adapter.database.AuditAppender.Head;
import dev.devopspack.adapter.database.AuditAppender.Prepared;
import dev.devopspack.change.Outages;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Appends entries of callers that have no transaction of their own: those that come while a
/// transaction is being written to the disk share the next one.
///
/// There is no thread behind it. The first caller commits for itself; who comes meanwhile waits,
/// and one of those then commits for all of them. A caller is answered only when its entry is on
/// the disk.
final class GroupCommit {

    /// Entries of one transaction: it then takes a few milliseconds more than one entry does.
    private static final int MAX_ENTRIES = 500;

    private final AuditAppender appender;
    private final Connections connections;
    private final Outages outages;
    private final Queue<Waiting> queue = new ConcurrentLinkedQueue<>();

    /// Whether one of the callers commits now, or was told to.
    private final AtomicBoolean led = new AtomicBoolean();

    /// The head after our last transaction; nothing where there is none. Only who leads touches it.
    private volatile @Nullable Head known;

    GroupCommit(AuditAppender appender, Connections connections, Outages outages) {
        this.appender = appender;
        this.connections = connections;
        this.outages = outages;
    }

    /// Gives connections that take part in no other transaction.
    @FunctionalInterface
    interface Connections {
        Connection open() throws SQLException;
    }

    /// What a waiting caller is told.
    private sealed interface Turn {

        /// To commit for all that wait, itself among them.
        record Lead() implements Turn {}

        record Durable(long sequence) implements Turn {}

        record Failed(Exception why) implements Turn {}
    }

    private static final class Waiting {

        private final Prepared entry;
        private final CompletableFuture<Turn> turn = new CompletableFuture<>();
        private @Nullable Turn end;

        Waiting(Prepared entry) {
            this.entry = entry;
        }

        boolean toldToLead() {
            return turn.join() instanceof Turn.Lead;
        }

        void ended(Turn how) {
            end = how;
            turn.complete(how);
        }
    }

    /// @return the entry's sequence number, once it is durable
    /// @throws SQLException if it was not taken, or nobody knows because the connection broke
    long append(Prepared entry) throws SQLException {
        Waiting mine = new Waiting(entry);
        queue.add(mine);
        if (led.compareAndSet(false, true) || mine.toldToLead()) {
            lead(mine);
        }
        Turn end = mine.end == null ? mine.turn.join() : mine.end;
        return switch (end) {
            case Turn.Durable durable -> durable.sequence();
            case Turn.Failed failed when failed.why() instanceof SQLException why ->
                    throw new SQLException(why.getMessage(), why.getSQLState(), why);
            case Turn.Failed failed -> throw new IllegalStateException(failed.why());
            case Turn.Lead _ -> throw new IllegalStateException("it leads no more");
        };
    }

    private void lead(Waiting mine) {
        try {
            while (mine.end == null) {
                commit(takeWaiting());
            }
        } finally {
            handOver();
        }
    }

    private List<Waiting> takeWaiting() {
        List<Waiting> taken = new ArrayList<>();
        Waiting next = queue.poll();
        while (next != null) {
            taken.add(next);
            next = taken.size() < MAX_ENTRIES ? queue.poll() : null;
        }
        return taken;
    }

    private void handOver() {
        while (true) {
            Waiting next = queue.peek();
            if (next != null) {
                next.turn.complete(new Turn.Lead());
                return;
            }
            led.set(false);
            // Who came in between saw that somebody leads, and waits.
            if (queue.isEmpty() || !led.compareAndSet(false, true)) {
                return;
            }
        }
    }

    private void commit(List<Waiting> together) {
        List<Prepared> entries = together.stream().map(each -> each.entry).toList();
        try (Connection connection = connections.open()) {
            Head after = appendAfterKnownHead(connection, entries);
            if (after == null) {
                after = appendAfterLockedHead(connection, entries);
            }
            known = after;
            long first = after.sequence() - together.size() + 1;
            for (int i = 0; i < together.size(); i++) {
                together.get(i).ended(new Turn.Durable(first + i));
            }
        } catch (SQLException | RuntimeException e) {
            known = null;
            notTaken(together, e);
        }
    }

    /// Nearly always nobody else appended since: then one exchange with the database appends and
    /// commits.
    ///
    /// @return the new head; nothing where somebody else did
    private @Nullable Head appendAfterKnownHead(Connection connection, List<Prepared> entries)
            throws SQLException {
        Head head = known;
        if (head == null) {
            return null;
        }
        try {
            connection.setAutoCommit(true);
            return appender.append(connection, head, entries);
        } catch (SQLException e) {
            if (AuditAppender.moved(e)) {
                return null;
            }
            throw e;
        }
    }

    private Head appendAfterLockedHead(Connection connection, List<Prepared> entries)
            throws SQLException {
        connection.setAutoCommit(false);
        Head after;
        try {
            after = appender.append(connection, AuditAppender.lockHead(connection), entries);
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        }
        connection.commit();
        return after;
    }

    /// Where one entry cannot be taken the others can: each is tried alone. In an outage none can,
    /// and where the connection broke nobody knows whether they were taken.
    private void notTaken(List<Waiting> together, Exception why) {
        if (together.size() == 1 || outages.of(why).isPresent()) {
            together.forEach(each -> each.ended(new Turn.Failed(why)));
        } else {
            together.forEach(each -> commit(List.of(each)));
        }
    }
}
