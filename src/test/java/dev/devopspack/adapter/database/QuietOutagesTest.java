package dev.devopspack.adapter.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class QuietOutagesTest {

    private static final String QUEUE = "com.github.kagkarlsson.scheduler.RunUntilShutdown";

    private static final RuntimeException OUTAGE =
            new IllegalStateException(new SQLException("connection refused", "08001"));

    @Test
    void onlyWhatALibrarySaysOfAnOutageIsLeftOut() {
        assertEquals(
                List.of(false, false, true, true, true),
                List.of(
                        logged(QUEUE, OUTAGE),
                        logged("com.arjuna.ats.jta", OUTAGE),
                        logged(QUEUE, new IllegalStateException("a mistake of the program")),
                        logged(QUEUE, null),
                        logged("dev.devopspack.web.Pages", OUTAGE)));
    }

    /// A filter that no handler names filters nothing.
    @Test
    void theConsoleAndAFileUseIt() throws IOException {
        List<String> settings =
                Files.readAllLines(Path.of("src/main/resources/application.properties"));

        assertEquals(
                List.of("quarkus.log.console.filter=outages", "quarkus.log.file.filter=outages"),
                settings.stream().filter(line -> line.endsWith("=outages")).toList());
    }

    private static boolean logged(String logger, @Nullable Throwable thrown) {
        LogRecord line = new LogRecord(Level.SEVERE, "Unhandled exception. Will keep running.");
        line.setLoggerName(logger);
        line.setThrown(thrown);
        return new QuietOutages().isLoggable(line);
    }
}
