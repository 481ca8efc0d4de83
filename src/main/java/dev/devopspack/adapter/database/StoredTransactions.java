package dev.devopspack.adapter.database;

import dev.devopspack.change.Outages;
import dev.devopspack.change.StoreUnavailable;
import dev.devopspack.change.Transactions;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.function.Supplier;

/// Transactions of PostgreSQL.
@ApplicationScoped
class StoredTransactions implements Transactions {

    private final Outages outages;

    StoredTransactions(Outages outages) {
        this.outages = outages;
    }

    @Override
    public <T> T inOne(Supplier<T> work) {
        try {
            return QuarkusTransaction.joiningExisting().call(work::get);
        } catch (RuntimeException failure) {
            Optional<StoreUnavailable> outage = outages.of(failure);
            throw outage.isPresent() ? outage.get() : failure;
        }
    }
}
