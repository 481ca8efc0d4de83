package dev.devopspack.audit;

import dev.devopspack.change.Transactions;
import dev.devopspack.task.InvalidInput;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/// Erases the clear text of personal fields and remembers that it was done, in one transaction.
///
/// Their commitments stay in the leaves: every proof holds as before, and nobody can tell any more
/// what was committed to.
public final class Erasure {

    private static final int MAX_REASON = 500;

    private final AuditLog log;
    private final Transactions transactions;

    public Erasure(AuditLog log, Transactions transactions) {
        this.log = log;
        this.transactions = transactions;
    }

    /// Those of one entry.
    ///
    /// @param by who erases, as an entry names actors
    /// @return how many fields there were
    public long ofEntry(long sequence, String reason, String by) {
        String why = checked(reason);
        return erased(
                "personal.erased",
                by,
                Map.of("entry", String.valueOf(sequence), "reason", why),
                () -> log.erasePersonal(sequence));
    }

    /// Those of all entries of one actor.
    ///
    /// @param actor for example `person:ID`
    public long ofActor(String actor, String reason, String by) {
        String why = checked(reason);
        return erased(
                "personal.erased",
                by,
                Map.of("of", actor, "reason", why),
                () -> log.erasePersonalOf(actor));
    }

    /// Those of all entries that were appended before; where there are none, nothing is remembered.
    public long before(Instant before) {
        return erased(
                "personal.pruned",
                "system",
                Map.of("before", before.toString()),
                () -> log.erasePersonalBefore(before));
    }

    private long erased(String kind, String by, Map<String, String> facts, LongSupplier erasing) {
        return transactions.inOne(() -> {
            long fields = erasing.getAsLong();
            if (fields > 0) {
                Map<String, String> all = new TreeMap<>(facts);
                all.put("fields", String.valueOf(fields));
                log.append(AuditEntry.of(kind, by, all));
            }
            return fields;
        });
    }

    private static String checked(String reason) {
        String text = reason.strip();
        if (text.isEmpty() || text.length() > MAX_REASON) {
            throw new InvalidInput(
                    "reason",
                    "it is empty or longer than " + MAX_REASON + " characters",
                    "Say in a sentence who asked for it; the sentence stays in the log.");
        }
        return text;
    }
}
