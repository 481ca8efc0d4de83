package dev.devopspack.identity;

import dev.devopspack.change.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;

/// What every change of people, passkeys and tokens goes through: it is kept and journalled in one
/// transaction, with times and secrets from here.
public record Bookkeeping(
        Journal journal, Transactions transactions, Secrets secrets, Clock clock) {

    public Instant now() {
        return clock.instant();
    }

    /// A new one that nobody can guess.
    public String secret() {
        return secrets.secret();
    }

    /// All of the work is kept, or nothing.
    public <T> T inOne(Supplier<T> work) {
        return transactions.inOne(work);
    }

    /// @param kind for example `person.enrolled`
    /// @param personal fields about a person, kept apart so that they can be erased
    public void record(
            String kind, String actor, Map<String, String> facts, Map<String, String> personal) {
        journal.record(kind, actor, facts, personal);
    }
}
