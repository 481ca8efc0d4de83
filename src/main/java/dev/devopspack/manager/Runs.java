package dev.devopspack.manager;

import dev.devopspack.audit.AuditEntry;
import dev.devopspack.audit.AuditLog;
import dev.devopspack.change.Transactions;
import dev.devopspack.identity.Principal;
import dev.devopspack.identity.Role;
import dev.devopspack.identity.Secrets;
import dev.devopspack.identity.Standing;
import dev.devopspack.manager.run.Run;
import dev.devopspack.manager.run.RunId;
import dev.devopspack.manager.run.RunQueue;
import dev.devopspack.manager.run.RunStep;
import dev.devopspack.manager.run.RunStore;
import dev.devopspack.manager.run.StepResult;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.task.TaskType;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;

/// Starts runs, waits for them and notes how each of their steps ends.
@ApplicationScoped
class Runs {

    private static final Logger LOG = Logger.getLogger(Runs.class);

    /// Most clients give up on a call after a minute.
    static final Duration PATIENCE = Duration.ofSeconds(50);

    /// Judging takes seconds: a look at one row now and then costs nothing beside it.
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    /// A step that ends the process each time must not be begun for ever.
    private static final int MAX_ATTEMPTS = 5;

    private final RunStore store;
    private final RunQueue queue;
    private final AuditLog log;
    private final Transactions transactions;
    private final Standing standing;
    private final Refusals refusals;
    private final Secrets secrets;
    private final Clock clock;

    Runs(
            RunStore store,
            RunQueue queue,
            AuditLog log,
            Transactions transactions,
            Standing standing,
            Refusals refusals,
            Secrets secrets,
            Clock clock) {
        this.store = store;
        this.queue = queue;
        this.log = log;
        this.transactions = transactions;
        this.standing = standing;
        this.refusals = refusals;
        this.secrets = secrets;
        this.clock = clock;
    }

    /// Stores and queues a run: from here on it is done, whatever becomes of this process.
    Run start(String document, int tasks, Principal caller, String client) {
        Run run =
                new Run(
                        RunId.of(secrets.id(RunId.RANDOM_LENGTH)),
                        caller,
                        client,
                        document,
                        clock.instant(),
                        IntStream.range(0, tasks).mapToObj(RunStep::waiting).toList());
        transactions.allOrNothing(() -> {
            store.create(run);
            queue.add(run.id());
            log.append(
                    new AuditEntry(
                            "run.started",
                            caller.actor(),
                            Map.of(
                                    "run", run.id().value(),
                                    "tasks", String.valueOf(tasks),
                                    "client", client),
                            Map.of("caller", caller.name())));
        });
        queue.hurry();
        return run;
    }

    /// @throws InvalidInput where there is no such run
    Run find(RunId id) {
        return lookFor(id)
                .orElseThrow(() ->
                        new InvalidInput(
                                "run_id",
                                "there is no run " + id,
                                "Use the id from the answer that started it."));
    }

    Optional<Run> lookFor(RunId id) {
        return store.find(id);
    }

    /// The run when it has ended, or as it is when patience ends.
    Run await(RunId id, Progress progress) {
        Instant until = clock.instant().plus(PATIENCE);
        Run run = find(id);
        int told = -1;
        while (!run.ended() && clock.instant().isBefore(until)) {
            if (run.endedSteps() > told) {
                told = run.endedSteps();
                progress.step(
                        told,
                        run.steps().size(),
                        "task " + (told + 1) + " of " + run.steps().size());
            }
            if (!pause()) {
                return run;
            }
            run = find(id);
        }
        return run;
    }

    /// @return whether to go on
    private static boolean pause() {
        try {
            Thread.sleep(LOOK_AGAIN);
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// The run's caller with the roles of now.
    ///
    /// @throws InvalidInput where he may not ask for a task any more
    Principal callerNow(Run run, TaskType type) {
        Principal then = run.caller();
        return standing.now(then)
                .filter(now ->
                        now.kind() == Principal.Kind.SYSTEM || now.roles().contains(Role.REQUESTER))
                .orElseThrow(() -> {
                    refusals.audit("caller-lost-his-right", "caller", type, then, run.client());
                    return new InvalidInput(
                            "caller",
                            "'" + then.name() + "' may not ask for this any more",
                            "Ask again as somebody with the role REQUESTER.");
                });
    }

    /// What is kept of one step of a run.
    Milestones milestones(Run run, int position) {
        return new Milestones() {
            @Override
            public boolean begin() {
                int attempt = store.begin(run.id(), position);
                if (attempt == 0) {
                    throw new EndedElsewhere();
                }
                if (attempt > MAX_ATTEMPTS) {
                    throw new TooManyAttempts();
                }
                return attempt == 1;
            }

            @Override
            public void end(StepResult result) {
                if (!store.end(run.id(), position, result, clock.instant())) {
                    throw new EndedElsewhere();
                }
            }
        };
    }

    private static final class TooManyAttempts extends RuntimeException {
        TooManyAttempts() {
            super("this step was begun too often");
        }
    }

    /// Works on a step, so that it ends also where it is refused or cannot be done. What may go
    /// better next time (a database that does not answer) is thrown: the queue tries it again.
    void endingEachWay(Run run, int position, Runnable work) {
        try {
            work.run();
        } catch (Milestones.EndedElsewhere _) {
            LOG.infof("step ended elsewhere: run=%s step=%d", run.id(), position);
        } catch (InvalidInput refused) {
            end(
                    run,
                    position,
                    StepResult.ended(
                            "refused",
                            new StepResult.Problem(
                                    refused.where(),
                                    refused.problem(),
                                    refused.mend(),
                                    refused.example())));
        } catch (TooManyAttempts _) {
            LOG.errorf("step given up: run=%s step=%d", run.id(), position);
            end(
                    run,
                    position,
                    StepResult.ended(
                            "failed",
                            new StepResult.Problem(
                                    "server",
                                    "the server could not finish this task",
                                    "Give " + run.id() + " to the operator: the log says why.",
                                    null)));
        }
    }

    private void end(Run run, int position, StepResult result) {
        transactions.allOrNothing(() -> store.end(run.id(), position, result, clock.instant()));
    }
}
