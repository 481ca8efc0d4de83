package dev.devopspack.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Set;

/// Prints a run's result for people or as JSON, and tells the exit code.
final class ResultText {

    /// How a task of a run may stand without anything being wrong.
    private static final Set<String> GOOD = Set.of("PROPOSED", "REPORTED", "WAITING", "RUNNING");

    private ResultText() {}

    static int print(PrintWriter out, JsonNode result, boolean json) {
        if (json) {
            Output.json(out, result);
        } else {
            text(out, result);
        }
        for (JsonNode verdict : result.path("verdicts")) {
            if (verdict.path("status").asText().equals("FAILED")) {
                return ExitCode.REFUSED;
            }
        }
        JsonNode run = result.path("run");
        if (run.at("/report/failed").asInt() > 0) {
            return ExitCode.REFUSED;
        }
        for (JsonNode task : run.path("tasks")) {
            if (!GOOD.contains(task.path("status").asText())) {
                return ExitCode.BAD_INPUT;
            }
        }
        return result.path("outcome").asText().equals("input_required")
                ? ExitCode.BAD_INPUT
                : ExitCode.OK;
    }

    private static void text(PrintWriter out, JsonNode result) {
        JsonNode changeSet = result.path("changeSet");
        if (!changeSet.isMissingNode()) {
            Output.line(
                    out,
                    "Change set %s  %s  %s"
                            .formatted(
                                    changeSet.path("code").asText(),
                                    changeSet.path("id").asText(),
                                    changeSet.path("stack").asText()));
        }
        result.path("summary").forEach(line -> Output.line(out, "  " + line.asText()));
        result.path("run").path("tasks").forEach(task -> task(out, task));
        result.path("verdicts").forEach(verdict -> verdict(out, verdict));
        JsonNode approval = result.path("approval");
        if (!approval.isMissingNode()) {
            Output.line(
                    out,
                    "Approval "
                            + approval.path("status").asText()
                            + "  "
                            + approval.path("url").asText());
        }
        JsonNode missing = result.path("missing");
        if (!missing.isMissingNode()) {
            Output.line(out, missing.toPrettyString());
        }
        result.path("next").forEach(line -> Output.line(out, "Next: " + line.asText()));
    }

    private static void task(PrintWriter out, JsonNode task) {
        Output.line(
                out,
                "Task %d  %-20s %-15s %s"
                        .formatted(
                                task.path("number").asInt(),
                                task.path("type").asText(),
                                task.path("status").asText(),
                                task.at("/changeSet/id").asText("")));
        for (JsonNode verdict : task.path("verdicts")) {
            Output.line(
                    out,
                    "    %-26s %-14s %s %%"
                            .formatted(
                                    verdict.path("gate").asText(),
                                    verdict.path("status").asText(),
                                    verdict.path("score").asText()));
        }
        JsonNode problem = task.path("problem");
        if (!problem.isMissingNode()) {
            Output.line(
                    out,
                    "    %s: %s. %s"
                            .formatted(
                                    problem.path("where").asText(),
                                    problem.path("problem").asText(),
                                    problem.path("mend").asText()));
        }
    }

    private static void verdict(PrintWriter out, JsonNode verdict) {
        String why = verdict.path("why").asText("");
        Output.line(
                out,
                "%-26s %-14s %s%s"
                        .formatted(
                                verdict.path("gate").asText(),
                                verdict.path("status").asText(),
                                verdict.path("summary").asText(),
                                why.isEmpty() ? "" : "  (" + why + ")"));
        for (JsonNode check : verdict.path("checks")) {
            String result = check.path("result").asText();
            if (result.equals("SKIPPED") || result.equals("FAILED")) {
                Output.line(
                        out,
                        "    %-8s %s: %s"
                                .formatted(
                                        result,
                                        check.path("title").asText(),
                                        check.path("detail").asText()));
            }
        }
        for (JsonNode finding : verdict.path("findings")) {
            Output.line(
                    out,
                    "    %s %s %s:%d %s: %s. %s"
                            .formatted(
                                    finding.path("severity").asText(),
                                    finding.path("rule").asText(),
                                    finding.path("file").asText(),
                                    finding.path("line").asInt(),
                                    finding.path("resource").asText(""),
                                    finding.path("message").asText(),
                                    finding.path("mend").asText()));
        }
    }
}
