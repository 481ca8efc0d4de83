package dev.devopspack.adapter.database;

import dev.devopspack.change.Transactions;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;

/// Transactions of PostgreSQL.
@ApplicationScoped
class StoredTransactions implements Transactions {

    @Override
    public <T> T inOne(Supplier<T> work) {
        return QuarkusTransaction.joiningExisting().call(work::get);
    }
}
