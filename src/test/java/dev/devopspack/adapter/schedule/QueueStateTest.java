package dev.devopspack.adapter.schedule;

import static com.github.kagkarlsson.scheduler.event.SchedulerListener.SchedulerEventType.RAN_EXECUTE_DUE;
import static com.github.kagkarlsson.scheduler.event.SchedulerListener.SchedulerEventType.RAN_UPDATE_HEARTBEATS;
import static com.github.kagkarlsson.scheduler.event.SchedulerListener.SchedulerEventType.UNEXPECTED_ERROR;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.github.kagkarlsson.scheduler.event.SchedulerListener.SchedulerEventType;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class QueueStateTest {

    @Test
    void anOutageOfManyAttemptsIsTwoLines() {
        assertEquals(
                List.of(
                        "SEVERE runs wait: the database did not answer, or their queue failed; it is"
                                + " tried again until it works",
                        "INFO runs go on: their queue works again"),
                said(
                        RAN_EXECUTE_DUE,
                        UNEXPECTED_ERROR,
                        UNEXPECTED_ERROR,
                        RAN_UPDATE_HEARTBEATS,
                        UNEXPECTED_ERROR,
                        RAN_EXECUTE_DUE,
                        RAN_EXECUTE_DUE));
    }

    private static List<String> said(SchedulerEventType... events) {
        List<String> lines = new ArrayList<>();
        Handler handler =
                new Handler() {
                    @Override
                    public void publish(LogRecord line) {
                        lines.add(
                                (line.getLevel().intValue() >= 1000 ? "SEVERE " : "INFO ")
                                        + String.format(line.getMessage(), line.getParameters()));
                    }

                    @Override
                    public void flush() {}

                    @Override
                    public void close() {}
                };
        Logger logger = Logger.getLogger(QueueState.class.getName());
        logger.addHandler(handler);
        try {
            QueueState state = new QueueState("runs");
            for (SchedulerEventType event : events) {
                state.onSchedulerEvent(event);
            }
        } finally {
            logger.removeHandler(handler);
        }
        return lines;
    }
}
