package dev.devopspack.change;

import dev.devopspack.task.StackName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Keeps change sets. What was stored is never changed.
public interface ChangeSetStore {

    /// Stores it, or finds it where the same manifest was stored before.
    ///
    /// @return the stored one: with the claims and the time of the first storing
    ChangeSet store(ChangeSet changeSet);

    Optional<ChangeSet> find(ChangeSetId id);

    /// The newest first.
    ///
    /// @param limit how many at most
    List<Summary> newest(int limit);

    /// The newest of one stack first.
    List<Summary> ofStack(StackName stack, int limit);

    /// The change set of the stack whose grant was consumed last and that did not end FAILED.
    Optional<ChangeSetId> lastReleased(StackName stack);

    /// Records that a pipeline consumed its grant.
    void markReleased(ChangeSetId id, Instant at);

    /// Records that the pipeline said that applying it failed: it is no "before" any more.
    void markFailed(ChangeSetId id);

    /// A row of a list.
    record Summary(
            ChangeSetId id,
            Digest digest,
            Target target,
            Requester requester,
            String client,
            Instant createdAt) {

        public String code() {
            return ChangeSetId.code(digest);
        }
    }
}
