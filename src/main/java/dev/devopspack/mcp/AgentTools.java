package dev.devopspack.mcp;

import dev.devopspack.manager.Manager;
import dev.devopspack.manager.RunResult;
import io.quarkiverse.mcp.server.McpConnection;
import io.quarkiverse.mcp.server.Progress;
import io.quarkiverse.mcp.server.Tool;
import io.quarkiverse.mcp.server.ToolArg;
import io.quarkiverse.mcp.server.ToolResponse;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.json.JsonObject;
import jakarta.annotation.security.RolesAllowed;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The agents as tools.
@Remembered
class AgentTools {

    private final Manager manager;
    private final Caller caller;

    AgentTools(Manager manager, Caller caller) {
        this.manager = manager;
        this.caller = caller;
    }

    @Tool(
            name = "devops_terraform",
            title = "Terraform agent",
            description =
                    "Writes a reviewed Terraform module and freezes it as a change set that four gates"
                            + " judge. Applies nothing; production waits for a person's passkey.",
            annotations =
                    @Tool.Annotations(
                            title = "Terraform agent",
                            readOnlyHint = false,
                            destructiveHint = false,
                            idempotentHint = true,
                            openWorldHint = false),
            outputSchema = @Tool.OutputSchema(from = RunResult.class))
    @RunOnVirtualThread
    @RolesAllowed(Roles.REQUESTER)
    ToolResponse terraform(
            @ToolArg(required = false) @Nullable String capability,
            @ToolArg(required = false) @Nullable Map<String, Object> input,
            @ToolArg(required = false) @Nullable String request,
            @ToolArg(required = false) @Nullable String environment,
            @ToolArg(required = false) @Nullable String stack,
            McpConnection connection,
            Progress progress) {
        return run(
                "devops.terraform",
                new Asked(capability, input, request, environment, stack),
                connection,
                progress);
    }

    @Tool(
            name = "devops_incident_response",
            title = "Incident response agent",
            description =
                    "Writes a runbook for on-call: triage that only looks, mitigation with verify and"
                            + " undo, escalation, messages. Runs nothing; gates judge the files.",
            annotations =
                    @Tool.Annotations(
                            title = "Incident response agent",
                            readOnlyHint = false,
                            destructiveHint = false,
                            idempotentHint = true,
                            openWorldHint = false),
            outputSchema = @Tool.OutputSchema(from = RunResult.class))
    @RunOnVirtualThread
    @RolesAllowed(Roles.REQUESTER)
    ToolResponse incidentResponse(
            @ToolArg(required = false) @Nullable String capability,
            @ToolArg(required = false) @Nullable Map<String, Object> input,
            @ToolArg(required = false) @Nullable String request,
            @ToolArg(required = false) @Nullable String stack,
            McpConnection connection,
            Progress progress) {
        return run(
                "devops.incident_response",
                new Asked(capability, input, request, null, stack),
                connection,
                progress);
    }

    @Tool(
            name = "devops_cicd",
            title = "Pipeline agent",
            description =
                    "Writes GitHub Actions pipelines (pinned actions, no keys, build once, approval"
                            + " before production, rollback) as a change set that the gates judge.",
            annotations =
                    @Tool.Annotations(
                            title = "Pipeline agent",
                            readOnlyHint = false,
                            destructiveHint = false,
                            idempotentHint = true,
                            openWorldHint = false),
            outputSchema = @Tool.OutputSchema(from = RunResult.class))
    @RunOnVirtualThread
    @RolesAllowed(Roles.REQUESTER)
    ToolResponse cicd(
            @ToolArg(required = false) @Nullable String capability,
            @ToolArg(required = false) @Nullable Map<String, Object> input,
            @ToolArg(required = false) @Nullable String request,
            @ToolArg(required = false) @Nullable String environment,
            @ToolArg(required = false) @Nullable String stack,
            McpConnection connection,
            Progress progress) {
        return run(
                "devops.cicd",
                new Asked(capability, input, request, environment, stack),
                connection,
                progress);
    }

    @Tool(
            name = "devops_security",
            title = "Security agent",
            description =
                    "Judges your files (any language, not kept): findings, patches, controls of CIS,"
                            + " NIST, SOC 2…, secrets. Writes policies (Kyverno, Rego, SCP, IAM).",
            annotations =
                    @Tool.Annotations(
                            title = "Security agent",
                            readOnlyHint = false,
                            destructiveHint = false,
                            idempotentHint = true,
                            openWorldHint = false),
            outputSchema = @Tool.OutputSchema(from = RunResult.class))
    @RunOnVirtualThread
    @RolesAllowed(Roles.REQUESTER)
    ToolResponse security(
            @ToolArg(required = false) @Nullable String capability,
            @ToolArg(required = false) @Nullable Map<String, Object> input,
            @ToolArg(required = false) @Nullable String request,
            @ToolArg(required = false) @Nullable String environment,
            McpConnection connection,
            Progress progress) {
        return run(
                "devops.security",
                new Asked(capability, input, request, environment, null),
                connection,
                progress);
    }

    /// What every agent takes.
    private record Asked(
            @Nullable String capability,
            @Nullable Map<String, Object> input,
            @Nullable String request,
            @Nullable String environment,
            @Nullable String stack) {

        String task(String type) {
            JsonObject task = new JsonObject().put("type", type);
            putIfGiven(task, "capability", capability);
            putIfGiven(task, "input", input == null ? null : new JsonObject(input));
            putIfGiven(task, "request", request);
            putIfGiven(task, "environment", environment);
            putIfGiven(task, "stack", stack);
            return task.encode();
        }

        private static void putIfGiven(JsonObject task, String name, @Nullable Object value) {
            if (value != null) {
                task.put(name, value);
            }
        }
    }

    private ToolResponse run(
            String type, Asked asked, McpConnection connection, Progress progress) {
        return Answers.of(() ->
                Answers.result(
                        manager.run(
                                asked.task(type),
                                caller.principal(),
                                Caller.client(connection),
                                Answers.progress(progress))));
    }
}
