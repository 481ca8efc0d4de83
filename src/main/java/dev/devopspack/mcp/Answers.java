package dev.devopspack.mcp;

import dev.devopspack.change.StoreUnavailable;
import dev.devopspack.manager.Progress;
import dev.devopspack.manager.RunResult;
import dev.devopspack.task.InvalidInput;
import io.quarkiverse.mcp.server.Content;
import io.quarkiverse.mcp.server.ResourceLink;
import io.quarkiverse.mcp.server.TextContent;
import io.quarkiverse.mcp.server.ToolResponse;
import io.vertx.core.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/// Writes the manager's results as answers of tools: a text to read, the structure, links to files.
final class Answers {

    private static final Logger LOG = Logger.getLogger(Answers.class);

    /// The text is for reading; the structure has all of them.
    private static final int MAX_FINDINGS_IN_TEXT = 20;

    private Answers() {}

    /// Runs the call and turns what a caller did wrong into an answer that says how to mend it.
    static ToolResponse of(Supplier<ToolResponse> call) {
        try {
            return call.get();
        } catch (InvalidInput refused) {
            StringBuilder text = new StringBuilder(String.valueOf(refused.getMessage()));
            if (refused.example() != null) {
                text.append("\nExample:\n").append(refused.example());
            }
            return ToolResponse.error(text.toString());
        } catch (StoreUnavailable outage) {
            LOG.errorf("a tool call was refused while the %s is out of order", outage.where());
            return ToolResponse.error(
                    "The "
                            + outage.where()
                            + " is out of order: "
                            + outage.problem()
                            + ". "
                            + outage.mend());
        } catch (SecurityException | IllegalStateException | java.io.UncheckedIOException failure) {
            LOG.error("a tool call failed", failure);
            return ToolResponse.error(
                    "The server could not finish this; nothing was released. Try again; if it stays,"
                            + " the server's log says why.");
        }
    }

    static ToolResponse result(RunResult result) {
        RunResult told = shortened(result);
        List<Content> content = new ArrayList<>();
        content.add(new TextContent(text(result)));
        if (result.changeSet() != null) {
            RunResult.ChangeSetPart changeSet = result.changeSet();
            if (told.plan() != null && told.plan().containsKey(ShortPlan.SHORTENED)) {
                content.add(plan(changeSet.id()));
            }
            changeSet.files().forEach(file -> content.add(link(changeSet.id(), file)));
        }
        if (result.missing() != null && result.missing().get("example") != null) {
            content.add(
                    new TextContent(
                            "Example:\n" + Json.encodePrettily(result.missing().get("example"))));
        }
        return new ToolResponse(false, content, told, Map.of());
    }

    private static RunResult shortened(RunResult result) {
        return result.plan() == null ? result : result.withPlan(ShortPlan.of(result.plan()));
    }

    private static ResourceLink plan(String changeSet) {
        return new ResourceLink(
                "devops://change-sets/" + changeSet + "/plan",
                "application/json",
                "plan",
                "What changes, attribute by attribute",
                null,
                null,
                Map.of(),
                null);
    }

    static ToolResponse verdict(RunResult.GatePart verdict) {
        StringBuilder out = new StringBuilder();
        appendVerdict(out, verdict);
        return new ToolResponse(false, List.of(new TextContent(out.toString())), verdict, Map.of());
    }

    static ToolResponse structured(String text, Object structure) {
        return new ToolResponse(false, List.of(new TextContent(text)), structure, Map.of());
    }

    static ResourceLink link(String changeSet, RunResult.FilePart file) {
        return new ResourceLink(
                uri(changeSet, file.name()),
                file.mediaType(),
                file.name(),
                null,
                null,
                file.size(),
                Map.of(),
                null);
    }

    /// `devops://change-sets/ID/files/NAME`, the name percent-encoded.
    static String uri(String changeSet, String name) {
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        return "devops://change-sets/" + changeSet + "/files/" + encoded;
    }

    private static String text(RunResult result) {
        StringBuilder out = new StringBuilder();
        RunResult.ChangeSetPart changeSet = result.changeSet();
        if (changeSet != null) {
            out.append("Change set ")
                    .append(changeSet.code())
                    .append(" (")
                    .append(changeSet.id())
                    .append("), environment ")
                    .append(changeSet.environment())
                    .append(", stack ")
                    .append(changeSet.stack())
                    .append('\n');
        }
        result.summary().forEach(line -> out.append(line).append('\n'));
        if (result.run() != null) {
            result.run().tasks().forEach(task -> appendTask(out, task));
        }
        result.verdicts().forEach(verdict -> appendVerdict(out, verdict));
        if (result.approval() != null) {
            out.append("Approval ")
                    .append(result.approval().status())
                    .append(": ")
                    .append(result.approval().url())
                    .append('\n');
            if (result.approval().reason() != null) {
                out.append("Denied because: ").append(result.approval().reason()).append('\n');
            }
        }
        result.next().forEach(step -> out.append("Next: ").append(step).append('\n'));
        return out.toString();
    }

    private static void appendTask(StringBuilder out, RunResult.TaskPart task) {
        out.append("Task ").append(task.number()).append(' ').append(task.type()).append(": ");
        out.append(task.status());
        RunResult.ChangeSetPart changeSet = task.changeSet();
        if (changeSet != null) {
            out.append(' ')
                    .append(changeSet.code())
                    .append(" (")
                    .append(changeSet.id())
                    .append(')');
        }
        task.verdicts()
                .forEach(verdict ->
                        out.append("; ")
                                .append(verdict.gate())
                                .append(' ')
                                .append(verdict.status()));
        RunResult.ProblemPart problem = task.problem();
        if (problem != null) {
            out.append(" — ")
                    .append(problem.where())
                    .append(": ")
                    .append(problem.problem())
                    .append(". ")
                    .append(problem.mend());
        }
        out.append('\n');
    }

    private static void appendVerdict(StringBuilder out, RunResult.GatePart verdict) {
        out.append(verdict.gate())
                .append(": ")
                .append(verdict.status())
                .append(" — ")
                .append(verdict.summary());
        if (verdict.why() != null) {
            out.append(" (").append(verdict.why()).append(')');
        }
        out.append('\n');
        verdict.findings().stream()
                .limit(MAX_FINDINGS_IN_TEXT)
                .forEach(finding -> appendFinding(out, finding));
        int more = verdict.findings().size() - MAX_FINDINGS_IN_TEXT;
        if (more > 0) {
            out.append("  … and ").append(more).append(" more findings\n");
        }
    }

    private static void appendFinding(StringBuilder out, RunResult.FindingPart finding) {
        out.append("  ")
                .append(finding.severity())
                .append(' ')
                .append(finding.rule())
                .append(' ')
                .append(finding.file());
        if (finding.line() > 0) {
            out.append(':').append(finding.line());
        }
        if (finding.resource() != null) {
            out.append(' ').append(finding.resource());
        }
        out.append(": ").append(finding.message()).append(". ").append(finding.mend()).append('\n');
    }

    /// Sends the manager's steps as progress notifications, where the client asked for them.
    static Progress progress(io.quarkiverse.mcp.server.Progress progress) {
        if (progress.token().isEmpty()) {
            return Progress.NONE;
        }
        return (done, total, message) ->
                progress.notificationBuilder()
                        .setProgress(done)
                        .setTotal(total)
                        .setMessage(message)
                        .build()
                        .sendAndForget();
    }
}
