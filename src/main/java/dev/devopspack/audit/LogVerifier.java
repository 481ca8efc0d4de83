package dev.devopspack.audit;

import dev.devopspack.audit.AuditVerifier.Result;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Checks the whole log: every entry and the chain as {@link AuditVerifier} does, and that it is
/// what checkpoints say that were kept elsewhere. Those see what a chain cannot: an end that was
/// cut off, and a past that was made anew with all its hashes.
///
/// Computes the tree from the entries alone; keeps a few dozen hashes of it.
public final class LogVerifier {

    private final AuditVerifier chain = AuditVerifier.fromTheBeginning();
    private final MerkleFrontier tree = new MerkleFrontier();
    private final Deque<Checkpoint> kept;

    /// The size up to which a kept checkpoint was found to hold.
    private long confirmed;

    private Result.@Nullable Broken broken;

    /// @param kept checkpoints whose signatures were verified, in any order
    public LogVerifier(List<Checkpoint> kept) {
        this.kept =
                new ArrayDeque<>(
                        kept.stream()
                                .filter(checkpoint -> checkpoint.size() > 0)
                                .sorted(Comparator.comparingLong(Checkpoint::size))
                                .toList());
    }

    /// Checks the next entry as an export holds it.
    public void add(ExportedEntry entry) {
        chain.add(entry);
        grow(entry);
    }

    /// Checks the next entry as the log itself holds it.
    public void add(StoredEntry entry) {
        chain.add(entry);
        grow(entry.exported());
    }

    private void grow(ExportedEntry entry) {
        if (broken != null || chain.result() instanceof Result.Broken) {
            return;
        }
        tree.add(entry.leafHash());
        while (!kept.isEmpty() && kept.getFirst().size() == tree.size()) {
            Checkpoint next = kept.removeFirst();
            if (!next.root().equals(tree.root())) {
                broken = forked(next);
                return;
            }
            confirmed = next.size();
        }
    }

    private Result.Broken forked(Checkpoint next) {
        long first = confirmed + 1;
        String which =
                first == next.size() ? "it is not" : "it or one up to " + next.size() + " is not";
        return new Result.Broken(
                first,
                which
                        + " the entry that the checkpoint of "
                        + next.size()
                        + " entries was signed over: the log was forked or rewritten");
    }

    /// What the whole log came to; an empty line of entries is an empty log.
    public Result result() {
        if (chain.result() instanceof Result.Broken inChain) {
            return inChain;
        }
        if (broken != null) {
            return broken;
        }
        if (!kept.isEmpty()) {
            return new Result.Broken(
                    tree.size() + 1,
                    "the log ends before it, but a checkpoint of "
                            + kept.getLast().size()
                            + " entries was signed: its end was cut off");
        }
        return chain.result();
    }
}
