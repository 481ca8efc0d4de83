package dev.devopspack.adapter.schedule;

import com.github.kagkarlsson.scheduler.event.AbstractSchedulerListener;
import com.github.kagkarlsson.scheduler.event.SchedulerListener;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/// Says once that a queue is not worked on, and once that it is again. Why it is not stands in the
/// log beside it: an outage of the database is said by readiness, everything else with its stack
/// trace.
final class QueueState extends AbstractSchedulerListener {

    private static final Logger LOG = Logger.getLogger(QueueState.class);

    private final String queue;
    private final AtomicBoolean stands = new AtomicBoolean();

    /// @param queue what waits in it, in the plural
    QueueState(String queue) {
        this.queue = queue;
    }

    @Override
    public void onSchedulerEvent(SchedulerListener.SchedulerEventType type) {
        switch (type) {
            case UNEXPECTED_ERROR -> {
                if (stands.compareAndSet(false, true)) {
                    LOG.errorf(
                            "%s wait: the database did not answer, or their queue failed; it is"
                                    + " tried again until it works",
                            queue);
                }
            }
            case RAN_EXECUTE_DUE -> {
                if (stands.compareAndSet(true, false)) {
                    LOG.infof("%s go on: their queue works again", queue);
                }
            }
            default -> {
                // Single pieces of work: their own failure handlers know what to do.
            }
        }
    }
}
