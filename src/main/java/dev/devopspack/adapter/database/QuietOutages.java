package dev.devopspack.adapter.database;

import io.quarkus.logging.LoggingFilter;
import java.util.List;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/// Keeps libraries that ask the database every second from writing a stack trace every second while
/// it is away. That work waits is said in one line by who asks; what is no outage is logged as it
/// comes.
@LoggingFilter(name = "outages")
public final class QuietOutages implements Filter {

    /// The queues, and what undoes transactions.
    private static final List<String> LIBRARIES =
            List.of("com.github.kagkarlsson.scheduler.", "com.arjuna.ats.");

    private final StoredOutages outages = new StoredOutages();

    @Override
    public boolean isLoggable(LogRecord line) {
        Throwable thrown = line.getThrown();
        String logger = line.getLoggerName();
        return thrown == null
                || logger == null
                || LIBRARIES.stream().noneMatch(logger::startsWith)
                || outages.of(thrown).isEmpty();
    }
}
