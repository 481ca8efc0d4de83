package dev.devopspack.audit;

import dev.devopspack.change.Digest;
import java.util.List;
import java.util.Optional;

/// The log's signed checkpoints, append-only, and the proofs that go with them.
public interface Checkpoints extends Sealing {

    /// What they are verified with.
    LogKey key();

    /// The log's second key, of another algorithm, where it has one.
    Optional<CosignerKey> secondKey();

    /// With what witnesses signed of it so far.
    Optional<SignedCheckpoint> newest();

    /// The newest one that a witness signed, with those lines.
    Optional<SignedCheckpoint> witnessed();

    /// Keeps a witness' signature of the checkpoint of that size; one that is known is kept as it
    /// was.
    void cosigned(long size, SignedCheckpoint.Line line);

    /// Those of larger sizes, the smallest first.
    List<SignedCheckpoint> after(long size, int limit);

    /// Whether exactly this one was made.
    boolean holds(Checkpoint checkpoint);

    /// Signs what was committed since the newest checkpoint, at most so many entries at once that
    /// it never takes long. Safe to call from several replicas at a time.
    Step make();

    /// @param from at least 1
    /// @param to at most the newest checkpoint's size
    /// @throws dev.devopspack.task.InvalidInput if there are no such trees
    ConsistencyProof consistency(long from, long to);

    /// The hashes of a tile of the tree over what was signed.
    ///
    /// @throws dev.devopspack.task.InvalidInput if the newest checkpoint's tree has no such tile
    List<Digest> tile(Tile tile);

    /// What became of making one.
    sealed interface Step {

        /// @param more whether further entries wait
        record Made(SignedCheckpoint checkpoint, boolean more) implements Step {}

        /// Nothing was committed since, or another replica is making one now.
        record Nothing() implements Step {}

        /// The log is not the one that the newest checkpoint was signed over. Nothing is signed
        /// again before somebody looked at it.
        ///
        /// @param sequence the entry that is missing or another one
        record Refused(long sequence, String why) implements Step {}
    }
}
