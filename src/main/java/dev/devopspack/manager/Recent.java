package dev.devopspack.manager;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/// What was asked for last, until all of it together is too much.
final class Recent<K, V> {

    private final long most;
    private final ToLongFunction<V> size;

    /// The one that was asked for last at the end; guarded by this object.
    private final Map<K, V> kept = new LinkedHashMap<>(16, 0.75f, true);

    private long total;

    /// @param most how large all together may be
    Recent(long most, ToLongFunction<V> size) {
        this.most = most;
        this.size = size;
    }

    synchronized Optional<V> find(K key) {
        return Optional.ofNullable(kept.get(key));
    }

    /// Keeps it instead of what was kept by this key. What is too large alone is not kept.
    synchronized void keep(K key, V value) {
        V before = kept.remove(key);
        total -= before == null ? 0 : size.applyAsLong(before);
        long added = size.applyAsLong(value);
        if (added > most) {
            return;
        }
        kept.put(key, value);
        total += added;
        Iterator<V> oldest = kept.values().iterator();
        while (total > most) {
            total -= size.applyAsLong(oldest.next());
            oldest.remove();
        }
    }
}
