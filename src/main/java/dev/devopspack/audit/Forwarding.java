package dev.devopspack.audit;

import java.util.List;
import java.util.function.Predicate;

/// How far the log was sent on to another system, remembered for all servers that share the log.
public interface Forwarding {

    /// Hands over the next entries that were not sent yet, from the first one on; none while
    /// another server sends. What was handed over is handed over again where `sent` did not say so:
    /// the other system gets an entry at least once.
    ///
    /// @param limit how many at most
    /// @param sent whether they arrived
    /// @return how many arrived
    int forward(int limit, Predicate<List<StoredEntry>> sent);
}
