package dev.devopspack.audit;

import dev.devopspack.change.Digest;
import dev.devopspack.task.InvalidInput;
import java.util.Base64;

/// What a log adds up to at one length: whoever keeps a checkpoint can tell later whether the log
/// still begins with what it was then. A C2SP `tlog-checkpoint` without extension lines.
///
/// @param origin the log's name, the same in all its checkpoints
/// @param size how many entries, which is also the last one's sequence number
/// @param root of the Merkle tree over those entries
public record Checkpoint(String origin, long size, Digest root) {

    /// Leaves hold their sequence number as a JSON number.
    static final long MAX_SIZE = (1L << 53) - 1;

    public Checkpoint {
        LogKey.checkName(origin);
        if (size < 0 || size > MAX_SIZE) {
            throw new InvalidInput(
                    "checkpoint",
                    "its size is not between 0 and " + MAX_SIZE,
                    "Use the checkpoint as the server published it.");
        }
    }

    /// The text that is signed: origin, size and root in base64, each on a line.
    public String text() {
        return origin
                + "\n"
                + size
                + "\n"
                + Base64.getEncoder().encodeToString(root.bytes())
                + "\n";
    }
}
