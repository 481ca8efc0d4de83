package dev.devopspack.adapter.schedule;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.devopspack.manager.notice.NoticeDesk;
import dev.devopspack.manager.notice.NoticeQueue;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// The queue of messages to hooks, and the clock of requests that end.
@ApplicationScoped
class DurableNotices implements NoticeQueue {

    /// Sending is waiting for others: one that hangs for its whole time must not stop the rest.
    private static final int THREADS = 4;

    /// Nobody waits for a message to the second.
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    private static final int MISSED_HEARTBEATS = 4;

    /// The database was away, or the process is stopping.
    private static final Duration TRY_AGAIN = Duration.ofSeconds(10);

    /// As long as one attempt may take; one that is cut off is made again.
    private static final Duration SHUTDOWN = Duration.ofSeconds(5);

    private static final Duration WATCH_EVERY = Duration.ofSeconds(30);
    private static final Duration TIDY_EVERY = Duration.ofHours(12);

    private final CustomTask<Void> send;
    private final Scheduler scheduler;

    DurableNotices(
            DataSource database,
            Instance<NoticeDesk> desk,
            @ConfigProperty(name = "devopspack.remind-before", defaultValue = "2H")
                    Duration remindBefore) {
        this.send =
                Tasks.custom("send-notice", Void.class)
                        .onFailure(new FailureHandler.OnFailureRetryLater<>(TRY_AGAIN))
                        .onDeadExecutionRevive()
                        .execute((instance, _) ->
                                next(desk.get().deliver(Long.parseLong(instance.getId()))));
        this.scheduler =
                Scheduler.create(database, send)
                        .tableName("scheduled_notices")
                        .startTasks(
                                every("collect-notices", LOOK_EVERY, () -> desk.get().collect()),
                                every(
                                        "watch-deadlines",
                                        WATCH_EVERY,
                                        () -> desk.get().watchDeadlines(remindBefore)),
                                every("forget-notices", TIDY_EVERY, () -> desk.get().forgetOld()))
                        .addSchedulerListener(new QueueState("messages to hooks"))
                        .threads(THREADS)
                        .pollingInterval(LOOK_EVERY)
                        .heartbeatInterval(HEARTBEAT)
                        .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                        .shutdownMaxWait(SHUTDOWN)
                        .build();
    }

    private static RecurringTask<Void> every(String name, Duration pause, Runnable work) {
        return Tasks.recurring(name, FixedDelay.of(pause)).execute((_, _) -> work.run());
    }

    private static CompletionHandler<Void> next(Optional<Instant> again) {
        return (complete, operations) ->
                again.ifPresentOrElse(
                        at -> operations.reschedule(complete, at), operations::remove);
    }

    /// Last of all that starts: a mistake in the configuration must end the start before any work
    /// has begun, which would go on with a database that is being closed.
    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_AFTER) StartupEvent started) {
        scheduler.start();
    }

    void stop(@Observes ShutdownEvent stopped) {
        scheduler.stop();
    }

    @Override
    public void add(long delivery, Instant at) {
        scheduler.schedule(send.instance(String.valueOf(delivery)), at);
    }
}
