package dev.devopspack;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devopspack.manager.Rehearsal;
import io.quarkus.arc.Unremovable;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What the first hour of a server looks like, in a minute: the pages, the tools, a task stored and
/// read. It is played before a Java machine that writes down what it learned.
///
/// It changes what it is played on, so that has to be a data folder nobody needs.
@Singleton
@Unremovable // looked up by the application that Quarkus makes itself
class DressRehearsal {

    /// No page and no task without terraform takes longer, even on a slow machine.
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static final List<String> PAGES =
            List.of("/", "/q/health/ready", "/.well-known/devops-pack/jwks.json");

    /// One that runs no terraform, which would teach the Java machine nothing.
    private static final Map<String, Object> TASK =
            Map.of(
                    "task",
                    Map.of(
                            "type", "devops.incident_runbook",
                            "environment", "staging",
                            "input",
                                    Map.of(
                                            "incident_type", "disk_full",
                                            "services", List.of("api"),
                                            "severity", "low")));

    private static final List<Map<String, Object>> MESSAGES =
            List.of(
                    Map.of("jsonrpc", "2.0", "id", 1, "method", "ping"),
                    Map.of("jsonrpc", "2.0", "id", 2, "method", "tools/list"),
                    Map.of(
                            "jsonrpc",
                            "2.0",
                            "id",
                            3,
                            "method",
                            "tools/call",
                            "params",
                            Map.of("name", "change_set_list", "arguments", Map.of())));

    private final FirstStart first;
    private final Rehearsal rehearsal;
    private final ObjectMapper json;

    DressRehearsal(FirstStart first, Rehearsal rehearsal, ObjectMapper json) {
        this.first = first;
        this.rehearsal = rehearsal;
        this.json = json;
    }

    /// @param dataFolder of this server, thrown away afterwards
    /// @throws IllegalStateException if one of the doors does not answer as it should
    void play(Path dataFolder) throws IOException, InterruptedException {
        first.welcome(dataFolder, false, new PrintStream(PrintStream.nullOutputStream()));
        rehearsal.run();
        String token = first.trialToken(dataFolder);
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (String page : PAGES) {
                send(http, to(page).GET());
            }
            send(http, posted(token, "/api/v1/tasks", TASK));
            for (Map<String, Object> message : MESSAGES) {
                send(http, posted(token, "/mcp", message));
            }
        }
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(first.localAddress() + path)).timeout(LIMIT);
    }

    private HttpRequest.Builder posted(String token, String path, Map<String, Object> body)
            throws IOException {
        return to(path).header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body)));
    }

    private static void send(HttpClient http, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        HttpResponse<String> answer =
                http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 400) {
            throw new IllegalStateException(
                    answer.uri().getPath() + " answered " + answer.statusCode());
        }
    }
}
