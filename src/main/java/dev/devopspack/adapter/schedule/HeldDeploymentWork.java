package dev.devopspack.adapter.schedule;

import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.devopspack.approval.enforcement.github.ProtectionRules;
import jakarta.enterprise.inject.Instance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import org.jboss.logging.Logger;

/// When a deployment that GitHub holds is looked at.
final class HeldDeploymentWork {

    private static final Logger LOG = Logger.getLogger(HeldDeploymentWork.class);

    /// How long after the last decision a deployment goes on.
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

    /// GitHub is away for minutes, not for days; nobody waits longer than that once it is back.
    private static final Duration FIRST_RETRY = Duration.ofSeconds(5);

    private static final Duration LONGEST_RETRY = Duration.ofMinutes(5);

    private HeldDeploymentWork() {}

    static CustomTask<Void> task(Instance<ProtectionRules> rules, Clock clock) {
        FailureHandler<Void> later =
                (complete, operations) -> {
                    int failures = complete.getExecution().consecutiveFailures;
                    Duration wait = FIRST_RETRY.multipliedBy(1L << Math.min(failures, 10));
                    operations.reschedule(
                            complete,
                            clock.instant()
                                    .plus(
                                            wait.compareTo(LONGEST_RETRY) > 0
                                                    ? LONGEST_RETRY
                                                    : wait));
                };
        return Tasks.custom("answer-github", Void.class)
                .onFailure(later)
                .onDeadExecutionRevive()
                .execute((instance, _) -> {
                    boolean done = work(rules.get(), instance.getId());
                    return (complete, operations) -> {
                        if (done) {
                            operations.remove();
                        } else {
                            operations.reschedule(complete, clock.instant().plus(LOOK_AGAIN));
                        }
                    };
                });
    }

    private static boolean work(ProtectionRules rules, String delivery) {
        try {
            return rules.work(delivery);
        } catch (IOException e) {
            LOG.warnf("GitHub cannot be told now: delivery=%s why=%s", delivery, e);
            throw new UncheckedIOException(e);
        }
    }
}
