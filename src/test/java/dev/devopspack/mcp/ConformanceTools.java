package dev.devopspack.mcp;

import io.quarkiverse.mcp.server.AudioContent;
import io.quarkiverse.mcp.server.EmbeddedResource;
import io.quarkiverse.mcp.server.ImageContent;
import io.quarkiverse.mcp.server.InputSchemaGenerator;
import io.quarkiverse.mcp.server.McpLog;
import io.quarkiverse.mcp.server.Progress;
import io.quarkiverse.mcp.server.TextContent;
import io.quarkiverse.mcp.server.TextResourceContents;
import io.quarkiverse.mcp.server.Tool;
import io.quarkiverse.mcp.server.ToolArg;
import io.quarkiverse.mcp.server.ToolManager;
import io.quarkiverse.mcp.server.ToolResponse;
import io.quarkus.arc.profile.IfBuildProfile;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.json.JsonObject;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The tools that the official conformance suite calls by name.
@IfBuildProfile(McpConformanceTest.PROFILE)
@Singleton
class ConformanceTools {

    /// One transparent pixel.
    static final String PNG =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

    /// A header and no sound.
    private static final String WAV =
            "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=";

    private static final Duration PAUSE = Duration.ofMillis(50);

    @Tool(name = "test_simple_text", description = "Answers with a text.")
    @RolesAllowed(Roles.VIEWER)
    ToolResponse text() {
        return ToolResponse.success("This is a simple text response for testing.");
    }

    @Tool(name = "test_image_content", description = "Answers with an image.")
    @RolesAllowed(Roles.VIEWER)
    ToolResponse image() {
        return ToolResponse.success(new ImageContent(PNG, "image/png"));
    }

    @Tool(name = "test_audio_content", description = "Answers with a sound.")
    @RolesAllowed(Roles.VIEWER)
    ToolResponse audio() {
        return ToolResponse.success(new AudioContent(WAV, "audio/wav"));
    }

    @Tool(name = "test_embedded_resource", description = "Answers with a resource.")
    @RolesAllowed(Roles.VIEWER)
    ToolResponse embedded() {
        return ToolResponse.success(
                new EmbeddedResource(
                        new TextResourceContents(
                                "test://embedded-resource",
                                "This is an embedded resource content.",
                                "text/plain")));
    }

    @Tool(name = "test_multiple_content_types", description = "Answers with three kinds.")
    @RolesAllowed(Roles.VIEWER)
    ToolResponse mixed() {
        return ToolResponse.success(
                new TextContent("Multiple content types test:"),
                new ImageContent(PNG, "image/png"),
                new EmbeddedResource(
                        new TextResourceContents(
                                "test://mixed-content-resource",
                                "{\"test\":\"data\",\"value\":123}",
                                "application/json")));
    }

    @Tool(name = "test_error_handling", description = "Always fails.")
    @RolesAllowed(Roles.VIEWER)
    ToolResponse error() {
        return ToolResponse.error("This tool intentionally returns an error for testing");
    }

    @Tool(name = "test_tool_with_logging", description = "Logs to the client.")
    @RunOnVirtualThread
    @RolesAllowed(Roles.VIEWER)
    ToolResponse logging(McpLog log) throws InterruptedException {
        log.info("Tool execution started");
        Thread.sleep(PAUSE);
        log.info("Tool processing data");
        Thread.sleep(PAUSE);
        log.info("Tool execution completed");
        return ToolResponse.success("logged three times");
    }

    @Tool(name = "test_tool_with_progress", description = "Tells its progress.")
    @RunOnVirtualThread
    @RolesAllowed(Roles.VIEWER)
    ToolResponse progress(Progress progress) throws InterruptedException {
        for (int done = 0; done <= 100; done += 50) {
            if (progress.token().isPresent()) {
                progress.notificationBuilder()
                        .setProgress((long) done)
                        .setTotal(100L)
                        .build()
                        .sendAndForget();
            }
            Thread.sleep(PAUSE);
        }
        return ToolResponse.success("told its progress");
    }

    @Tool(
            name = "json_schema_2020_12_tool",
            description = "Takes arguments by a schema with references.",
            inputSchema = @Tool.InputSchema(generator = AddressSchema.class))
    @RolesAllowed(Roles.VIEWER)
    ToolResponse schema(
            @ToolArg(required = false) @Nullable String name,
            @ToolArg(required = false) @Nullable Map<String, String> address) {
        return ToolResponse.success(name + " lives at " + address);
    }

    @IfBuildProfile(McpConformanceTest.PROFILE)
    @Singleton
    public static class AddressSchema implements InputSchemaGenerator<JsonObject> {
        @Override
        public JsonObject generate(ToolManager.ToolInfo tool) {
            return new JsonObject(
                    """
                    {
                      "$schema": "https://json-schema.org/draft/2020-12/schema",
                      "type": "object",
                      "$defs": {
                        "address": {
                          "type": "object",
                          "properties": {
                            "street": {"type": "string"},
                            "city": {"type": "string"}
                          }
                        }
                      },
                      "properties": {
                        "name": {"type": "string"},
                        "address": {"$ref": "#/$defs/address"}
                      },
                      "additionalProperties": false
                    }
                    """);
        }
    }
}
