package dev.devopspack.manager;

import dev.devopspack.audit.AuditHash;
import dev.devopspack.audit.AuditLog;
import dev.devopspack.audit.AuditVerifier;
import dev.devopspack.audit.Checkpoints;
import dev.devopspack.audit.StoredEntry;
import dev.devopspack.change.Digest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Whether the audit log verifies, entry by entry.
///
/// A process reads each entry once: what was verified before is gone on from. What stood under a
/// signed checkpoint when the process began is read beside the calls, so that nobody waits for the
/// log of years after a restart; what came after that checkpoint is always read before the answer.
/// Until the older part is read, the signature stands for it.
@ApplicationScoped
public class LogHealth {

    /// How many entries are read at once: some milliseconds.
    private static final int BATCH = 1_000;

    /// What a caller reads of the older part himself, a third of a second: a log that is not longer
    /// is read to its end before the first answer.
    private static final int READ_BY_A_CALLER = 20_000;

    private final AuditLog log;
    private final LongSupplier signed;
    private final int readByACaller;

    /// From the first entry to the last one under the checkpoint, and from there on. Nothing before
    /// the first time.
    private @Nullable Stretch older;

    private @Nullable Stretch newer;

    @Inject
    LogHealth(AuditLog log, Checkpoints checkpoints) {
        this(log, () -> signed(checkpoints), READ_BY_A_CALLER);
    }

    /// @param signed how many entries stand under the newest checkpoint that this server signed
    LogHealth(AuditLog log, LongSupplier signed, int readByACaller) {
        this.log = log;
        this.signed = signed;
        this.readByACaller = readByACaller;
    }

    private static long signed(Checkpoints checkpoints) {
        return checkpoints
                .newest()
                .filter(newest -> newest.signedBy(checkpoints.key()))
                .map(newest -> newest.checkpoint().size())
                .orElse(0L);
    }

    /// Verifies what came since the last call. A broken entry stays broken until it is mended.
    public boolean verified() {
        return standing().result() instanceof AuditVerifier.Result.Intact;
    }

    /// What is known of the log.
    ///
    /// @param result up to its newest entry
    /// @param waiting how many older entries, under a signed checkpoint, are not read again yet
    public record Standing(AuditVerifier.Result result, long waiting) {}

    /// As {@link #verified}, with what is wrong or how far it goes.
    public synchronized Standing standing() {
        AuditVerifier.Result result =
                older().read(readByACaller)
                        .or(() -> newer().read(Integer.MAX_VALUE))
                        .<AuditVerifier.Result>map(broken -> broken)
                        .orElseGet(() -> newer().reached());
        return new Standing(result, older().waiting());
    }

    /// What became of reading on.
    public sealed interface Read {

        /// @param more whether older entries wait
        record Intact(boolean more) implements Read {}

        /// @param sequence the first entry that is wrong or missing
        record Broken(long sequence, String why) implements Read {}
    }

    /// Reads a few of the older entries, and those that came since: whoever asks next waits for
    /// less.
    public synchronized Read readOn() {
        return older().read(BATCH)
                .or(() -> newer().read(Integer.MAX_VALUE))
                .<Read>map(broken -> new Read.Broken(broken.sequence(), broken.why()))
                .orElseGet(() -> new Read.Intact(!older().ended()));
    }

    private Stretch older() {
        Stretch known = older;
        if (known == null) {
            long size = signed.getAsLong();
            Digest last =
                    size == 0
                            ? AuditHash.BEGINNING
                            : log.find(size).map(StoredEntry::chainHash).orElse(null);
            known = new Stretch(0, AuditHash.BEGINNING, size, last);
            older = known;
            newer = last == null ? null : new Stretch(size, last, Long.MAX_VALUE, null);
        }
        return known;
    }

    private Stretch newer() {
        // Where the entry under the checkpoint is missing, the older stretch is broken for ever.
        return newer == null ? older() : newer;
    }

    /// Consecutive entries, read from the first to the last one.
    private final class Stretch {

        private final long last;
        private final @Nullable Digest lastChainHash;
        private long sequence;
        private Digest chainHash;

        /// The entry that was wrong the last time, until reading has come past it.
        private AuditVerifier.Result.@Nullable Broken found;

        /// @param sequence the entry before its first one
        /// @param chainHash of that entry
        /// @param last its last entry, or more than there will ever be
        /// @param lastChainHash what its last entry must have, where that is known
        Stretch(long sequence, Digest chainHash, long last, @Nullable Digest lastChainHash) {
            this.sequence = sequence;
            this.chainHash = chainHash;
            this.last = last;
            this.lastChainHash = lastChainHash;
        }

        boolean ended() {
            return sequence >= last;
        }

        long waiting() {
            return last - sequence;
        }

        AuditVerifier.Result.Intact reached() {
            return new AuditVerifier.Result.Intact(sequence, chainHash);
        }

        /// @param limit how many entries at most
        Optional<AuditVerifier.Result.Broken> read(int limit) {
            int left = limit;
            while (left > 0 && !ended()) {
                int wanted = (int) Math.min(Math.min(BATCH, left), last - sequence);
                List<StoredEntry> batch = log.read(sequence, wanted);
                if (batch.isEmpty()) {
                    return last == Long.MAX_VALUE
                            ? Optional.ofNullable(found)
                            : broken(
                                    new AuditVerifier.Result.Broken(
                                            sequence + 1,
                                            "it stood under a checkpoint and is missing"));
                }
                AuditVerifier verifier = AuditVerifier.after(sequence, chainHash);
                batch.forEach(verifier::add);
                switch (verifier.result()) {
                    case AuditVerifier.Result.Broken broken -> {
                        return broken(broken);
                    }
                    case AuditVerifier.Result.Intact intact -> {
                        sequence = intact.sequence();
                        chainHash = intact.chainHash();
                        found = found == null || sequence >= found.sequence() ? null : found;
                    }
                }
                left -= batch.size();
            }
            if (ended() && !chainHash.equals(lastChainHash)) {
                return broken(
                        new AuditVerifier.Result.Broken(
                                last, "it is not the one that the entries after it continue"));
            }
            return Optional.ofNullable(found);
        }

        private Optional<AuditVerifier.Result.Broken> broken(AuditVerifier.Result.Broken entry) {
            found = entry;
            return Optional.of(entry);
        }
    }
}
