package dev.devopspack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devopspack.testing.KillableServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A run of tasks of every kind survives `kill -9` of the server in the middle of it.
class KilledServerTest {

    /// A busy machine builds and starts the program slowly.
    private static final Duration LIMIT = Duration.ofMinutes(8);

    private static final String TASKS =
            """
            tasks:
              - {type: devops.terraform, environment: production, input: {provider: aws, resources: [{type: eks_cluster, name: one, node_count: 3}]}}
              - {type: devops.terraform, environment: production, input: {provider: aws, resources: [{type: eks_cluster, name: two, node_count: 3}]}}
              - {type: devops.cicd, environment: production, input: {project_type: typescript_fullstack, platform: github_actions}}
              - {type: devops.incident_runbook, environment: production, input: {incident_type: database_connection_failure, services: [api, worker], severity: high}}
            """;

    @TempDir Path folder;

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private KillableServer server;
    private String token = "";

    @BeforeEach
    void theProgram() throws Exception {
        server = KillableServer.packaged(folder, LIMIT);
    }

    @AfterEach
    void endEverything() throws Exception {
        http.close();
        server.close();
    }

    @Test
    void theRunIsFinishedByTheNextServerAndNothingIsDoneTwice() throws Exception {
        start();
        http.sendAsync(
                request("/api/v1/tasks")
                        .header("Content-Type", "application/yaml")
                        .POST(HttpRequest.BodyPublishers.ofString(TASKS))
                        .build(),
                HttpResponse.BodyHandlers.discarding());
        String id = server.await("the run to start", this::startedRun);
        JsonNode first =
                server.await(
                        "the first task to end and the second to begin",
                        () ->
                                Optional.of(run(id))
                                        .filter(run -> statusOf(run, 0).equals("PROPOSED"))
                                        .filter(run -> statusOf(run, 1).equals("RUNNING")));

        server.kill();
        start();
        JsonNode last =
                server.await(
                        "the run to end",
                        () ->
                                Optional.of(run(id))
                                        .filter(run ->
                                                run.at("/run/status").asText().equals("DONE")));

        assertEquals(
                List.of("PROPOSED", "PROPOSED", "PROPOSED", "PROPOSED"),
                IntStream.range(0, 4).mapToObj(task -> statusOf(last, task)).toList());
        assertEquals(
                first.at("/run/tasks/0/changeSet/digest"),
                last.at("/run/tasks/0/changeSet/digest"));
        assertEquals(first.at("/run/tasks/0/approval/id"), last.at("/run/tasks/0/approval/id"));
        assertEquals(3, last.at("/run/report/waiting").asInt(), last::toString);
        assertEquals(
                Map.of(
                        "run.started", 1L,
                        "task.received", 4L,
                        "change_set.stored", 4L,
                        "gate.judged", 16L,
                        // A runbook touches nothing, so nobody is asked.
                        "approval.opened", 3L),
                entries());
        assertTrue(get("/api/v1/audit/verify").contains("\"intact\":true"));
    }

    /// A log in JSON is read by programs: no banner, no greeting and no token stand in it.
    @Test
    void aLogInJsonIsNothingElse() throws Exception {
        int before = server.output().length();
        start(Map.of("DEVOPS_PACK_LOG_FORMAT", "json"));
        String ready =
                server.await(
                        "a line that says where it is",
                        () ->
                                server.output()
                                        .substring(before)
                                        .lines()
                                        .filter(line -> line.contains("DevOps Pack is ready"))
                                        .findFirst());

        assertEquals(
                List.of(),
                server.output()
                        .substring(before)
                        .lines()
                        // The launcher's options make the Java machine keep these to itself.
                        .filter(line -> !line.startsWith("WARNING: "))
                        .filter(line -> !isObject(line))
                        .toList());
        JsonNode line = json.readTree(ready);
        assertTrue(line.path("page").asText().startsWith("http://localhost"), ready);
        assertTrue(line.path("enrolment").asText().contains("/enrol/"), ready);
        assertFalse(server.output().contains(token));
    }

    private boolean isObject(String line) {
        try {
            return json.readTree(line).isObject();
        } catch (JsonProcessingException _) {
            return false;
        }
    }

    private void start() throws Exception {
        start(Map.of());
    }

    private void start(Map<String, String> settings) throws Exception {
        server.start(settings);
        token = server.trialToken();
    }

    private Optional<String> startedRun() throws Exception {
        return exported().stream()
                .filter(leaf -> leaf.path("kind").asText().equals("run.started"))
                .map(leaf -> leaf.at("/facts/run").asText())
                .findFirst();
    }

    private Map<String, Long> entries() throws Exception {
        return exported().stream()
                .map(leaf -> leaf.path("kind").asText())
                .filter(kind -> kind.matches("(run|task|change_set|gate|approval)\\..*"))
                .collect(Collectors.groupingBy(kind -> kind, Collectors.counting()));
    }

    /// The leaves of the audit log.
    private List<JsonNode> exported() throws Exception {
        List<JsonNode> leaves = new ArrayList<>();
        for (String line : get("/api/v1/audit/export").lines().toList()) {
            JsonNode leaf = json.readTree(line).path("leaf");
            leaves.add(leaf.isTextual() ? json.readTree(leaf.asText()) : leaf);
        }
        return leaves;
    }

    private JsonNode run(String id) throws Exception {
        return json.readTree(get("/api/v1/runs/" + id));
    }

    private static String statusOf(JsonNode run, int task) {
        return run.at("/run/tasks/" + task + "/status").asText();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.address().resolve(path))
                .timeout(Duration.ofMinutes(2))
                .header("Authorization", "Bearer " + token);
    }

    /// What the server answers, or nothing while it does not.
    private String get(String path) throws InterruptedException {
        try {
            return http.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            return "";
        }
    }
}
