package dev.devopspack.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devopspack.audit.AuditLog;
import dev.devopspack.audit.StoredEntry;
import dev.devopspack.identity.Role;
import dev.devopspack.testing.TrialToken;
import io.quarkiverse.mcp.server.ToolResponse;
import io.quarkiverse.mcp.server.test.McpAssured;
import io.quarkiverse.mcp.server.test.McpAssured.McpStreamableTestClient;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.MultiMap;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// The security agent as an assistant meets it.
@QuarkusTest
class SecurityAgentTest {

    private static final String OPEN =
            """
            resource "aws_security_group_rule" "ssh" {
              type              = "ingress"
              description       = "SSH"
              security_group_id = "sg-0123456789abcdef0"
              from_port         = 22
              to_port           = 22
              protocol          = "tcp"
              cidr_blocks       = ["0.0.0.0/0"]
            }
            """;

    @Inject TrialToken token;
    @Inject ObjectMapper json;
    @Inject AuditLog log;

    @TestHTTPResource("/")
    URI server;

    @Test
    void aScanAnswersWithPlaceMessageAndMend() {
        Answer answer = call("devops_security", Map.of("input", files("main.tf", OPEN)));

        assertEquals("report", answer.structure().path("outcome").asText());
        assertTrue(
                answer.text()
                        .contains(
                                "critical DP-AWS-SG-001 main.tf:8 aws_security_group_rule.ssh: SSH"
                                        + " (port 22) is open to the whole internet."),
                answer::text);
        assertEquals("DP-AWS-SG-001", answer.structure().at("/report/findings/0/rule").asText());
    }

    @Test
    void theStepsOfHardeningAreAskedForByName() {
        Answer answer =
                call(
                        "devops_security",
                        Map.of(
                                "capability",
                                "hardening_recommendations",
                                "input",
                                files("main.tf", OPEN)));

        assertTrue(answer.text().contains("1. critical DP-AWS-SG-001 at main.tf:8"), answer::text);
    }

    @Test
    void aSecretInAFileIsFoundAndNeitherRepeatedNorKept() {
        String secret = "AKIA" + "Z7Q2M4N6P5R3T5V2";

        Answer answer =
                call(
                        "devops_security",
                        Map.of(
                                "input",
                                files("main.tf", "locals {\n  key = \"" + secret + "\"\n}\n")));

        assertTrue(answer.text().contains("DP-SEC-002 main.tf:2"), answer::text);
        assertFalse((answer.text() + answer.structure()).contains(secret));
        assertFalse(newest().contains(secret));
    }

    @Test
    void aSecretIsAskedForByNameAndOnlyAReferenceComesBack() {
        Map<String, Object> input =
                Map.of(
                        "flow", "cluster",
                        "place", "payments",
                        "name", "over-mcp",
                        "reason", "the payments service connects to its database");

        Answer answer = secretRequest(input);

        JsonNode report = answer.structure().path("report");
        assertEquals("PENDING", report.path("status").asText(), answer::text);
        assertEquals(
                "secret://production/payments/over-mcp#password", report.path("secret").asText());
        assertTrue(report.path("files").isEmpty());

        Answer status = secretRequest(Map.of("request", report.path("request").asText()));
        assertEquals(report, status.structure().path("report"));
        Answer again = secretRequest(input);
        assertTrue(again.isError(), again::text);
        assertTrue(again.text().contains("already"), again::text);
    }

    @Test
    void aValueIsNoInputOfASecretRequest() {
        Answer answer =
                secretRequest(
                        Map.of(
                                "flow", "cluster",
                                "place", "payments",
                                "name", "with-value",
                                "value", "Tr0ub4dor-over-mcp",
                                "reason", "the payments service"));

        assertTrue(answer.isError(), answer::text);
        assertFalse(answer.text().contains("Tr0ub4dor"), answer::text);
        assertFalse(newest().contains("Tr0ub4dor"));
    }

    private Answer secretRequest(Map<String, Object> input) {
        return call(
                "devops_security",
                Map.of(
                        "capability",
                        "secret_request",
                        "environment",
                        "production",
                        "input",
                        input));
    }

    @Test
    void severalTasksAreKeptSoTheyMayHoldNoSecret() {
        String secret = "AKIA" + "Z7Q2M4N6P5R3T5V2";
        Map<String, Object> task =
                Map.of(
                        "type",
                        "devops.security",
                        "input",
                        files("main.tf", "locals {\n  key = \"" + secret + "\"\n}\n"));

        Answer answer = call("devops_pack_manager", Map.of("tasks", List.of(task, task)));

        assertTrue(answer.isError(), answer::text);
        assertTrue(answer.text().contains("/tasks/0/input/files/0/content"), answer::text);
        assertFalse(answer.text().contains(secret));
    }

    /// Files that terraform does not plan: the test client waits ten seconds.
    @Test
    void aStoredChangeSetIsScannedByItsId() {
        String pod =
                """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: web
                spec:
                  containers:
                    - name: web
                      image: registry.example.com/web:1.4.2
                      securityContext:
                        privileged: true
                """;
        Answer submitted =
                call(
                        "change_set_submit",
                        Map.of(
                                "stack", "security/agent",
                                "environment", "staging",
                                "files", List.of(Map.of("name", "pod.yaml", "content", pod))));
        String id = submitted.structure().at("/changeSet/id").asText();

        Answer stored = call("devops_security", Map.of("input", Map.of("change_set_id", id)));
        Answer inline = call("devops_security", Map.of("input", files("pod.yaml", pod)));

        assertTrue(stored.text().contains("critical DP-K8S-POD-001 pod.yaml:10"), stored::text);
        assertEquals(
                inline.structure().at("/report/findings"),
                stored.structure().at("/report/findings"));
    }

    @Test
    void theGuidanceOnSecretsRepeatsNone() {
        String secret = "AKIA" + "Z7Q2M4N6P5R3T5V2";

        Answer answer =
                call(
                        "devops_security",
                        Map.of(
                                "capability",
                                "secret_management",
                                "input",
                                files("main.tf", "locals {\n  key = \"" + secret + "\"\n}\n")));

        assertTrue(
                answer.text().contains("main.tf:2 an AWS access key id. Write instead: `var."),
                answer::text);
        assertFalse((answer.text() + answer.structure()).contains(secret));
    }

    @Test
    void theControlsOfAProfileAreAskedForByName() {
        Answer answer =
                call(
                        "devops_security",
                        Map.of(
                                "capability",
                                "compliance_checking",
                                "input",
                                Map.of(
                                        "profile",
                                        "cis-aws",
                                        "files",
                                        List.of(Map.of("name", "main.tf", "content", OPEN)))));

        assertTrue(
                answer.text().contains("VIOLATED 5.3 Security groups do not open administration"),
                answer::text);
        assertTrue(answer.text().contains("The coverage is"), answer::text);
    }

    @Test
    void aPolicyIsWrittenAsAChangeSetThatSaysWhatWasChecked() {
        Answer answer =
                call(
                        "devops_security",
                        Map.of(
                                "capability",
                                "policy_generation",
                                "input",
                                Map.of(
                                        "format",
                                        "kyverno",
                                        "name",
                                        "hardened-pods",
                                        "constraints",
                                        List.of("no_privileged", "image_versions"))));

        assertEquals("proposal", answer.structure().path("outcome").asText(), answer::text);
        assertEquals(
                "kyverno/hardened-pods.yaml",
                answer.structure().at("/changeSet/files/0/name").asText());
        assertEquals(
                List.of(false, false, false, false),
                answer.structure().path("verdicts").findValuesAsText("status").stream()
                        .map("FAILED"::equals)
                        .toList(),
                answer::text);
        assertEquals(
                "Kyverno itself has not read it.", answer.structure().at("/claims/0").asText());
    }

    @Test
    void plainWordsReachTheAgent() {
        Answer answer =
                call(
                        "devops_pack_manager",
                        Map.of("request", "run a security scan of these files"));

        assertEquals("input_required", answer.structure().path("outcome").asText());
        assertEquals(
                "devops.security", answer.structure().at("/missing/example/task/type").asText());
    }

    private static Map<String, Object> files(String name, String content) {
        return Map.of("files", List.of(Map.of("name", name, "content", content)));
    }

    private record Answer(boolean isError, String text, JsonNode structure) {}

    private Answer call(String tool, Map<String, Object> arguments) {
        String bearer = "Bearer " + token.with(Role.VIEWER, Role.REQUESTER);
        McpStreamableTestClient client =
                McpAssured.newStreamableClient()
                        .setBaseUri(server)
                        .setMcpPath("mcp")
                        .setAdditionalHeaders(message ->
                                MultiMap.caseInsensitiveMultiMap().add("Authorization", bearer))
                        .build()
                        .connect();
        AtomicReference<ToolResponse> answer = new AtomicReference<>();
        client.when().toolsCall(tool, arguments, answer::set).thenAssertResults();
        ToolResponse given = answer.get();
        return new Answer(
                given.isError(),
                given.content().getFirst().asText().text(),
                json.valueToTree(given.structuredContent()));
    }

    /// What the log was told last, by whomever.
    private String newest() {
        long head = log.head().map(StoredEntry::sequence).orElse(0L);
        return log.read(Math.max(0, head - 100), 100).toString();
    }
}
