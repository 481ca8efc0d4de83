package dev.devopspack.web;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.identity.Role;
import dev.devopspack.testing.TrialToken;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What machines that watch the server may ask, and under which name.
@QuarkusTest
class WatchingTest {

    private static final Pattern METRIC =
            Pattern.compile("\\b(devopspack|agroal|http_server|mcp_server|jvm)_[a-z_]+\\b");

    private static final Pattern CHOSEN = Pattern.compile("\\b(devopspack_[a-z_]+)\\{([^}]+)\\}");

    @Inject TrialToken trial;

    @Test
    void metricsNeedAViewersToken() {
        given().get("/q/metrics").then().statusCode(401);
        given().header("Authorization", "Bearer " + trial.with(Role.PIPELINE))
                .get("/q/metrics")
                .then()
                .statusCode(403);
        given().header("Authorization", "Bearer " + trial.with(Role.VIEWER))
                .get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("devopspack_audit_entries"))
                .body(containsString("devopspack_approvals_pending"));
    }

    @Test
    void metricsCountWhatTheGatesAnswered() {
        String token = judged();

        given().header("Authorization", "Bearer " + token)
                .get("/q/metrics")
                .then()
                .body(
                        containsString(
                                "devopspack_verdicts_total{gate=\"gate.security.infra\",status="))
                .body(
                        containsString(
                                "devopspack_gate_seconds_count{gate=\"gate.quality.terraform\"}"));
    }

    /// Once something was judged.
    ///
    /// @return a token that may look
    private String judged() {
        String token = trial.with(Role.VIEWER, Role.REQUESTER);
        given().header("Authorization", "Bearer " + token)
                .contentType("application/json")
                .body(
                        """
                        {"stack": "watched/staging", "environment": "staging",
                         "files": [{"name": "main.tf", "content": "locals {}\\n"}]}
                        """)
                .post("/api/v1/change-sets")
                .then()
                .statusCode(200);
        return token;
    }

    /// Rows of a metric are kept for as long as the server runs: who calls, and who is not even
    /// known, must not be able to make new ones.
    @Test
    void whatCallersMakeUpIsNoRowOfTheMetrics() {
        String token = trial.with(Role.VIEWER);
        given().request("MADEUPMETHOD", "/").then().statusCode(405);
        given().header("Authorization", "Bearer " + token)
                .header("Accept", "application/json, text/event-stream")
                .contentType("application/json")
                .body(
                        """
                        {"jsonrpc": "2.0", "id": 1, "method": "tools/call",
                         "params": {"name": "made_up_tool", "arguments": {}}}
                        """)
                .post("/mcp")
                .then()
                .statusCode(200);
        given().header("Authorization", "Bearer " + token)
                .header("Accept", "application/json, text/event-stream")
                .contentType("application/json")
                .body(
                        """
                        {"jsonrpc": "2.0", "id": 2, "method": "resources/read",
                         "params": {"uri": "devops://made/up"}}
                        """)
                .post("/mcp")
                .then()
                .statusCode(200);

        given().header("Authorization", "Bearer " + token)
                .get("/q/metrics")
                .then()
                .body(containsString("method=\"OTHER\""))
                .body(containsString("tool_name=\"UNKNOWN\""))
                .body(containsString("mcp_server_requests_resources_read_seconds_count{"))
                .body(not(containsString("MADEUPMETHOD")))
                .body(not(containsString("made_up_tool")))
                .body(not(containsString("devops://made/up")));
    }

    /// What the document and the alerts name is there under that name.
    @Test
    void whateverIsWrittenOfMetricsExists() throws IOException {
        String told =
                given().header("Authorization", "Bearer " + judged()).get("/q/metrics").asString();
        Set<String> named = new TreeSet<>();
        for (String file : List.of("docs/configuration.md", "deployment/prometheus/alerts.yaml")) {
            METRIC.matcher(Files.readString(Path.of(file)))
                    .results()
                    .forEach(found -> named.add(found.group()));
        }
        // There where a witness is configured.
        named.remove("devopspack_audit_witnessed");

        assertEquals(
                Set.of(),
                named.stream()
                        .filter(name -> !told.contains("\n" + name))
                        .collect(Collectors.toSet()));
        assertTrue(named.contains("devopspack_audit_intact"), named::toString);
    }

    /// An alert over a label that no metric has never fires.
    @Test
    void whateverTheAlertsChooseByExists() throws IOException {
        List<String> told =
                given().header("Authorization", "Bearer " + judged())
                        .get("/q/metrics")
                        .asString()
                        .lines()
                        .toList();
        Set<String> chosen =
                CHOSEN.matcher(Files.readString(Path.of("deployment/prometheus/alerts.yaml")))
                        .results()
                        .map(found -> found.group(1) + " " + found.group(2))
                        .collect(Collectors.toSet());

        assertEquals(
                Set.of(
                        "devopspack_audit_append_seconds_count outcome=\"refused\"",
                        "devopspack_audit_append_seconds_count outcome=\"taken\"",
                        "devopspack_audit_append_seconds_sum outcome=\"taken\""),
                chosen);
        for (String each : chosen) {
            String[] parts = each.split(" ");
            assertTrue(
                    told.stream()
                            .anyMatch(line ->
                                    line.startsWith(parts[0] + "{") && line.contains(parts[1])),
                    each);
        }
    }

    @Test
    void aProbeMayCallByAddress() {
        given().header("Host", "10.20.30.40:8080").get("/q/health/live").then().statusCode(200);
        given().header("Host", "10.20.30.40:8080").get("/q/metrics").then().statusCode(401);
        given().header("Host", "[fd00::1]:8080").get("/q/health/live").then().statusCode(200);
        given().header("Host", "10.20.30.40:8080").get("/").then().statusCode(421);
        given().header("Host", "evil.example").get("/q/health/live").then().statusCode(421);
    }
}
