package dev.devopspack.mcp;

import io.quarkiverse.mcp.server.BlobResourceContents;
import io.quarkiverse.mcp.server.CompleteArg;
import io.quarkiverse.mcp.server.CompletePrompt;
import io.quarkiverse.mcp.server.EmbeddedResource;
import io.quarkiverse.mcp.server.ImageContent;
import io.quarkiverse.mcp.server.Prompt;
import io.quarkiverse.mcp.server.PromptArg;
import io.quarkiverse.mcp.server.PromptMessage;
import io.quarkiverse.mcp.server.RequestUri;
import io.quarkiverse.mcp.server.Resource;
import io.quarkiverse.mcp.server.ResourceTemplate;
import io.quarkiverse.mcp.server.TextResourceContents;
import io.quarkus.arc.profile.IfBuildProfile;
import io.vertx.core.json.JsonObject;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Stream;

/// The resources and prompts that the official conformance suite reads by name.
@IfBuildProfile(McpConformanceTest.PROFILE)
@Singleton
class ConformanceReading {

    @Resource(uri = "test://static-text", description = "A text.", mimeType = "text/plain")
    @RolesAllowed(Roles.VIEWER)
    TextResourceContents text() {
        return new TextResourceContents(
                "test://static-text",
                "This is the content of the static text resource.",
                "text/plain");
    }

    @Resource(uri = "test://static-binary", description = "An image.", mimeType = "image/png")
    @RolesAllowed(Roles.VIEWER)
    BlobResourceContents binary() {
        return new BlobResourceContents("test://static-binary", ConformanceTools.PNG, "image/png");
    }

    @Resource(uri = "test://watched-resource", description = "Watched.", mimeType = "text/plain")
    @RolesAllowed(Roles.VIEWER)
    TextResourceContents watched() {
        return new TextResourceContents("test://watched-resource", "watched", "text/plain");
    }

    @ResourceTemplate(
            uriTemplate = "test://template/{id}/data",
            description = "Data of an id.",
            mimeType = "application/json")
    @RolesAllowed(Roles.VIEWER)
    TextResourceContents data(String id, RequestUri uri) {
        JsonObject data = new JsonObject().put("id", id).put("data", "Data for ID: " + id);
        return new TextResourceContents(uri.value(), data.encode(), "application/json");
    }

    @Prompt(name = "test_simple_prompt", description = "A text.")
    @RolesAllowed(Roles.VIEWER)
    PromptMessage simple() {
        return PromptMessage.withUserRole("This is a simple prompt for testing.");
    }

    @Prompt(name = "test_prompt_with_arguments", description = "A text of two arguments.")
    @RolesAllowed(Roles.VIEWER)
    PromptMessage withArguments(
            @PromptArg(description = "First") String arg1,
            @PromptArg(description = "Second") String arg2) {
        return PromptMessage.withUserRole(
                "Prompt with arguments: arg1='%s', arg2='%s'".formatted(arg1, arg2));
    }

    @CompletePrompt("test_prompt_with_arguments")
    List<String> complete(@CompleteArg(name = "arg1") String start) {
        return Stream.of("test", "testing", "tested").filter(it -> it.startsWith(start)).toList();
    }

    @Prompt(name = "test_prompt_with_embedded_resource", description = "A resource and a text.")
    @RolesAllowed(Roles.VIEWER)
    List<PromptMessage> withResource(@PromptArg(description = "Its address") String resourceUri) {
        return List.of(
                PromptMessage.withUserRole(
                        new EmbeddedResource(
                                new TextResourceContents(
                                        resourceUri,
                                        "Embedded resource content for testing.",
                                        "text/plain"))),
                PromptMessage.withUserRole("Please process the embedded resource above."));
    }

    @Prompt(name = "test_prompt_with_image", description = "An image and a text.")
    @RolesAllowed(Roles.VIEWER)
    List<PromptMessage> withImage() {
        return List.of(
                PromptMessage.withUserRole(new ImageContent(ConformanceTools.PNG, "image/png")),
                PromptMessage.withUserRole("Please analyze the image above."));
    }
}
