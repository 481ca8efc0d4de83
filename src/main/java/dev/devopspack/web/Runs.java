package dev.devopspack.web;

import dev.devopspack.identity.PersonId;
import dev.devopspack.identity.Principal;
import dev.devopspack.identity.Secrets;
import dev.devopspack.manager.Manager;
import dev.devopspack.manager.RunResult;
import dev.devopspack.task.InvalidInput;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;

/// Tasks that people started on a page. What a run makes is stored by the flow; only its progress
/// is kept here, for the minutes in which somebody watches.
@Singleton
class Runs {

    private static final Logger LOG = Logger.getLogger(Runs.class);

    private static final int ID_LENGTH = 26;

    /// Progress that nobody looked at for so long is forgotten.
    private static final Duration KEPT = Duration.ofMinutes(15);

    /// One person has a few at most; the rest is a mistake.
    private static final int MAX_RUNNING = 4;

    private static final int MAX_KEPT = 200;

    private final Manager manager;
    private final Secrets secrets;
    private final Clock clock;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Run> runs = new LinkedHashMap<>();

    Runs(Manager manager, Secrets secrets, Clock clock) {
        this.manager = manager;
        this.secrets = secrets;
        this.clock = clock;
    }

    Run start(String task, Principal caller) {
        PersonId person = Objects.requireNonNull(caller.person(), "a session has a person");
        Run run = new Run(secrets.id(ID_LENGTH), person, task, clock.instant());
        keep(run);
        executor.execute(() -> perform(run, task, caller));
        return run;
    }

    private synchronized void keep(Run run) {
        runs.values().removeIf(old -> old.startedAt().plus(KEPT).isBefore(clock.instant()));
        long running =
                runs.values().stream()
                        .filter(other ->
                                other.person().equals(run.person()) && !other.page().done())
                        .count();
        if (running >= MAX_RUNNING || runs.size() >= MAX_KEPT) {
            throw Conflict.tooMany(
                    "task", "too many tasks run at once", "Wait until one of them is done.");
        }
        runs.put(run.id(), run);
    }

    private void perform(Run run, String task, Principal caller) {
        try {
            RunResult result = manager.run(task, caller, "the page", run);
            if (result.changeSet() == null && result.run() == null) {
                run.fail(
                        Problem.of(
                                "task",
                                result.outcome().equals("input_required")
                                        ? "inputs are missing: "
                                                + String.join(", ", result.summary())
                                        : String.join(" ", result.summary()),
                                String.join(" ", result.next())));
            } else {
                run.succeed(result);
            }
        } catch (InvalidInput refused) {
            run.fail(Problem.of(refused));
        } catch (RuntimeException e) {
            LOG.errorf(e, "run failed: run=%s", run.id());
            run.fail(
                    Problem.of(
                            "server",
                            "the server could not do this",
                            "Try again; if it stays, give run " + run.id() + " to the operator."));
        }
    }

    synchronized Optional<Run> find(String id, Principal reader) {
        return Optional.ofNullable(runs.get(id))
                .filter(run -> run.person().equals(reader.person()));
    }

    @PreDestroy
    void stop() {
        executor.shutdownNow();
    }
}
