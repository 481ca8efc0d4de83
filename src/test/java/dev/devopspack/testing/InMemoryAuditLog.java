package dev.devopspack.testing;

import dev.devopspack.audit.AuditEntry;
import dev.devopspack.audit.AuditHash;
import dev.devopspack.audit.AuditLeaf;
import dev.devopspack.audit.AuditLog;
import dev.devopspack.audit.AuditQuery;
import dev.devopspack.audit.StoredEntry;
import dev.devopspack.change.Digest;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// An append-only log in memory with the real leaves and chain; it commits to no personal fields.
public final class InMemoryAuditLog implements AuditLog {

    private final List<StoredEntry> entries = new ArrayList<>();
    private final Clock clock;
    private Runnable others = () -> {};

    public InMemoryAuditLog(Clock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized long append(AuditEntry entry) {
        long sequence = entries.size() + 1L;
        String leaf =
                new AuditLeaf(
                                sequence,
                                clock.instant(),
                                entry.kind(),
                                entry.actor(),
                                entry.facts(),
                                Map.of())
                        .text();
        Digest leafHash = AuditHash.leaf(leaf);
        Digest previous =
                entries.isEmpty() ? Digest.ofHash(new byte[32]) : entries.getLast().chainHash();
        entries.add(
                new StoredEntry(
                        sequence,
                        clock.instant(),
                        entry,
                        leaf,
                        leafHash,
                        AuditHash.chain(previous, sequence, leafHash),
                        Map.of()));
        return sequence;
    }

    /// At once, and each alone.
    @Override
    public void note(AuditEntry entry) {
        Map<String, String> facts = new TreeMap<>(entry.facts());
        facts.put("times", "1");
        facts.put("since", clock.instant().toString());
        append(AuditEntry.of(entry.kind(), entry.actor(), facts));
    }

    /// What others do between the moment at which somebody asks to hold the log and the one at
    /// which he holds it, once.
    public void beforeHeld(Runnable what) {
        others = what;
    }

    @Override
    public void hold() {
        Runnable once = others;
        others = () -> {};
        once.run();
    }

    /// What somebody who can write past the log makes of it.
    public synchronized void replace(List<StoredEntry> others) {
        entries.clear();
        entries.addAll(others);
    }

    public synchronized List<String> kinds() {
        return entries.stream().map(stored -> stored.entry().kind()).toList();
    }

    @Override
    public synchronized List<StoredEntry> read(long after, int limit) {
        return entries.stream().filter(e -> e.sequence() > after).limit(limit).toList();
    }

    @Override
    public List<StoredEntry> search(AuditQuery query) {
        throw new UnsupportedOperationException("this log is not searched");
    }

    @Override
    public synchronized Optional<StoredEntry> find(long sequence) {
        return entries.stream().filter(e -> e.sequence() == sequence).findFirst();
    }

    @Override
    public synchronized Optional<StoredEntry> head() {
        return entries.isEmpty() ? Optional.empty() : Optional.of(entries.getLast());
    }

    @Override
    public long erasePersonal(long sequence) {
        throw new IllegalStateException("nothing is erased in these tests");
    }

    @Override
    public long erasePersonalOf(String actor) {
        throw new IllegalStateException("nothing is erased in these tests");
    }

    @Override
    public long erasePersonalBefore(Instant before) {
        throw new IllegalStateException("nothing is erased in these tests");
    }
}
