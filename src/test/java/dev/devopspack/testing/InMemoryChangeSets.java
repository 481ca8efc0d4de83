package dev.devopspack.testing;

import dev.devopspack.change.ChangeSet;
import dev.devopspack.change.ChangeSetId;
import dev.devopspack.change.ChangeSetStore;
import dev.devopspack.task.StackName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Change sets in memory, with what was released in order.
public final class InMemoryChangeSets implements ChangeSetStore {

    private final Map<ChangeSetId, ChangeSet> rows = new LinkedHashMap<>();
    private final List<ChangeSetId> released = new ArrayList<>();
    private final List<ChangeSetId> reads = new ArrayList<>();

    @Override
    public synchronized ChangeSet store(ChangeSet changeSet) {
        rows.putIfAbsent(changeSet.id(), changeSet);
        return rows.get(changeSet.id());
    }

    @Override
    public synchronized Optional<ChangeSet> find(ChangeSetId id) {
        reads.add(id);
        return Optional.ofNullable(rows.get(id));
    }

    @Override
    public List<Summary> newest(int limit) {
        throw new UnsupportedOperationException("not listed here");
    }

    @Override
    public List<Summary> ofStack(StackName stack, int limit) {
        throw new UnsupportedOperationException("not listed here");
    }

    @Override
    public synchronized Optional<ChangeSetId> lastReleased(StackName stack) {
        return released.reversed().stream()
                .filter(id -> rows.get(id).target().stack().equals(stack))
                .findFirst();
    }

    @Override
    public synchronized void markReleased(ChangeSetId id, Instant at) {
        released.add(id);
    }

    @Override
    public synchronized void markFailed(ChangeSetId id) {
        released.remove(id);
    }

    /// Which ones were looked for, in order.
    public synchronized List<ChangeSetId> reads() {
        return List.copyOf(reads);
    }
}
