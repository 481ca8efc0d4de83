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

    /// What every workflow that makes a change set ends with.
    private static final String AT_THE_GATES =
            """
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
            """;

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
                """
                                .formatted(cluster(shortened(name), shortened(environment)))
                        + AT_THE_GATES);
    }

    @Prompt(
            name = "ship",
            title = "Ship a project",
            description = "A pipeline that builds once and deploys what a person signed.")
    @RolesAllowed(Roles.REQUESTER)
    PromptMessage ship(
            @PromptArg(
                            name = "project_type",
                            description = "What is built",
                            defaultValue = "typescript_fullstack")
                    String projectType) {
        return PromptMessage.withUserRole(
                """
                Write the delivery pipeline of this project with DevOps Pack.

                1. Look at the project: its package manager, its layout, where it runs. Call \
                devops_cicd with {"input": %s} and what you found. If it answers with a mistake, mend \
                what it names and call again.
                """
                                .formatted(
                                        new JsonObject()
                                                .put("project_type", shortened(projectType))
                                                .encode())
                        + AT_THE_GATES);
    }

    @Prompt(
            name = "respond",
            title = "Respond to an incident",
            description = "A runbook for what is happening, before anything is touched.")
    @RolesAllowed(Roles.REQUESTER)
    PromptMessage respond(
            @PromptArg(
                            name = "incident_type",
                            description = "What is wrong",
                            defaultValue = "general")
                    String incidentType,
            @PromptArg(description = "Severity", defaultValue = "high") String severity) {
        return PromptMessage.withUserRole(
                """
                Help me through an incident with DevOps Pack.

                1. Ask me which services are hit and where they run. Call devops_incident_response \
                with {"input": %s}, the services and the platform. If it answers with a mistake, mend \
                what it names and call again.
                2. Read the runbook with change_set_files. Take me through triage one block at a time: \
                its commands only look. Wait for what I see before the next one.
                3. Before any mitigation say what it changes, how we verify it and how we take it \
                back. Commands that are marked as destructive are mine to run, never yours.
                4. When it is over, list what the runbook asks for afterwards.
                """
                        .formatted(
                                new JsonObject()
                                        .put("incident_type", shortened(incidentType))
                                        .put("severity", shortened(severity))
                                        .encode()));
    }

    @Prompt(
            name = "review",
            title = "Have my files judged",
            description = "Your own Terraform through the same gates, to the same approval.")
    @RolesAllowed(Roles.REQUESTER)
    PromptMessage review(
            @PromptArg(description = "Line of change sets, for example payments/production")
                    String stack,
            @PromptArg(description = "Environment", defaultValue = "production")
                    String environment) {
        return PromptMessage.withUserRole(
                """
                Have the Terraform files of this project judged by DevOps Pack.

                1. Collect all files of the root module and of the local modules that it calls. Call \
                change_set_submit with them and %s. Leave out .env, state and credentials: they are \
                refused. If it answers with a mistake, mend what it names and call again.
                """
                                .formatted(
                                        new JsonObject()
                                                .put("stack", shortened(stack))
                                                .put("environment", shortened(environment))
                                                .encode())
                        + AT_THE_GATES);
    }

    private static String cluster(String name, String environment) {
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
