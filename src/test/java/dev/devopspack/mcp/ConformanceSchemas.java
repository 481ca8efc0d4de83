package dev.devopspack.mcp;

import io.quarkiverse.mcp.server.ToolManager.ToolArgument;
import io.quarkiverse.mcp.server.ToolManager.ToolInfo;
import io.quarkus.arc.profile.IfBuildProfile;
import io.vertx.core.json.JsonObject;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;

/// Ours, and for the conformance suite's tools, whose arguments are texts, ones that follow from
/// their methods.
@IfBuildProfile(McpConformanceTest.PROFILE)
@Alternative
@Priority(1)
@Singleton
class ConformanceSchemas extends Schemas {

    private record Derived(JsonObject value) implements InputSchema {
        @Override
        public String asJson() {
            return value.encode();
        }
    }

    @Override
    public InputSchema generate(ToolInfo tool) {
        return tool.name().startsWith("test_") ? derived(tool) : super.generate(tool);
    }

    private static Derived derived(ToolInfo tool) {
        JsonObject properties = new JsonObject();
        for (ToolArgument argument : tool.arguments()) {
            properties.put(
                    argument.name(),
                    new JsonObject()
                            .put("type", "string")
                            .put("description", argument.description()));
        }
        return new Derived(new JsonObject().put("type", "object").put("properties", properties));
    }
}
