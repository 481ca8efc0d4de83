package dev.devopspack.adapter.schedule;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.devopspack.approval.enforcement.github.HeldDeploymentQueue;
import dev.devopspack.approval.enforcement.github.ProtectionRules;
import dev.devopspack.approval.enforcement.kubernetes.AdmissionStore;
import dev.devopspack.manager.Manager;
import dev.devopspack.manager.run.RunId;
import dev.devopspack.manager.run.RunQueue;
import dev.devopspack.manager.run.RunStore;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.interceptor.Interceptor;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;

/// The queue of runs and of deployments that GitHub holds.
@ApplicationScoped
class DurableRuns implements RunQueue, HeldDeploymentQueue {

    /// Judging takes most of a core; more at once only makes each slower.
    private static final int THREADS = 2;

    /// How soon a replica sees what another one queued.
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /// A process that did not say for four beats that it lives is dead: a pause of its virtual
    /// machine is shorter, and nobody waits longer than that for a killed server's work. Two that
    /// work on the same step do no harm: only one of them can end it.
    private static final Duration HEARTBEAT = Duration.ofSeconds(3);

    private static final int MISSED_HEARTBEATS = 4;

    /// The database was away, or the process is stopping.
    private static final Duration TRY_AGAIN = Duration.ofSeconds(5);

    /// What is running may end its step before the process stops; what does not is done again.
    private static final Duration SHUTDOWN = Duration.ofSeconds(5);

    /// The audit log remembers; a run's progress is for the days in which somebody asks.
    private static final Duration KEPT = Duration.ofDays(30);

    /// An API server asks the same again within seconds.
    private static final Duration ANSWERS_KEPT = Duration.ofDays(1);

    private static final Duration TIDY_EVERY = Duration.ofHours(12);

    private final OneTimeTask<Void> work;
    private final CustomTask<Void> held;
    private final Scheduler scheduler;
    private final Clock clock;

    DurableRuns(
            DataSource database,
            Instance<Manager> manager,
            RunStore runs,
            AdmissionStore admissions,
            Instance<ProtectionRules> rules,
            Clock clock) {
        this.clock = clock;
        this.work =
                Tasks.oneTime("run")
                        .onFailure(new FailureHandler.OnFailureRetryLater<>(TRY_AGAIN))
                        .onDeadExecutionRevive()
                        .execute((instance, _) -> manager.get().work(new RunId(instance.getId())));
        this.held = HeldDeploymentWork.task(rules, clock);
        RecurringTask<Void> tidy =
                Tasks.recurring("forget-runs", FixedDelay.of(TIDY_EVERY))
                        .execute((_, _) -> {
                            runs.forgetBefore(clock.instant().minus(KEPT));
                            admissions.forgetBefore(clock.instant().minus(ANSWERS_KEPT));
                        });
        this.scheduler =
                Scheduler.create(database, work, held)
                        .startTasks(tidy)
                        .addSchedulerListener(new QueueState("runs and held deployments"))
                        .threads(THREADS)
                        .pollingInterval(LOOK_EVERY)
                        .heartbeatInterval(HEARTBEAT)
                        .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                        .shutdownMaxWait(SHUTDOWN)
                        .build();
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
    public void add(RunId id) {
        scheduler.schedule(work.instance(id.value()), clock.instant());
    }

    @Override
    public void add(String delivery) {
        scheduler.schedule(held.instance(delivery), clock.instant());
    }

    @Override
    public void hurry() {
        scheduler.triggerCheckForDueExecutions();
    }
}
