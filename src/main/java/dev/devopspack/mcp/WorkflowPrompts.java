package dev.devopspack.mcp;

import io.quarkiverse.mcp.server.Prompt;
import io.quarkiverse.mcp.server.PromptArg;
import io.quarkiverse.mcp.server.PromptMessage;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.annotation.security.RolesAllowed;

/// Workflows that a person starts from the assistant's menu: the text tells the assistant which
/// tools to call in which order, and where a person decides.
class WorkflowPrompts {

    private static final int MAX_ARGUMENT = 100;

    @Prompt(
            name = "provision",
            title = "Provision an EKS cluster",
            description = "From one task to a change set that a person can sign.")
    @RolesAllowed(Roles.REQUESTER)
    PromptMessage provision(
            @PromptArg(description = "Name of the cluster", defaultValue = "production")
                    String name,
            @PromptArg(description = "Environment", defaultValue = "production")
                    String environment) {
        return PromptMessage.withUserRole(
                """
                Provision an EKS cluster with DevOps Pack.

                1. Call devops_terraform with {"input": %s}. Ask me for the number of nodes first \
                if three does not fit. If it answers with a mistake, mend what it names and call again.
                2. Tell me each gate's verdict with its score: security, quality, compliance, approval. \
                If a gate FAILED, say which finding in which file failed it and what mends it. To \
                change the files, read them with change_set_files, mend them and send all of them with \
                change_set_submit: a changed file is a new change set and is judged anew.
                3. Say what would be created, changed and destroyed, destroys first.
                4. If the approval is PENDING, give me its link and ask me to have somebody other than \
                the requester read and sign it there with a passkey. You cannot approve, and no tool \
                can: do not try. Nothing is applied by DevOps Pack.
                5. When I say that it is signed, call change_set_status and tell me its next step: a \
                pipeline uses the grant, once.
                """
                        .formatted(input(shortened(name), shortened(environment))));
    }

    private static String input(String name, String environment) {
        return new JsonObject()
                .put("provider", "aws")
                .put(
                        "resources",
                        new JsonArray()
                                .add(
                                        new JsonObject()
                                                .put("type", "eks_cluster")
                                                .put("name", name)
                                                .put("node_count", 3)))
                .put("environment", environment)
                .encode();
    }

    private static String shortened(String argument) {
        return argument.length() <= MAX_ARGUMENT ? argument : argument.substring(0, MAX_ARGUMENT);
    }
}
