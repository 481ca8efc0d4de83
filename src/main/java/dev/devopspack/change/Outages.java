package dev.devopspack.change;

import java.util.Optional;

/// Tells an outage of the store from a mistake of the program.
@FunctionalInterface
public interface Outages {

    /// @return what is out of order; nothing where the failure is another one
    Optional<StoreUnavailable> of(Throwable failure);
}
