package dev.devopspack.audit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The append-only log. Appending joins the caller's transaction: what is rolled back never
/// happened, what is committed is in the log. Without a transaction the entry is durable when
/// appending returns, and callers that come at the same time share the wait for the disk.
public interface AuditLog {

    /// Within a transaction this holds the log until its end, as {@link #hold} does: whoever locks
    /// several rows locks all of them before the first entry.
    ///
    /// @return the entry's sequence number, dense from 1
    /// @throws AuditUnavailable if the log does not take it; the caller's transaction must not be
    ///   committed then
    long append(AuditEntry entry);

    /// Remembers what changed nothing, beside the caller, who does not wait for the disk. Alike
    /// ones of a tenth of a second become one entry, which says in `times` how many they were and
    /// in `since` when the first of them was. Joins no transaction.
    ///
    /// They are kept while the log takes no entries. A server that is killed forgets those of its
    /// last tenth of a second.
    ///
    /// @throws AuditUnavailable if too many wait already, and the log does not take this one
    void note(AuditEntry entry);

    /// Holds the end of the log until the caller's transaction ends. Whatever stands in the log
    /// then is committed with everything else of its transaction, so what is read afterwards is at
    /// least as new; and nobody else's entry comes before the caller's.
    ///
    /// Rows are locked before the log is held, never after: who holds the log waits for nobody.
    ///
    /// @throws AuditUnavailable if it cannot be held
    void hold();

    /// Entries in order.
    ///
    /// @param after the sequence number before the first one wanted; 0 for the beginning
    /// @param limit how many at most
    List<StoredEntry> read(long after, int limit);

    /// The newest first, those that match.
    List<StoredEntry> search(AuditQuery query);

    Optional<StoredEntry> find(long sequence);

    /// The newest entry, or nothing where the log is empty.
    Optional<StoredEntry> head();

    /// Erases the clear text and the salts of an entry's personal fields. Their commitments stay,
    /// so every proof stays; nobody can tell any more what was committed to.
    ///
    /// @return how many fields there were
    long erasePersonal(long sequence);

    /// The same for all entries of an actor.
    long erasePersonalOf(String actor);

    /// The same for all entries that were appended before.
    long erasePersonalBefore(Instant before);
}
