package dev.devopspack.policy;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A value that is made when it is first asked for, once.
final class Memo<T> {

    private final Supplier<T> maker;
    private volatile @Nullable T value;

    Memo(Supplier<T> maker) {
        this.maker = maker;
    }

    T get() {
        T made = value;
        if (made == null) {
            synchronized (this) {
                made = value;
                if (made == null) {
                    made = maker.get();
                    value = made;
                }
            }
        }
        return made;
    }
}
