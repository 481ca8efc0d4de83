package dev.devopspack.audit;

import dev.devopspack.change.Digest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Checks a stretch of the log, entry by entry, and names the first one that is wrong.
///
/// Pure: it believes nothing but the bytes it is given and, for a stretch from the middle, the
/// chain hash before it.
public final class AuditVerifier {

    private long sequence;
    private Digest chainHash;
    private @Nullable Result broken;

    /// What the last entry's text says; nothing before the first one.
    private @Nullable AuditLeaf leaf;

    private AuditVerifier(long sequence, Digest chainHash) {
        this.sequence = sequence;
        this.chainHash = chainHash;
    }

    public static AuditVerifier fromTheBeginning() {
        return new AuditVerifier(0, AuditHash.BEGINNING);
    }

    /// @param sequence the entry before the first one to come
    /// @param chainHash its chain hash, from a source that is trusted
    public static AuditVerifier after(long sequence, Digest chainHash) {
        return new AuditVerifier(sequence, chainHash);
    }

    public sealed interface Result {

        /// @param sequence the last entry; 0 for an empty log
        /// @param chainHash its chain hash: what the whole stretch is summed up in
        record Intact(long sequence, Digest chainHash) implements Result {}

        /// @param sequence the first entry that is wrong or missing
        record Broken(long sequence, String why) implements Result {}
    }

    /// Checks the next entry as an export holds it. After a broken one nothing more is checked.
    public AuditVerifier add(ExportedEntry entry) {
        if (broken == null) {
            fault(entry)
                    .ifPresentOrElse(
                            why -> broken = new Result.Broken(sequence + 1, why),
                            () -> {
                                sequence = entry.sequence();
                                chainHash = entry.chainHash();
                            });
        }
        return this;
    }

    /// Checks the next entry as the log itself holds it: also that what is searched and shown is
    /// what was hashed.
    public AuditVerifier add(StoredEntry stored) {
        add(stored.exported());
        if (broken == null) {
            difference(Objects.requireNonNull(leaf), stored)
                    .ifPresent(why -> broken = new Result.Broken(stored.sequence(), why));
        }
        return this;
    }

    public Result result() {
        return broken != null ? broken : new Result.Intact(sequence, chainHash);
    }

    /// As {@link #result()}, and the stretch must end where it is said to end: nothing was cut off.
    public Result result(long expectedSequence, Digest expectedChainHash) {
        if (broken != null) {
            return broken;
        }
        if (sequence < expectedSequence) {
            return new Result.Broken(sequence + 1, "the log ends before it; its end was cut off");
        }
        if (sequence > expectedSequence || !chainHash.equals(expectedChainHash)) {
            return new Result.Broken(sequence, "it is not the entry that the log should end with");
        }
        return new Result.Intact(sequence, chainHash);
    }

    private Optional<String> fault(ExportedEntry entry) {
        if (entry.sequence() != sequence + 1) {
            return Optional.of("it is missing; entry " + entry.sequence() + " stands in its place");
        }
        if (!AuditHash.leaf(entry.leaf()).equals(entry.leafHash())) {
            return Optional.of("its text is not the one that was hashed");
        }
        if (!AuditHash.chain(chainHash, entry.sequence(), entry.leafHash())
                .equals(entry.chainHash())) {
            return Optional.of("its chain hash does not follow from the entry before it");
        }
        AuditLeaf read = AuditLeaf.parse(entry.leaf()).orElse(null);
        leaf = read;
        if (read == null) {
            return Optional.of("its text is no leaf of format " + AuditLeaf.FORMAT);
        }
        return read.sequence() == entry.sequence()
                ? Optional.empty()
                : Optional.of("its text belongs to entry " + read.sequence());
    }

    private static Optional<String> difference(AuditLeaf leaf, StoredEntry stored) {
        AuditEntry entry = stored.entry();
        if (!leaf.at().equals(stored.at())
                || !leaf.kind().equals(entry.kind())
                || !leaf.actor().equals(entry.actor())
                || !leaf.facts().equals(entry.facts())) {
            return Optional.of("its searchable fields are not those that were hashed");
        }
        for (Map.Entry<String, String> field : entry.personal().entrySet()) {
            String salt = stored.salts().getOrDefault(field.getKey(), "");
            String commitment =
                    AuditHash.commitment(
                            HexFormat.of().parseHex(salt.isEmpty() ? "00" : salt),
                            field.getKey(),
                            field.getValue());
            if (!commitment.equals(leaf.commitments().get(field.getKey()))) {
                return Optional.of(
                        "its personal field " + field.getKey() + " is not the one committed to");
            }
        }
        return Optional.empty();
    }
}
