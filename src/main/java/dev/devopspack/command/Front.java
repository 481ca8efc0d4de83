package dev.devopspack.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devopspack.change.ChangeSetId;
import dev.devopspack.manager.Submission;
import dev.devopspack.manager.run.RunId;
import dev.devopspack.task.InvalidInput;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Collectors;

/// What the commands ask for, from a server or from the program itself.
interface Front {

    /// How the command line names itself to the program.
    String CLIENT = "devops-pack";

    /// How often a run of several tasks is looked at, each a second apart: a quarter of an hour.
    int MAX_LOOKS = 900;

    private static boolean isRunning(JsonNode result) {
        return result.at("/run/status").asText().equals("RUNNING");
    }

    private static void pause() {
        try {
            Thread.sleep(Duration.ofSeconds(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a run", e);
        }
    }

    /// @param task the task's document
    /// @return the result's document
    JsonNode run(String task);

    JsonNode submit(Submission submission);

    /// The bytes of a file of a change set.
    byte[] file(String changeSet, String name);

    /// Asks a running server.
    record Remote(ServerClient client) implements Front {

        @Override
        public JsonNode run(String task) {
            JsonNode result = client.post("/api/v1/tasks", "application/yaml", task);
            for (int i = 0; i < MAX_LOOKS && isRunning(result); i++) {
                pause();
                result = client.get("/api/v1/runs/" + result.at("/run/id").asText());
            }
            return result;
        }

        @Override
        public JsonNode submit(Submission submission) {
            ObjectNode body = Output.JSON.createObjectNode();
            body.put("stack", submission.stack().value());
            body.put("environment", submission.environment().value());
            submission
                    .artifacts()
                    .forEach(file ->
                            body.withArray("files")
                                    .addObject()
                                    .put("name", file.name().value())
                                    .put(
                                            "contentBase64",
                                            Base64.getEncoder().encodeToString(file.bytes())));
            if (submission.planFile() != null) {
                body.put("planBase64", Base64.getEncoder().encodeToString(submission.planFile()));
            }
            body.put("planJson", submission.planJson());
            body.put("repository", submission.repository());
            body.put("commit", submission.commit());
            submission.claims().forEach(body.withArray("claims")::add);
            submission.authors().forEach(author -> body.withArray("authors").add(author.value()));
            return client.post("/api/v1/change-sets", "application/json", body.toString());
        }

        @Override
        public byte[] file(String changeSet, String name) {
            String path =
                    Arrays.stream(name.split("/"))
                            .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8))
                            .map(part -> part.replace("+", "%20"))
                            .collect(Collectors.joining("/"));
            return client.getBytes("/api/v1/change-sets/" + changeSet + "/files/" + path);
        }
    }

    /// Asks the program in this process.
    record Inside(Program program) implements Front {

        @Override
        public JsonNode run(String task) {
            JsonNode result =
                    Output.JSON.valueToTree(
                            program.manager().run(task, program.caller(), CLIENT, Output.PROGRESS));
            for (int i = 0; i < MAX_LOOKS && isRunning(result); i++) {
                pause();
                result =
                        Output.JSON.valueToTree(
                                program.manager().run(new RunId(result.at("/run/id").asText())));
            }
            return withServer(result);
        }

        /// The page is a server's, and there need not be one.
        private static JsonNode withServer(JsonNode result) {
            if (result.at("/approval/status").asText().equals("PENDING")) {
                ((ArrayNode) result.path("next"))
                        .insert(1, "If the page does not open, start the server: ./devops-pack");
            }
            return result;
        }

        @Override
        public JsonNode submit(Submission submission) {
            return withServer(
                    Output.JSON.valueToTree(
                            program.manager()
                                    .submit(
                                            submission,
                                            program.caller(),
                                            CLIENT,
                                            Output.PROGRESS)));
        }

        @Override
        public byte[] file(String changeSet, String name) {
            return program.manager()
                    .changeSet(new ChangeSetId(changeSet))
                    .artifacts()
                    .find(name)
                    .orElseThrow(() ->
                            new InvalidInput(
                                    "name",
                                    "the change set has no such file",
                                    "Use a name from the result."))
                    .bytes();
        }
    }
}
