package dev.devopspack.mcp;

import io.quarkiverse.mcp.server.Elicitation;
import io.quarkiverse.mcp.server.ElicitationRequest;
import io.quarkiverse.mcp.server.ElicitationRequest.BooleanSchema;
import io.quarkiverse.mcp.server.ElicitationRequest.EnumSchema;
import io.quarkiverse.mcp.server.ElicitationRequest.IntegerSchema;
import io.quarkiverse.mcp.server.ElicitationRequest.MultiSelectEnumSchema;
import io.quarkiverse.mcp.server.ElicitationRequest.NumberSchema;
import io.quarkiverse.mcp.server.ElicitationRequest.SingleSelectEnumSchema;
import io.quarkiverse.mcp.server.ElicitationRequest.StringSchema;
import io.quarkiverse.mcp.server.ElicitationResponse;
import io.quarkiverse.mcp.server.Sampling;
import io.quarkiverse.mcp.server.SamplingMessage;
import io.quarkiverse.mcp.server.Tool;
import io.quarkiverse.mcp.server.ToolArg;
import io.quarkiverse.mcp.server.ToolResponse;
import io.quarkus.arc.profile.IfBuildProfile;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import java.util.List;

/// The tools of the official conformance suite that ask their client something back.
@IfBuildProfile(McpConformanceTest.PROFILE)
@Singleton
class ConformanceQuestions {

    private static final long MAX_TOKENS = 100;

    @Tool(name = "test_sampling", description = "Asks the client's model.")
    @RunOnVirtualThread
    @RolesAllowed(Roles.VIEWER)
    ToolResponse sampling(@ToolArg(description = "What to ask") String prompt, Sampling sampling) {
        if (!sampling.isSupported()) {
            return ToolResponse.error("The client has no model to ask");
        }
        var answer =
                sampling.requestBuilder()
                        .addMessage(SamplingMessage.withUserRole(prompt))
                        .setMaxTokens(MAX_TOKENS)
                        .build()
                        .sendAndAwait();
        return ToolResponse.success("LLM response: " + answer.content());
    }

    @Tool(name = "test_elicitation", description = "Asks the client's user.")
    @RunOnVirtualThread
    @RolesAllowed(Roles.VIEWER)
    ToolResponse elicitation(
            @ToolArg(description = "What to ask") String message, Elicitation elicitation) {
        return ask(
                elicitation,
                elicitation
                        .requestBuilder()
                        .setMessage(message)
                        .addSchemaProperty("username", new StringSchema(true))
                        .addSchemaProperty("email", new StringSchema(true)));
    }

    @Tool(
            name = "test_elicitation_sep1034_defaults",
            description = "Asks with a default for every type.")
    @RunOnVirtualThread
    @RolesAllowed(Roles.VIEWER)
    ToolResponse defaults(Elicitation elicitation) {
        return ask(
                elicitation,
                elicitation
                        .requestBuilder()
                        .setMessage("Look at the defaults")
                        .addSchemaProperty("name", new StringSchema("John Doe"))
                        .addSchemaProperty("age", new IntegerSchema(30))
                        .addSchemaProperty("score", new NumberSchema(95.5))
                        .addSchemaProperty(
                                "status",
                                new SingleSelectEnumSchema(
                                        List.of("active", "inactive", "pending"), "active"))
                        .addSchemaProperty("verified", new BooleanSchema(null, null, true, false)));
    }

    @Tool(
            name = "test_elicitation_sep1330_enums",
            description = "Asks with every kind of enumeration.")
    @RunOnVirtualThread
    @RolesAllowed(Roles.VIEWER)
    ToolResponse enumerations(Elicitation elicitation) {
        List<String> options = List.of("option1", "option2", "option3");
        List<String> values = List.of("value1", "value2", "value3");
        List<String> titles = List.of("First", "Second", "Third");
        return ask(
                elicitation,
                elicitation
                        .requestBuilder()
                        .setMessage("Choose")
                        .addSchemaProperty("untitledSingle", new SingleSelectEnumSchema(options))
                        .addSchemaProperty(
                                "titledSingle", new SingleSelectEnumSchema(values, titles))
                        .addSchemaProperty(
                                "legacyEnum",
                                EnumSchema.builder(List.of("opt1", "opt2", "opt3"))
                                        .setEnumNames(titles)
                                        .build())
                        .addSchemaProperty("untitledMulti", new MultiSelectEnumSchema(options))
                        .addSchemaProperty(
                                "titledMulti",
                                MultiSelectEnumSchema.builder(values)
                                        .setEnumTitles(titles)
                                        .build()));
    }

    private static ToolResponse ask(Elicitation elicitation, ElicitationRequest.Builder question) {
        if (!elicitation.isSupported()) {
            return ToolResponse.error("The client has no user to ask");
        }
        ElicitationResponse answer = question.build().sendAndAwait();
        return ToolResponse.success(
                "Elicitation completed: action="
                        + answer.action()
                        + ", content="
                        + answer.content().asMap());
    }
}
