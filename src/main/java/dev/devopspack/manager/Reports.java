package dev.devopspack.manager;

import dev.devopspack.change.ChangeSetId;
import dev.devopspack.change.ChangeSetStore;
import dev.devopspack.intake.TaskDocument;
import dev.devopspack.intake.TaskReader;
import dev.devopspack.manager.RunResult.GatePart;
import dev.devopspack.manager.RunResult.LowestPart;
import dev.devopspack.manager.RunResult.ReportPart;
import dev.devopspack.manager.RunResult.TaskPart;
import dev.devopspack.manager.RunResult.WaitingPart;
import dev.devopspack.manager.run.Run;
import dev.devopspack.manager.run.RunStep;
import dev.devopspack.manager.run.StepResult;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The report of a run: what each task came to, and its quality over all of them.
///
/// What can change after a step ended (an approval) is looked at now.
@ApplicationScoped
class Reports {

    private final Results results;
    private final ChangeSetStore changeSets;

    Reports(Results results, ChangeSetStore changeSets) {
        this.results = results;
        this.changeSets = changeSets;
    }

    RunResult of(Run run) {
        List<TaskDocument> documents = TaskReader.readAll(run.document()).list();
        List<Row> rows =
                run.steps().stream()
                        .map(step -> row(step, documents.get(step.position())))
                        .toList();
        List<TaskPart> tasks = rows.stream().map(Row::part).toList();
        ReportPart report = report(rows);
        return new RunResult(
                "run",
                null,
                summary(run, report),
                null,
                List.of(),
                null,
                List.of(),
                next(run, tasks),
                null,
                null,
                new RunResult.RunPart(
                        run.id().value(),
                        run.ended() ? "DONE" : "RUNNING",
                        run.createdAt().toString(),
                        tasks,
                        report));
    }

    /// @param verdicts in full, for the report; the part shows their scores
    private record Row(TaskPart part, List<GatePart> verdicts) {}

    private Row row(RunStep step, TaskDocument document) {
        StepResult ended = step.result();
        String type = document.task().type().value();
        if (ended == null) {
            String status = step.attempts() == 0 ? "WAITING" : "RUNNING";
            return new Row(
                    new TaskPart(
                            step.position() + 1,
                            type,
                            null,
                            null,
                            status,
                            List.of(),
                            null,
                            List.of(),
                            null,
                            List.of(),
                            null,
                            null,
                            null),
                    List.of());
        }
        Optional<RunResult> stored = stored(ended);
        List<GatePart> verdicts = stored.map(RunResult::verdicts).orElse(List.of());
        TaskPart part =
                new TaskPart(
                        step.position() + 1,
                        type,
                        ended.agent(),
                        ended.capability(),
                        statusOf(ended),
                        ended.summary(),
                        stored.map(RunResult::changeSet).orElse(null),
                        verdicts.stream().map(Reports::score).toList(),
                        stored.map(RunResult::approval).orElse(null),
                        stored.map(RunResult::next).orElse(ended.next()),
                        ended.report(),
                        ended.missing(),
                        problem(ended.problem()));
        return new Row(part, verdicts);
    }

    private Optional<RunResult> stored(StepResult ended) {
        return Optional.ofNullable(ended.changeSet())
                .flatMap(id -> changeSets.find(new ChangeSetId(id)))
                .map(changeSet -> results.of(changeSet, ended.summary(), ended.next()));
    }

    private static String statusOf(StepResult ended) {
        return switch (ended.outcome()) {
            case "proposal" -> "PROPOSED";
            case "report" -> "REPORTED";
            default -> ended.outcome().toUpperCase(Locale.ROOT);
        };
    }

    private static RunResult.ScorePart score(GatePart verdict) {
        return new RunResult.ScorePart(
                verdict.gate(), verdict.status(), verdict.score(), verdict.findings().size());
    }

    private static RunResult.@Nullable ProblemPart problem(StepResult.@Nullable Problem problem) {
        return problem == null
                ? null
                : new RunResult.ProblemPart(
                        problem.where(), problem.problem(), problem.mend(), problem.example());
    }

    private static ReportPart report(List<Row> rows) {
        List<GatePart> all = rows.stream().flatMap(row -> row.verdicts().stream()).toList();
        return new ReportPart(
                rows.size(),
                (int) rows.stream().filter(row -> ended(row.part())).count(),
                (int) rows.stream().filter(row -> row.part().changeSet() != null).count(),
                count(all, "PASSED"),
                count(all, "FAILED"),
                count(all, "WAITING"),
                count(all, "NOT_APPLICABLE"),
                all.stream().mapToInt(verdict -> verdict.findings().size()).sum(),
                lowest(rows),
                rows.stream().flatMap(row -> waiting(row.part()).stream()).toList());
    }

    private static boolean ended(TaskPart task) {
        return !task.status().equals("WAITING") && !task.status().equals("RUNNING");
    }

    private static int count(List<GatePart> verdicts, String status) {
        return (int) verdicts.stream().filter(v -> v.status().equals(status)).count();
    }

    /// Of each gate that judged with a score, in the gates' order.
    private static List<LowestPart> lowest(List<Row> rows) {
        Map<String, LowestPart> lowest = new LinkedHashMap<>();
        for (Row row : rows) {
            RunResult.ChangeSetPart changeSet = row.part().changeSet();
            for (GatePart verdict : row.verdicts()) {
                boolean judged =
                        verdict.status().equals("PASSED") || verdict.status().equals("FAILED");
                if (changeSet != null && judged) {
                    lowest.merge(
                            verdict.gate(),
                            new LowestPart(
                                    verdict.gate(),
                                    verdict.score(),
                                    verdict.threshold(),
                                    changeSet.id()),
                            (a, b) -> b.score() < a.score() ? b : a);
                }
            }
        }
        return List.copyOf(lowest.values());
    }

    private static Optional<WaitingPart> waiting(TaskPart task) {
        RunResult.ApprovalPart approval = task.approval();
        RunResult.ChangeSetPart changeSet = task.changeSet();
        if (approval != null && changeSet != null && approval.status().equals("PENDING")) {
            return Optional.of(
                    new WaitingPart(
                            task.number(),
                            "an approver of " + changeSet.environment(),
                            "read and sign " + changeSet.code(),
                            approval.url()));
        }
        boolean failed = task.verdicts().stream().anyMatch(v -> v.status().equals("FAILED"));
        String what =
                switch (task.status()) {
                    case "INPUT_REQUIRED" -> "say what is missing";
                    case "REFUSED" -> "change the task";
                    case "FAILED" -> "ask the operator";
                    default -> failed ? "mend what the gates found" : null;
                };
        return what == null
                ? Optional.empty()
                : Optional.of(new WaitingPart(task.number(), "the requester", what, null));
    }

    private static List<String> summary(Run run, ReportPart report) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "Run %s: %d of %d tasks done, %d change sets."
                        .formatted(run.id(), report.done(), report.tasks(), report.proposed()));
        lines.add(
                "Gates: %d passed, %d failed, %d waiting, %d not applicable; %d open findings."
                        .formatted(
                                report.passed(),
                                report.failed(),
                                report.waiting(),
                                report.notApplicable(),
                                report.findings()));
        report.lowest().stream()
                .map(low ->
                        String.format(
                                Locale.ROOT,
                                "Lowest %s: %.1f %% of %d %% needed, %s",
                                low.gate(),
                                low.score(),
                                low.threshold(),
                                low.changeSet()))
                .forEach(lines::add);
        return lines;
    }

    /// What keeps people from going on comes first: mistakes, then approvals, then the rest.
    private static List<String> next(Run run, List<TaskPart> tasks) {
        Stream<String> unfinished =
                run.ended()
                        ? Stream.empty()
                        : Stream.of(
                                "Ask again with run_id "
                                        + run.id()
                                        + ": "
                                        + (run.steps().size() - run.endedSteps())
                                        + " tasks are not done yet.");
        Stream<String> steps =
                tasks.stream()
                        .sorted(Comparator.comparingInt(Reports::urgency))
                        .flatMap(task ->
                                task.next().stream()
                                        .limit(1)
                                        .map(step -> "Task " + task.number() + ": " + step));
        return Stream.concat(unfinished, steps).toList();
    }

    private static int urgency(TaskPart task) {
        if (task.problem() != null || task.missing() != null) {
            return 0;
        }
        if (task.verdicts().stream().anyMatch(v -> v.status().equals("FAILED"))) {
            return 1;
        }
        return task.approval() != null ? 2 : 3;
    }
}
