package dev.devopspack.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;

/// Prints a run's result for people or as JSON, and tells the exit code.
final class ResultText {

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
