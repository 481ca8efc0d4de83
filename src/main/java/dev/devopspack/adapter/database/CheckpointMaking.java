package dev.devopspack.adapter.database;

import dev.devopspack.adapter.database.CheckpointRows.Leaf;
import dev.devopspack.adapter.database.CheckpointRows.Newest;
import dev.devopspack.audit.AuditUnavailable;
import dev.devopspack.audit.Checkpoint;
import dev.devopspack.audit.CheckpointKey;
import dev.devopspack.audit.Checkpoints.Step;
import dev.devopspack.audit.LogKey;
import dev.devopspack.audit.MerkleFrontier;
import dev.devopspack.audit.SignedCheckpoint;
import dev.devopspack.change.Digest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Signs one checkpoint on a connection, in the transaction that it has open.
///
/// Reads the entries since the newest checkpoint and one hash for each 1 in its size's binary form,
/// never the log. Entries are only seen once they are committed. The newest checkpoint is not taken
/// at its word: the log must still have the entry it ended with, which the chain sums up everything
/// before in, and the tree must still have its root.
final class CheckpointMaking {

    /// Entries that one checkpoint covers at most.
    static final int BATCH = 1_000;

    private final CheckpointKey key;
    private final Clock clock;

    /// What held when it was looked at last: the log is looked at every second and grows less
    /// often.
    private volatile @Nullable Verified verified;

    CheckpointMaking(CheckpointKey key, Clock clock) {
        this.key = key;
        this.clock = clock;
    }

    /// A note that holds under a key.
    private record Verified(String note, LogKey key) {}

    Step make(Connection connection) throws SQLException {
        CheckpointRows rows = new CheckpointRows(connection);
        if (!rows.lock()) {
            return new Step.Nothing();
        }
        Newest newest = rows.newest();
        SignedCheckpoint before = newest.signed();
        if (before != null && !isOurs(before)) {
            return refused(
                    newest.size(),
                    "its checkpoint was signed with another key than this server's: give all"
                            + " servers the same file 'checkpoint-key'");
        }
        // From the entry that the newest checkpoint ended with.
        List<Leaf> leaves = rows.leaves(Math.max(newest.size() - 1, 0), BATCH + 1);
        long next = Math.max(newest.size(), 1);
        for (Leaf leaf : leaves) {
            if (leaf.sequence() != next++) {
                return refused(next - 1, "it is missing");
            }
        }
        if (newest.size() > 0) {
            if (leaves.isEmpty()) {
                return refused(newest.size(), "it is missing: the log's end was cut off");
            }
            if (!leaves.removeFirst().chainHash().equals(newest.chainHash())) {
                return refused(
                        newest.size(), "it or one before it is not the entry that was signed");
            }
        }
        if (leaves.isEmpty()) {
            return new Step.Nothing();
        }
        return sign(rows, newest, leaves);
    }

    /// Signs what is not signed yet, entries of the open transaction included.
    ///
    /// @throws AuditUnavailable if the log is not the one that was signed before
    SignedCheckpoint seal(Connection connection) throws SQLException {
        // Whoever appends holds the log first and then waits for the checkpoint that is being made;
        // who makes one never waits for the log.
        AuditAppender.lockHead(connection);
        CheckpointRows rows = new CheckpointRows(connection);
        rows.awaitLock();
        Step step = make(connection);
        while (step instanceof Step.Made made && made.more()) {
            step = make(connection);
        }
        if (step instanceof Step.Refused refused) {
            throw new AuditUnavailable(
                    new IllegalStateException(
                            "entry " + refused.sequence() + ": " + refused.why()));
        }
        return rows.newestSigned()
                .orElseThrow(() -> new IllegalStateException("an empty log was sealed"));
    }

    private boolean isOurs(SignedCheckpoint signed) {
        Verified now = new Verified(signed.note(), key.open());
        if (!now.equals(verified)) {
            if (!signed.signedBy(now.key())) {
                return false;
            }
            verified = now;
        }
        return true;
    }

    private Step sign(CheckpointRows rows, Newest newest, List<Leaf> leaves) throws SQLException {
        MerkleFrontier tree = MerkleFrontier.of(newest.size(), rows::hash);
        if (!tree.root().equals(newest.root())) {
            return refused(newest.size(), "the tree up to it is not the one that was signed");
        }
        List<Leaf> covered = leaves.subList(0, Math.min(leaves.size(), BATCH));
        List<MerkleFrontier.Node> completed = new ArrayList<>();
        covered.forEach(leaf -> completed.addAll(tree.add(leaf.leafHash())));
        Digest chainHash = covered.getLast().chainHash();
        SignedCheckpoint signed =
                SignedCheckpoint.sign(
                        new Checkpoint(key.open().name(), tree.size(), tree.root()),
                        key,
                        clock.instant());
        rows.insert(completed);
        rows.insert(signed, chainHash, Moments.stored(clock.instant()));
        return new Step.Made(signed, covered.size() == BATCH);
    }

    private static Step refused(long sequence, String why) {
        return new Step.Refused(sequence, why);
    }
}
