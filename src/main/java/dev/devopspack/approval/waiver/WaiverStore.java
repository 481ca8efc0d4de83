package dev.devopspack.approval.waiver;

import dev.devopspack.approval.act.Ended;
import dev.devopspack.change.ChangeSetId;
import dev.devopspack.change.Digest;
import dev.devopspack.task.Environment;
import dev.devopspack.task.StackName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Keeps waivers, and which verdicts they changed.
public interface WaiverStore {

    void insert(Waiver waiver);

    /// Takes it back, in one statement.
    ///
    /// @return false where it was taken back before
    boolean end(String id, Ended ended);

    Optional<Waiver> find(String id);

    /// Those of a stack and environment that were not taken back and run at `now`, the oldest
    /// first.
    List<Waiver> running(StackName stack, Environment environment, Instant now);

    /// All that were not taken back and run at `now`, the one that ends first first.
    List<Waiver> running(Instant now);

    /// The newest first, also those that have ended.
    List<Waiver> newest(int limit);

    /// Remembers that verdicts counted waivers; the same again changes nothing.
    ///
    /// @param verdicts the digest that an approval is bound to
    void used(ChangeSetId changeSet, Digest verdicts, List<String> waivers);

    /// Those that these verdicts counted.
    List<Waiver> usedBy(ChangeSetId changeSet, Digest verdicts);
}
