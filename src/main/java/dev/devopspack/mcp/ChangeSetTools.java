package dev.devopspack.mcp;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.ChangeSet;
import dev.devopspack.change.ChangeSetId;
import dev.devopspack.change.ChangeSetStore;
import dev.devopspack.change.CommitAuthor;
import dev.devopspack.manager.Manager;
import dev.devopspack.manager.RunResult;
import dev.devopspack.manager.Submission;
import dev.devopspack.manager.run.RunId;
import dev.devopspack.task.Environment;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.task.Nearest;
import dev.devopspack.task.StackName;
import io.quarkiverse.mcp.server.Content;
import io.quarkiverse.mcp.server.McpConnection;
import io.quarkiverse.mcp.server.Progress;
import io.quarkiverse.mcp.server.TextContent;
import io.quarkiverse.mcp.server.Tool;
import io.quarkiverse.mcp.server.ToolArg;
import io.quarkiverse.mcp.server.ToolResponse;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The life of a change set as tools: submit, look, read, list.
@Remembered
class ChangeSetTools {

    private static final int DEFAULT_LIMIT = 20;

    /// A page of a list in a conversation.
    private static final int MAX_LIMIT = 100;

    private final Manager manager;
    private final Caller caller;

    ChangeSetTools(Manager manager, Caller caller) {
        this.manager = manager;
        this.caller = caller;
    }

    @Tool(
            name = "change_set_submit",
            title = "Submit files",
            description =
                    "Freezes Terraform files you wrote as a change set: same gates, same approval as ours.",
            annotations =
                    @Tool.Annotations(
                            title = "Submit files",
                            readOnlyHint = false,
                            destructiveHint = false,
                            idempotentHint = true,
                            openWorldHint = false),
            outputSchema = @Tool.OutputSchema(from = RunResult.class))
    @RunOnVirtualThread
    @RolesAllowed(Roles.REQUESTER)
    ToolResponse submit(
            String stack,
            String environment,
            List<FileArgument> files,
            @ToolArg(name = "plan_json", required = false) @Nullable String planJson,
            @ToolArg(required = false) @Nullable String repository,
            @ToolArg(required = false) @Nullable String commit,
            @ToolArg(required = false) @Nullable List<String> claims,
            @ToolArg(required = false) @Nullable List<String> authors,
            McpConnection connection,
            Progress progress) {
        return Answers.of(() ->
                Answers.result(
                        manager.submit(
                                new Submission(
                                        new StackName(stack),
                                        new Environment(environment),
                                        FileArgument.artifacts(files),
                                        null,
                                        planJson,
                                        repository,
                                        commit,
                                        claims == null ? List.of() : claims,
                                        CommitAuthor.of(authors == null ? List.of() : authors)),
                                caller.principal(),
                                Caller.client(connection),
                                Answers.progress(progress))));
    }

    @Tool(
            name = "change_set_status",
            title = "Status",
            description = "Verdicts, approval, a denial's reason and what to do next; or a run.",
            annotations =
                    @Tool.Annotations(
                            title = "Status",
                            readOnlyHint = true,
                            destructiveHint = false,
                            idempotentHint = true,
                            openWorldHint = false),
            outputSchema = @Tool.OutputSchema(from = RunResult.class))
    @RunOnVirtualThread
    @RolesAllowed(Roles.VIEWER)
    ToolResponse status(
            @ToolArg(name = "change_set_id", required = false) @Nullable String changeSetId,
            @ToolArg(name = "run_id", required = false) @Nullable String runId) {
        return Answers.of(() -> {
            if (runId != null) {
                return Answers.result(manager.run(new RunId(runId)));
            }
            if (changeSetId == null) {
                throw new InvalidInput(
                        "change_set_id",
                        "there is neither a change_set_id nor a run_id",
                        "Give one of them, or list the change sets with change_set_list.");
            }
            return Answers.result(manager.status(new ChangeSetId(changeSetId), caller.principal()));
        });
    }

    @Tool(
            name = "change_set_files",
            title = "Files",
            description = "Links to a change set's files, or the content of those named.",
            annotations =
                    @Tool.Annotations(
                            title = "Files",
                            readOnlyHint = true,
                            destructiveHint = false,
                            idempotentHint = true,
                            openWorldHint = false),
            outputSchema = @Tool.OutputSchema(from = Schemas.Files.class))
    @RunOnVirtualThread
    @RolesAllowed(Roles.VIEWER)
    ToolResponse files(
            @ToolArg(name = "change_set_id") String changeSetId,
            @ToolArg(required = false) @Nullable List<String> names) {
        return Answers.of(() -> {
            ChangeSet changeSet = manager.changeSet(new ChangeSetId(changeSetId));
            return names == null || names.isEmpty() ? links(changeSet) : inlined(changeSet, names);
        });
    }

    private static ToolResponse links(ChangeSet changeSet) {
        List<RunResult.FilePart> files =
                changeSet.artifacts().list().stream().map(RunResult.FilePart::of).toList();
        List<Content> content = new ArrayList<>();
        content.add(new TextContent(files.size() + " files of " + changeSet.id()));
        files.forEach(file -> content.add(Answers.link(changeSet.id().value(), file)));
        return new ToolResponse(false, content, Map.of("files", files), Map.of());
    }

    private static ToolResponse inlined(ChangeSet changeSet, List<String> names) {
        List<Content> content = new ArrayList<>();
        List<Map<String, Object>> files = new ArrayList<>();
        for (String name : names) {
            Artifact file =
                    changeSet.artifacts().find(name).orElseThrow(() -> noSuchFile(changeSet, name));
            content.add(new TextContent("--- " + name + "\n" + file.text()));
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("name", name);
            entry.put("sha256", file.digest().hex());
            entry.put("content", file.text());
            files.add(entry);
        }
        return new ToolResponse(false, content, Map.of("files", files), Map.of());
    }

    private static InvalidInput noSuchFile(ChangeSet changeSet, String name) {
        List<String> all =
                changeSet.artifacts().list().stream().map(file -> file.name().value()).toList();
        List<String> near = Nearest.to(name, all, 3);
        return new InvalidInput(
                "/names",
                "the change set has no such file",
                near.isEmpty()
                        ? "Leave names out to see them all."
                        : "Did you mean " + String.join(", ", near) + "?");
    }

    @Tool(
            name = "change_set_list",
            title = "List",
            description = "The newest change sets, of all stacks or one.",
            annotations =
                    @Tool.Annotations(
                            title = "List",
                            readOnlyHint = true,
                            destructiveHint = false,
                            idempotentHint = true,
                            openWorldHint = false),
            outputSchema = @Tool.OutputSchema(from = Schemas.ChangeSets.class))
    @RunOnVirtualThread
    @RolesAllowed(Roles.VIEWER)
    ToolResponse list(
            @ToolArg(required = false) @Nullable String stack,
            @ToolArg(required = false) @Nullable Integer limit) {
        return Answers.of(() -> {
            int count = Math.clamp(limit == null ? DEFAULT_LIMIT : limit, 1, MAX_LIMIT);
            List<ChangeSetStore.Summary> found =
                    manager.list(stack == null ? null : new StackName(stack), count);
            StringBuilder text = new StringBuilder();
            found.forEach(row -> text.append(line(row)).append('\n'));
            return Answers.structured(
                    found.isEmpty() ? "No change sets yet." : text.toString(),
                    Map.of("changeSets", found.stream().map(ChangeSetTools::row).toList()));
        });
    }

    private static String line(ChangeSetStore.Summary row) {
        return "%s %s %s %s".formatted(row.code(), row.id(), row.target().stack(), row.createdAt());
    }

    private static Map<String, Object> row(ChangeSetStore.Summary row) {
        return Map.of(
                "id", row.id().value(),
                "code", row.code(),
                "digest", row.digest().value(),
                "environment", row.target().environmentText(),
                "stack", row.target().stack().value(),
                "createdAt", row.createdAt().toString());
    }
}
