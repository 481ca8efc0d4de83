package dev.devopspack.mcp;

import dev.devopspack.audit.Checkpoints;
import dev.devopspack.audit.SignedCheckpoint;
import dev.devopspack.manager.Catalogue;
import dev.devopspack.policy.Rule;
import dev.devopspack.policy.RuleCatalog;
import io.quarkiverse.mcp.server.McpException;
import io.quarkiverse.mcp.server.RequestUri;
import io.quarkiverse.mcp.server.Resource;
import io.quarkiverse.mcp.server.ResourceTemplate;
import io.quarkiverse.mcp.server.TextResourceContents;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.annotation.security.RolesAllowed;

/// What an assistant may read up before it asks: who does what with which input, what a rule means,
/// and how far the log goes.
class CatalogueResources {

    /// What MCP answers where there is no such resource.
    private static final int RESOURCE_NOT_FOUND = -32002;

    private static final String JSON = "application/json";

    private final Catalogue catalogue;
    private final RuleCatalog rules;
    private final Checkpoints checkpoints;

    CatalogueResources(Catalogue catalogue, RuleCatalog rules, Checkpoints checkpoints) {
        this.catalogue = catalogue;
        this.rules = rules;
        this.checkpoints = checkpoints;
    }

    @Resource(
            name = "catalogue",
            title = "Agents and capabilities",
            description = "Every agent's capabilities, with the schema of their input.",
            uri = "devops://catalogue",
            mimeType = JSON)
    @RunOnVirtualThread
    @RolesAllowed(Roles.VIEWER)
    TextResourceContents agents(RequestUri uri) {
        JsonArray agents = new JsonArray();
        catalogue.agents().forEach(agent -> agents.add(agent(agent)));
        return new TextResourceContents(
                uri.value(), new JsonObject().put("agents", agents).encode(), JSON);
    }

    private static JsonObject agent(Catalogue.Agent agent) {
        JsonArray capabilities = new JsonArray();
        agent.capabilities()
                .forEach(each ->
                        capabilities.add(
                                new JsonObject()
                                        .put("name", each.name())
                                        .put("description", each.description())
                                        .put("targetsEnvironment", each.targetsEnvironment())
                                        .put("inputSchema", each.inputSchema())
                                        .put("example", each.task())));
        return new JsonObject()
                .put("name", agent.name())
                .put("taskType", agent.taskType())
                .put("description", agent.description())
                .put("capabilities", capabilities);
    }

    @ResourceTemplate(
            name = "rule",
            title = "A rule",
            description = "Why a rule is there, what mends its findings, and who else checks it.",
            uriTemplate = "devops://rules/{id}",
            mimeType = JSON)
    @RunOnVirtualThread
    @RolesAllowed(Roles.VIEWER)
    TextResourceContents rule(String id, RequestUri uri) {
        Rule rule =
                rules.find(id)
                        .orElseThrow(() ->
                                new McpException(
                                        "there is no such rule; a finding names its own",
                                        RESOURCE_NOT_FOUND));
        JsonObject document =
                new JsonObject()
                        .put("id", rule.id())
                        .put("title", rule.title())
                        .put("severity", rule.severity().name())
                        .put("subjects", new JsonArray(rule.subjects()))
                        .put("why", rule.why())
                        .put("mend", rule.mend())
                        .put("controls", rule.controls())
                        .put("aliases", rule.aliases());
        return new TextResourceContents(uri.value(), document.encode(), JSON);
    }

    @Resource(
            name = "audit-checkpoint",
            title = "Checkpoint of the audit log",
            description = "The newest signed tree head of the log, and the key that verifies it.",
            uri = "devops://audit/checkpoint",
            mimeType = JSON)
    @RunOnVirtualThread
    @RolesAllowed(Roles.AUDITOR)
    TextResourceContents checkpoint(RequestUri uri) {
        JsonObject document =
                new JsonObject()
                        .put("key", checkpoints.key().text())
                        .put(
                                "checkpoint",
                                checkpoints.newest().map(SignedCheckpoint::note).orElse(null));
        return new TextResourceContents(uri.value(), document.encode(), JSON);
    }
}
