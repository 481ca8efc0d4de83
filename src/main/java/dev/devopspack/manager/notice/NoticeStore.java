package dev.devopspack.manager.notice;

import dev.devopspack.approval.ApprovalId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Keeps what was told. Every call joins the transaction that is open.
public interface NoticeStore {

    /// Moves on through the audit log, one caller at a time: locks the cursor until the transaction
    /// ends and leaves it behind the last entry that was looked at.
    ///
    /// @param since older entries are passed over
    /// @param limit how many are looked for at most
    /// @return entries of these kinds, in order
    List<Found> advance(Collection<String> kinds, Instant since, int limit);

    record Found(long sequence, String kind) {}

    /// Adds a message that waits.
    ///
    /// @return its id; nothing where the hook was told of this entry before
    Optional<Long> add(long entry, String hook, String kind, Instant now);

    Optional<Delivery> find(long id);

    /// Whether a message of this kind to this hook has not been tried yet.
    boolean waits(String hook, String kind);

    /// Whether a message of one of these kinds to the hook arrived that was added after this one.
    boolean arrivedAfter(long id, String hook, Collection<String> kinds);

    /// Counts an attempt of one that waits.
    ///
    /// @return which attempt this is, from 1; 0 where it does not wait any more
    int attempt(long id, Instant now);

    void end(long id, Delivery.State state, String problem, Instant now);

    /// Keeps why an attempt failed; it goes on waiting.
    void failed(long id, String problem, Instant now);

    /// The newest first.
    List<Delivery> newest(int limit);

    /// Remembers that people were reminded of the request.
    ///
    /// @return whether this is the first reminder of the request
    boolean remind(ApprovalId approval, Instant now);

    /// Forgets what has ended and was made before the limit.
    int forgetBefore(Instant limit);
}
