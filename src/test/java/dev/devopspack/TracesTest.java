package dev.devopspack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.testing.KillableServer;
import dev.devopspack.testing.StandIn;
import dev.devopspack.testing.StandIn.Answer;
import dev.devopspack.testing.StandIn.Asked;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a collector of traces is sent by the program as it is started.
class TracesTest {

    /// A busy machine builds and starts the program slowly.
    private static final Duration LIMIT = Duration.ofMinutes(4);

    private static final String TRACES = "POST /v1/traces";

    private static final String SECRET_LINK = "a-secret-of-a-link-to-enrol";
    private static final String SECRET_CODE = "a-secret-behind-the-question-mark";
    private static final String WORDS = "words-that-were-said-in-a-call";

    @TempDir Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port = StandIn.freePort();
    private StandIn collector;
    private KillableServer server;

    @BeforeEach
    void theProgramAndACollector() throws Exception {
        collector = new StandIn(port);
        collector.answer(TRACES, Answer.ok(""));
        server = KillableServer.packaged(folder, LIMIT);
    }

    @AfterEach
    void endEverything() throws Exception {
        http.close();
        server.close();
        collector.close();
    }

    @Test
    void callsArriveWithoutSecretsWhereACollectorIsNamedAndNowhereElse() throws Exception {
        String address = "http://localhost:" + port;
        server.start(
                Map.of(
                        "OTEL_EXPORTER_OTLP_ENDPOINT",
                        address,
                        "OTEL_EXPORTER_OTLP_PROTOCOL",
                        "http/protobuf",
                        // What is sent can be read as it is.
                        "QUARKUS_OTEL_EXPORTER_OTLP_COMPRESSION",
                        "none"));
        String token = server.trialToken();
        call(token);
        StringBuilder sent = new StringBuilder();
        server.await(
                "the spans",
                () -> {
                    sent.append(bodies(collector.soFar()));
                    return Optional.of(true)
                            .filter(_ -> sent.indexOf("tools/call change_set_status") >= 0)
                            .filter(_ -> sent.indexOf("/sign-in/company/callback") >= 0);
                });
        server.stop();
        sent.append(bodies(collector.soFar()));

        for (String told : List.of("devops-pack", "/api/v1/change-sets", "/enrol/…")) {
            assertTrue(sent.indexOf(told) >= 0, told);
        }
        for (String secret : List.of(token, SECRET_LINK, SECRET_CODE, WORDS)) {
            assertFalse(sent.indexOf(secret) >= 0, secret);
        }

        // The exporter knows where to, and nobody switched it on: also at its end it sends nothing.
        server.start(
                Map.of(
                        "QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT",
                        address,
                        "QUARKUS_OTEL_EXPORTER_OTLP_PROTOCOL",
                        "http/protobuf"));
        call(token);
        server.stop();

        assertEquals(List.of(), collector.soFar());
    }

    /// One call of each kind, and those whose addresses hold a secret.
    private void call(String token) throws Exception {
        assertEquals(200, get("/api/v1/change-sets", token));
        get("/enrol/" + SECRET_LINK, token);
        get("/sign-in/company/callback?state=x&code=" + SECRET_CODE, token);
        HttpRequest tool =
                request("/mcp", token)
                        .header("Accept", "application/json, text/event-stream")
                        .header("Content-Type", "application/json")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        """
                                        {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params":
                                          {"name": "change_set_status", "arguments": {"changeSet": "%s"}}}
                                        """
                                                .formatted(WORDS)))
                        .build();
        assertEquals(200, http.send(tool, HttpResponse.BodyHandlers.discarding()).statusCode());
    }

    private int get(String path, String token) throws Exception {
        return http.send(request(path, token).GET().build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(server.address().resolve(path))
                .timeout(Duration.ofMinutes(1))
                .header("Authorization", "Bearer " + token);
    }

    private static String bodies(List<Asked> asked) {
        return asked.stream()
                .peek(each -> assertEquals(TRACES, each.what()))
                .map(Asked::body)
                .collect(Collectors.joining("\n"));
    }
}
