package dev.devopspack.mcp;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.ChangeSetId;
import dev.devopspack.manager.Manager;
import dev.devopspack.task.InvalidInput;
import io.quarkiverse.mcp.server.McpException;
import io.quarkiverse.mcp.server.RequestUri;
import io.quarkiverse.mcp.server.ResourceTemplate;
import io.quarkiverse.mcp.server.TextResourceContents;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.json.Json;
import jakarta.annotation.security.RolesAllowed;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

/// The files of change sets, and what they change, as resources.
class ChangeSetResources {

    /// What MCP answers where there is no such resource.
    private static final int RESOURCE_NOT_FOUND = -32002;

    private final Manager manager;
    private final Caller caller;

    ChangeSetResources(Manager manager, Caller caller) {
        this.manager = manager;
        this.caller = caller;
    }

    @ResourceTemplate(
            name = "change-set-plan",
            title = "What a change set changes",
            description = "Each resource with its attributes before and after; risks and cost.",
            uriTemplate = "devops://change-sets/{id}/plan")
    @RunOnVirtualThread
    @RolesAllowed(Roles.VIEWER)
    TextResourceContents plan(String id, RequestUri uri) {
        try {
            Map<String, Object> plan =
                    Objects.requireNonNull(
                            manager.status(new ChangeSetId(id), caller.principal()).plan(),
                            "a change set without a plan");
            return new TextResourceContents(uri.value(), Json.encode(plan), "application/json");
        } catch (InvalidInput refused) {
            throw new McpException(String.valueOf(refused.getMessage()), RESOURCE_NOT_FOUND);
        }
    }

    @ResourceTemplate(
            name = "change-set-file",
            title = "A file of a change set",
            description = "The exact bytes that the gates judged and a person signs.",
            uriTemplate = "devops://change-sets/{id}/files/{name}")
    @RunOnVirtualThread
    @RolesAllowed(Roles.VIEWER)
    TextResourceContents file(String id, String name, RequestUri uri) {
        try {
            String decoded = URLDecoder.decode(name, StandardCharsets.UTF_8);
            Artifact file =
                    manager.changeSet(new ChangeSetId(id))
                            .artifacts()
                            .find(decoded)
                            .orElseThrow(() ->
                                    new InvalidInput(
                                            "name",
                                            "the change set has no such file",
                                            "Call change_set_files for their names."));
            return new TextResourceContents(uri.value(), file.text(), file.mediaType());
        } catch (InvalidInput refused) {
            throw new McpException(String.valueOf(refused.getMessage()), RESOURCE_NOT_FOUND);
        }
    }
}
