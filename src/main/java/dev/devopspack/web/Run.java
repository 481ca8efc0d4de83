package dev.devopspack.web;

import dev.devopspack.identity.PersonId;
import dev.devopspack.manager.Progress;
import dev.devopspack.manager.RunResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A task that a person started on a page: its steps so far, and what it came to.
final class Run implements Progress {

    private final String id;
    private final PersonId person;
    private final String task;
    private final Instant startedAt;
    private final List<String> steps = new ArrayList<>();
    private int total = 1;
    private int done;
    private @Nullable RunResult result;
    private @Nullable Problem problem;

    Run(String id, PersonId person, String task, Instant startedAt) {
        this.id = id;
        this.person = person;
        this.task = task;
        this.startedAt = startedAt;
    }

    String id() {
        return id;
    }

    PersonId person() {
        return person;
    }

    /// As it was typed.
    String task() {
        return task;
    }

    Instant startedAt() {
        return startedAt;
    }

    @Override
    public synchronized void step(int stepsDone, int stepsTotal, String message) {
        done = stepsDone;
        total = stepsTotal;
        steps.add(message);
    }

    synchronized void succeed(RunResult finished) {
        result = finished;
        done = total;
    }

    synchronized void fail(Problem why) {
        problem = why;
    }

    synchronized RunPage page() {
        boolean over = result != null || problem != null;
        List<RunPage.Step> shown = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            boolean last = i == steps.size() - 1;
            shown.add(step(steps.get(i), last && !over, last && problem != null));
        }
        return new RunPage(
                "/runs/" + id,
                "/try?run=" + id,
                problem == null ? over ? "Done" : "Your task runs" : "Your task was refused",
                now(over),
                done,
                total,
                shown,
                over,
                problem,
                target());
    }

    private static RunPage.Step step(String text, boolean now, boolean failed) {
        if (failed) {
            return new RunPage.Step("✗", "refused", Pill.BAD, text);
        }
        return now
                ? new RunPage.Step("→", "now", "now", text)
                : new RunPage.Step("✓", "done", Pill.GOOD, text);
    }

    private String now(boolean over) {
        if (problem != null) {
            return "Nothing was stored.";
        }
        if (over) {
            return result == null ? "" : String.join(" ", result.next());
        }
        String step = steps.isEmpty() ? "starting" : steps.getLast();
        return "Step " + Math.min(done + 1, total) + " of " + total + ": " + step;
    }

    private @Nullable String target() {
        return result == null || result.changeSet() == null
                ? null
                : "/change-sets/" + result.changeSet().id();
    }
}
