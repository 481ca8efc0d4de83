package dev.devopspack.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devopspack.identity.Role;
import dev.devopspack.testing.Golden;
import dev.devopspack.testing.TrialToken;
import io.quarkiverse.mcp.server.test.McpAssured;
import io.quarkiverse.mcp.server.test.McpAssured.McpStreamableTestClient;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.MultiMap;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@QuarkusTest
class McpFrontDoorTest {

    private static final Map<String, Object> EKS =
            Map.of(
                    "provider",
                    "aws",
                    "resources",
                    List.of(Map.of("type", "eks_cluster", "name", "production", "node_count", 3)),
                    "environment",
                    "production");

    private static final String URL_RULE = "DP-SEC-005";

    @Inject TrialToken token;
    @Inject ObjectMapper json;

    private @Nullable String secret;

    @TestHTTPResource("/")
    URI server;

    @Test
    void theTaskBecomesAGatedChangeSetThatWaitsForAPerson() {
        JsonNode result = call("devops_terraform", Map.of("input", EKS));

        assertEquals("proposal", result.path("outcome").asText());
        assertEquals(
                List.of("PASSED", "PASSED", "PASSED", "WAITING"),
                result.path("verdicts").findValuesAsText("status"));
        assertEquals("PENDING", result.path("approval").path("status").asText());
        assertTrue(
                result.path("plan").path("counts").path("create").asInt() > 25, result::toString);
    }

    @Test
    void theSameTaskGivesTheSameDigest() {
        JsonNode first = call("devops_terraform", Map.of("input", EKS));
        JsonNode second = call("devops_terraform", Map.of("input", EKS));

        assertEquals(
                first.path("changeSet").path("digest"), second.path("changeSet").path("digest"));
        assertEquals(first.path("approval").path("id"), second.path("approval").path("id"));
    }

    @Test
    void aPipelineIsAskedForByItsTypeAlone() {
        JsonNode brief =
                call(
                        "devops_cicd",
                        Map.of("input", Map.of("project_type", "typescript_fullstack")));
        JsonNode whole =
                call(
                        "devops_cicd",
                        Map.of(
                                "input",
                                Map.of(
                                        "project_type",
                                        "typescript_fullstack",
                                        "platform",
                                        "github_actions",
                                        "stages",
                                        List.of("lint", "test", "build", "deploy"),
                                        "environments",
                                        List.of("staging", "production"))));

        assertEquals(
                List.of("PASSED", "NOT_APPLICABLE", "PASSED", "WAITING"),
                whole.path("verdicts").findValuesAsText("status"),
                whole::toString);
        assertEquals("production", whole.path("changeSet").path("environment").asText());
        assertEquals(
                whole.path("changeSet").path("digest"), brief.path("changeSet").path("digest"));
    }

    @Test
    void aWrongInputIsAnsweredWithPlaceMendAndExample() {
        JsonNode answer =
                answer(
                        "devops_terraform",
                        Map.of(
                                "input",
                                Map.of(
                                        "provider",
                                        "aws",
                                        "resources",
                                        List.of(
                                                Map.of(
                                                        "type",
                                                        "eks_clutser",
                                                        "name",
                                                        "production"))),
                                "environment",
                                "production"));

        String text = answer.path("content").path(0).path("text").asText();
        assertTrue(answer.path("isError").asBoolean());
        assertTrue(text.contains("/input/resources/0/type"), text);
        assertTrue(text.contains("eks_cluster"), text);
        assertTrue(text.contains("Example:"), text);
    }

    @Test
    void aLiteralSecretIsRefusedAndNotRepeated() {
        String secret = "AKIA" + "Z7Q2M4N6P5R3T5V2";

        JsonNode answer = answer("devops_terraform", Map.of("input", Map.of("access_key", secret)));

        assertTrue(answer.path("isError").asBoolean());
        assertTrue(
                answer.path("content").path(0).path("text").asText().contains("/input/access_key"));
        assertFalse(answer.toString().contains(secret));
    }

    @Test
    void filesThatAnAssistantWroteGoThroughTheSameGates() {
        String open =
                """
                terraform {
                  required_version = ">= 1.10"
                  required_providers {
                    aws = {
                      source  = "hashicorp/aws"
                      version = "~> 6.0"
                    }
                  }
                }

                resource "aws_security_group" "web" {
                  name        = "web"
                  description = "Web servers"

                  ingress {
                    description = "SSH"
                    from_port   = 22
                    to_port     = 22
                    protocol    = "tcp"
                    cidr_blocks = ["0.0.0.0/0"]
                  }
                }
                """;

        JsonNode result =
                call(
                        "change_set_submit",
                        Map.of(
                                "stack", "web/production",
                                "environment", "production",
                                "files", List.of(Map.of("name", "main.tf", "content", open))));

        JsonNode security = result.path("verdicts").path(0);
        assertEquals("FAILED", security.path("status").asText());
        assertEquals(
                Set.of("aws_security_group.web"),
                Set.copyOf(security.path("findings").findValuesAsText("resource")),
                security::toString);
        assertTrue(
                security.path("findings").findValuesAsText("rule").contains("DP-AWS-SG-001"),
                security::toString);
        assertTrue(result.path("approval").isMissingNode());
    }

    @Test
    void gatesJudgeInlineFilesWithoutStoringThem() {
        int before = call("change_set_list", Map.of("limit", 100)).path("changeSets").size();

        JsonNode verdict =
                call(
                        "gate_quality_terraform",
                        Map.of("files", List.of(Map.of("name", "main.tf", "content", "locals {"))));

        assertEquals("FAILED", verdict.path("status").asText());
        assertEquals(
                before, call("change_set_list", Map.of("limit", 100)).path("changeSets").size());
    }

    @Test
    void statusFilesAndAuditTellOfTheSameChangeSet() {
        JsonNode result = call("devops_terraform", Map.of("input", EKS));
        String id = result.path("changeSet").path("id").asText();

        JsonNode status = call("change_set_status", Map.of("change_set_id", id));
        JsonNode files =
                call(
                        "change_set_files",
                        Map.of("change_set_id", id, "names", List.of("versions.tf")));
        JsonNode entries = call("audit_search", Map.of("change_set_id", id));

        assertEquals(result.path("changeSet"), status.path("changeSet"));
        assertTrue(
                files.path("files").path(0).path("content").asText().contains("required_version"));
        assertTrue(
                entries.path("entries").findValuesAsText("kind").contains("change_set.stored"),
                entries::toString);
    }

    @Test
    void aFileIsReadAsAResource() {
        JsonNode result = call("devops_terraform", Map.of("input", EKS));
        String id = result.path("changeSet").path("id").asText();
        AtomicReference<String> text = new AtomicReference<>();

        client().when()
                .resourcesRead(
                        "devops://change-sets/" + id + "/files/versions.tf",
                        response -> text.set(response.firstContents().asText().text()))
                .thenAssertResults();

        assertTrue(text.get().contains("required_version"));
    }

    @Test
    void aLongPlanIsToldInShortAndReadWholeAsAResource() throws IOException {
        JsonNode answer = answer("devops_terraform", Map.of("input", EKS));
        String id = answer.at("/structuredContent/changeSet/id").asText();

        JsonNode told = answer.at("/structuredContent/plan");
        JsonNode whole = resource("devops://change-sets/" + id + "/plan");

        assertEquals(whole.path("counts"), told.path("counts"));
        assertEquals(
                whole.path("changes").findValuesAsText("address"),
                told.path("changes").findValuesAsText("address"));
        assertEquals(List.of(), told.path("changes").findValues("attributes"));
        assertTrue(whole.path("changes").findValuesAsText("path").contains("retention_in_days"));
        assertTrue(
                answer.path("content")
                        .findValuesAsText("uri")
                        .contains("devops://change-sets/" + id + "/plan"),
                answer::toString);
        assertEquals(
                -32002,
                post("resources/read", Map.of("uri", "devops://change-sets/cs-none/plan"))
                        .at("/error/code")
                        .asInt());
    }

    @Test
    void theCatalogueAndARuleCanBeReadUp() throws IOException {
        JsonNode catalogue = resource("devops://catalogue");
        JsonNode rule = resource("devops://rules/" + URL_RULE);

        assertEquals(
                "configuration_generation",
                catalogue.at("/agents").findValuesAsText("name").stream()
                        .filter(name -> name.equals("configuration_generation"))
                        .findFirst()
                        .orElse("none"));
        assertEquals(URL_RULE, rule.path("id").asText());
        assertFalse(rule.path("mend").asText().isEmpty());
        assertTrue(
                resource("devops://audit/checkpoint").path("key").asText().contains("+"),
                "the key that verifies it");
        assertEquals(
                -32002,
                post("resources/read", Map.of("uri", "devops://rules/NONE"))
                        .at("/error/code")
                        .asInt());
    }

    private JsonNode resource(String uri) throws IOException {
        return json.readTree(
                send("resources/read", Map.of("uri", uri)).at("/contents/0/text").asText());
    }

    @Test
    void theSurfaceIsAsWrittenDown() throws IOException {
        JsonNode tools = send("tools/list", Map.of());

        Golden.assertMatches(
                "mcp/tools.json",
                json.writerWithDefaultPrettyPrinter().writeValueAsString(tools) + "\n");
        Golden.assertDocument(
                "tools.md",
                ToolReference.of(
                        tools,
                        send("prompts/list", Map.of()),
                        send("resources/list", Map.of()),
                        send("resources/templates/list", Map.of())));
    }

    private JsonNode call(String tool, Map<String, Object> arguments) {
        JsonNode answer = answer(tool, arguments);
        assertFalse(answer.path("isError").asBoolean(true), answer::toString);
        return answer.path("structuredContent");
    }

    private JsonNode answer(String tool, Map<String, Object> arguments) {
        return send("tools/call", Map.of("name", tool, "arguments", arguments));
    }

    /// Judging with the real terraform may take longer than the test client waits.
    private JsonNode send(String method, Map<String, Object> parameters) {
        return post(method, parameters).path("result");
    }

    private JsonNode post(String method, Map<String, Object> parameters) {
        String body =
                new io.vertx.core.json.JsonObject()
                        .put("jsonrpc", "2.0")
                        .put("id", 1)
                        .put("method", method)
                        .put("params", parameters)
                        .encode();
        HttpRequest request =
                HttpRequest.newBuilder(server.resolve("/mcp"))
                        .timeout(Duration.ofMinutes(3))
                        .header("Authorization", bearer())
                        .header("Content-Type", "application/json")
                        .header("Accept", "application/json, text/event-stream")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            String text = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
            return json.readTree(text.substring(text.indexOf('{')));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// One token for all calls of a test: the requester is part of what is digested.
    private String bearer() {
        if (secret == null) {
            secret = token.with(Role.VIEWER, Role.REQUESTER, Role.AUDITOR);
        }
        return "Bearer " + secret;
    }

    private McpStreamableTestClient client() {
        String bearer = bearer();
        return McpAssured.newStreamableClient()
                .setBaseUri(server)
                .setMcpPath("mcp")
                .setAdditionalHeaders(
                        message -> MultiMap.caseInsensitiveMultiMap().add("Authorization", bearer))
                .build()
                .connect();
    }
}
