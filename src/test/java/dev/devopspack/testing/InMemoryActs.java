package dev.devopspack.testing;

import dev.devopspack.approval.act.ActStore;
import dev.devopspack.approval.act.SignedAct;
import dev.devopspack.approval.pause.Pause;
import dev.devopspack.approval.pause.PauseStore;
import dev.devopspack.change.Digest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The stores of signed acts and of what they began in memory, each method one step.
public final class InMemoryActs implements ActStore {

    public final PauseStore pauses = new Pauses();

    private final Map<Digest, SignedAct> rows = new LinkedHashMap<>();

    @Override
    public synchronized void insert(SignedAct act) {
        if (rows.putIfAbsent(act.id(), act) != null) {
            throw new IllegalStateException("there is such an act already");
        }
    }

    @Override
    public synchronized Optional<SignedAct> find(Digest id) {
        return Optional.ofNullable(rows.get(id));
    }

    private static final class Pauses implements PauseStore {

        private final Map<String, Pause> rows = new LinkedHashMap<>();

        @Override
        public synchronized boolean insert(Pause pause) {
            if (active().stream().anyMatch(other -> other.scope().equals(pause.scope()))) {
                return false;
            }
            rows.put(pause.id(), pause);
            return true;
        }

        @Override
        public synchronized boolean lift(String id, Pause.Lifted lifted) {
            Pause pause = rows.get(id);
            if (pause == null || !pause.active()) {
                return false;
            }
            rows.put(
                    id,
                    new Pause(
                            id,
                            pause.scope(),
                            pause.reason(),
                            pause.by(),
                            pause.since(),
                            pause.act(),
                            lifted));
            return true;
        }

        @Override
        public synchronized Optional<Pause> find(String id) {
            return Optional.ofNullable(rows.get(id));
        }

        @Override
        public synchronized List<Pause> active() {
            return rows.values().stream()
                    .filter(Pause::active)
                    .sorted(
                            Comparator.comparing((Pause pause) -> pause.scope().kind())
                                    .thenComparing(Pause::since)
                                    .thenComparing(Pause::id))
                    .toList();
        }

        @Override
        public synchronized List<Pause> newest(int limit) {
            return new ArrayList<>(rows.values()).reversed().stream().limit(limit).toList();
        }
    }
}
