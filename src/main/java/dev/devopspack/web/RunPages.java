package dev.devopspack.web;

import dev.devopspack.manager.RunResult;
import dev.devopspack.manager.RunResult.TaskPart;
import dev.devopspack.manager.Watched;
import dev.devopspack.manager.Watched.Doing;
import dev.devopspack.manager.run.RunId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The page of a run: its steps while it goes on, and where it leads when it is done.
final class RunPages {

    private RunPages() {}

    static RunPage of(RunId id, Watched watched) {
        RunResult.RunPart run = Objects.requireNonNull(watched.result().run(), "a run has tasks");
        List<TaskPart> tasks = run.tasks();
        boolean over = run.status().equals("DONE");
        Doing doing = watched.doing();
        return tasks.size() == 1
                ? ofOne(id, tasks.getFirst(), over, doing)
                : ofSeveral(id, tasks, over, doing);
    }

    private static RunPage ofOne(RunId id, TaskPart task, boolean over, Doing doing) {
        Problem problem = problem(task);
        List<RunPage.Step> steps = new ArrayList<>();
        for (int i = 0; !over && i < doing.steps().size(); i++) {
            String text = doing.steps().get(i);
            steps.add(i == doing.steps().size() - 1 ? now(text, null) : done(text, null));
        }
        if (over && problem == null) {
            task.summary().forEach(line -> steps.add(done(line, null)));
        }
        return new RunPage(
                "/runs/" + id,
                "/try?run=" + id,
                problem != null ? "Your task was refused" : over ? "Done" : "Your task runs",
                problem != null
                        ? "Nothing was stored."
                        : over ? String.join(" ", task.next()) : presently(task, doing),
                over ? 1 : doing.done(),
                over ? 1 : Math.max(1, doing.total()),
                steps,
                over,
                problem,
                changeSet(task));
    }

    private static String presently(TaskPart task, Doing doing) {
        if (!doing.steps().isEmpty()) {
            return "Step "
                    + Math.min(doing.done() + 1, doing.total())
                    + " of "
                    + doing.total()
                    + ": "
                    + doing.steps().getLast();
        }
        return task.status().equals("WAITING") ? "It waits for its turn." : "It is worked on.";
    }

    private static RunPage ofSeveral(RunId id, List<TaskPart> tasks, boolean over, Doing doing) {
        List<RunPage.Step> steps = tasks.stream().map(task -> step(task, doing)).toList();
        long ended = tasks.stream().filter(task -> !goesOn(task)).count();
        return new RunPage(
                "/runs/" + id,
                "/try?run=" + id,
                over ? "Done" : "Your tasks run",
                ended + " of " + tasks.size() + " tasks are done.",
                (int) ended,
                tasks.size(),
                steps,
                over,
                null,
                null);
    }

    private static RunPage.Step step(TaskPart task, Doing doing) {
        String name = task.number() + ". " + task.type();
        Problem problem = problem(task);
        if (problem != null) {
            return new RunPage.Step(
                    "✗",
                    "refused",
                    Pill.BAD,
                    name + ": " + problem.problem() + ". " + problem.mend(),
                    null);
        }
        return switch (task.status()) {
            case "WAITING" -> new RunPage.Step("·", "waits", Pill.QUIET, name, null);
            case "RUNNING" ->
                    now(
                            doing.steps().isEmpty() ? name : name + ": " + doing.steps().getLast(),
                            null);
            default ->
                    done(
                            task.summary().isEmpty()
                                    ? name
                                    : name + ": " + task.summary().getFirst(),
                            changeSet(task));
        };
    }

    private static boolean goesOn(TaskPart task) {
        return task.status().equals("WAITING") || task.status().equals("RUNNING");
    }

    private static RunPage.Step now(String text, @Nullable String href) {
        return new RunPage.Step("→", "now", "now", text, href);
    }

    private static RunPage.Step done(String text, @Nullable String href) {
        return new RunPage.Step("✓", "done", Pill.GOOD, text, href);
    }

    private static @Nullable Problem problem(TaskPart task) {
        if (task.problem() != null) {
            return Problem.of(
                    task.problem().where(), task.problem().problem(), task.problem().mend());
        }
        return task.missing() == null ? null : missing(task.summary(), task.next());
    }

    /// What a caller left out, as the refusal of a page.
    static Problem missing(List<String> summary, List<String> next) {
        return Problem.of(
                "task",
                "inputs are missing: " + String.join(", ", summary),
                String.join(" ", next));
    }

    private static @Nullable String changeSet(TaskPart task) {
        return task.changeSet() == null ? null : "/change-sets/" + task.changeSet().id();
    }
}
