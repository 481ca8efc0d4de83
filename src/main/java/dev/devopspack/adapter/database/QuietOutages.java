package dev.devopspack.adapter.database;

import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/// Keeps a library that asks the database every second from writing a stack trace every second
/// while it is away. That work waits is said in one line by who started the library; what is no
/// outage is logged as it comes.
@LoggingFilter(name = "outages")
public final class QuietOutages implements Filter {

    /// The library of the queues.
    private static final String QUEUES = "com.github.kagkarlsson.scheduler.";

    private final StoredOutages outages = new StoredOutages();

    @Override
    public boolean isLoggable(LogRecord line) {
        Throwable thrown = line.getThrown();
        String logger = line.getLoggerName();
        return thrown == null
                || logger == null
                || !logger.startsWith(QUEUES)
                || outages.of(thrown).isEmpty();
    }
}
