package dev.devopspack.mcp;

import dev.devopspack.manager.Manager;
import dev.devopspack.manager.RunResult;
import io.quarkiverse.mcp.server.McpConnection;
import io.quarkiverse.mcp.server.Progress;
import io.quarkiverse.mcp.server.Tool;
import io.quarkiverse.mcp.server.ToolArg;
import io.quarkiverse.mcp.server.ToolResponse;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The manager as a tool: plain words, one task of any agent, or several as one run.
@Remembered
class ManagerTools {

    private final Manager manager;
    private final Caller caller;

    ManagerTools(Manager manager, Caller caller) {
        this.manager = manager;
        this.caller = caller;
    }

    @Tool(
            name = "devops_pack_manager",
            title = "Manager",
            description =
                    "Routes plain words to the agent that fits, or runs several tasks as one run with"
                            + " one quality report. Long runs answer with a run_id.",
            annotations =
                    @Tool.Annotations(
                            title = "Manager",
                            readOnlyHint = false,
                            destructiveHint = false,
                            idempotentHint = true,
                            openWorldHint = false),
            outputSchema = @Tool.OutputSchema(from = RunResult.class))
    @RunOnVirtualThread
    @RolesAllowed(Roles.REQUESTER)
    ToolResponse manager(
            @ToolArg(required = false) @Nullable String request,
            @ToolArg(required = false) @Nullable Map<String, Object> task,
            @ToolArg(required = false) @Nullable List<Map<String, Object>> tasks,
            McpConnection connection,
            Progress progress) {
        return Answers.of(() -> {
            JsonObject document = new JsonObject();
            if (tasks != null) {
                document.put("tasks", new JsonArray(tasks));
            }
            if (task != null) {
                document.put("task", new JsonObject(task));
            }
            if (request != null) {
                document.put("request", request);
            }
            return Answers.result(
                    manager.run(
                            document.encode(),
                            caller.principal(),
                            Caller.client(connection),
                            Answers.progress(progress)));
        });
    }
}
