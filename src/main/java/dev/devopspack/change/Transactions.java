package dev.devopspack.change;

import java.util.function.Supplier;

/// Runs work in one transaction of the store: all of it is kept, or nothing.
public interface Transactions {

    /// Joins the transaction that is running, or begins one and commits it at the end.
    ///
    /// An exception rolls back. A refusal is a returned value and is therefore kept with what was
    /// recorded about it.
    <T> T inOne(Supplier<T> work);

    /// {@link #inOne} for work without an answer.
    default void allOrNothing(Runnable work) {
        inOne(() -> {
            work.run();
            return true;
        });
    }
}
