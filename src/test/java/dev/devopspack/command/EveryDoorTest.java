package dev.devopspack.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devopspack.command.CommandsAtServer.Said;
import dev.devopspack.identity.Role;
import dev.devopspack.testing.TrialToken;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// A task is the same task over MCP, over REST and from a file.
@QuarkusTest
class EveryDoorTest {

    private static final Path EXAMPLES = Path.of("docs/examples");
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TestHTTPResource("/")
    URI server;

    @Inject TrialToken trial;
    @Inject ObjectMapper json;

    @TempDir Path folder;

    private String token;
    private CommandsAtServer commands;

    /// One token for every door: who asks is part of what is digested.
    @BeforeEach
    void oneCaller() throws IOException {
        token = trial.with(Role.VIEWER, Role.REQUESTER);
        Files.writeString(folder.resolve(ServerOptions.TOKEN_FILE), token);
        commands = new CommandsAtServer(server.getPort(), folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"eks-production.yaml", "cicd-typescript.yaml", "incident-runbook.yaml"})
    void aTaskIsTheSameChangeSetThroughEveryDoor(String example) throws Exception {
        Path file = EXAMPLES.resolve(example);

        String byFile = digest(json.readTree(command(file)));
        String byRest = digest(rest(Files.readString(file)));
        String byMcp = digest(mcp("devops_pack_manager", Map.of("task", task(file))));

        assertTrue(byFile.startsWith("sha256:"), byFile);
        assertEquals(List.of(byFile, byFile), List.of(byRest, byMcp));
    }

    @Test
    void severalTasksAreOneRunThroughEveryDoor() throws Exception {
        List<Object> tasks = new ArrayList<>();
        for (String example : List.of("eks-production.yaml", "incident-runbook.yaml")) {
            tasks.add(task(EXAMPLES.resolve(example)));
        }
        Path file =
                Files.writeString(
                        folder.resolve("both.yaml"),
                        json.writeValueAsString(Map.of("tasks", tasks)));

        JsonNode byFile = ended(json.readTree(command(file)));
        JsonNode byMcp = ended(mcp("devops_pack_manager", Map.of("tasks", tasks)));

        assertEquals(2, byFile.at("/run/report/done").asInt(), byFile::toString);
        assertEquals(digests(byFile), digests(byMcp));
        assertFalse(digests(byFile).contains(""), byFile::toString);
    }

    /// Asks again as an assistant does whose call ended before the run did.
    private JsonNode ended(JsonNode result) {
        JsonNode newest = result;
        while (newest.at("/run/status").asText().equals("RUNNING")) {
            newest = mcp("change_set_status", Map.of("run_id", newest.at("/run/id").asText()));
        }
        JsonNode asked = mcp("change_set_status", Map.of("run_id", newest.at("/run/id").asText()));
        assertEquals("DONE", asked.at("/run/status").asText(), asked::toString);
        assertEquals(newest.at("/run/tasks"), asked.at("/run/tasks"));
        return asked;
    }

    private static String digest(JsonNode result) {
        return result.at("/changeSet/digest").asText();
    }

    private static List<String> digests(JsonNode result) {
        List<String> digests = new ArrayList<>();
        result.at("/run/tasks").forEach(task -> digests.add(digest(task)));
        return digests;
    }

    private static Object task(Path file) throws IOException {
        Load yaml = new Load(LoadSettings.builder().build());
        return ((Map<?, ?>) yaml.loadFromString(Files.readString(file))).get("task");
    }

    private String command(Path file) {
        Said said = commands.run("run", file.toString(), "--json");
        assertEquals(0, said.exitCode(), said.out() + said.err());
        return said.out();
    }

    private JsonNode rest(String task) {
        return json(post("/api/v1/tasks", "application/yaml", task));
    }

    private JsonNode mcp(String tool, Map<String, Object> arguments) {
        Map<String, Object> call = Map.of("name", tool, "arguments", arguments);
        Map<String, Object> message =
                Map.of("jsonrpc", "2.0", "id", 1, "method", "tools/call", "params", call);
        try {
            String text = post("/mcp", "application/json", json.writeValueAsString(message));
            JsonNode result = json(text.substring(text.indexOf('{'))).path("result");
            assertFalse(result.path("isError").asBoolean(true), result::toString);
            return result.path("structuredContent");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private String post(String path, String type, String body) {
        HttpRequest request =
                HttpRequest.newBuilder(server.resolve(path))
                        .timeout(PATIENCE)
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", type)
                        .header("Accept", "application/json, text/event-stream")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private JsonNode json(String text) {
        try {
            return json.readTree(text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
