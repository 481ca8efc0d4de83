package dev.devopspack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devopspack.audit.AuditLog;
import dev.devopspack.audit.StoredEntry;
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
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Bad input is answered with its place and mend, stores nothing and leaves the server alive.
@QuarkusTest
class HostileInputTest {

    private static final String KEY = "AKIA" + "Z7Q2M4N6P5R3T5V2";

    private static final List<String> TASKS =
            List.of(
                    "",
                    "{",
                    "task: [",
                    "[".repeat(100_000),
                    "a: &a [*a]",
                    "{\"task\":{\"type\":\"devops.terraform\"},\"task\":{}}",
                    "task: {type: devops.nothing}",
                    "task: {type: devops.terraform, input: {provider: aws, token: " + KEY + "}}",
                    "task: {type: devops.terraform, input: {provider: aws, environment: production,"
                            + " resources: [{type: eks_cluster, name: \"a\u202Eb\"}]}}",
                    "task: {type: devops.terraform, input: {provider: aws, environment: production,"
                            + " resources: [{type: eks_cluster, name: '${file(\"/etc/passwd\")}'}]}}",
                    "task: {type: devops.cicd, input: {project_type: go, default_branch: '${{ github.token }}'}}",
                    "task: {type: devops.cicd, input: {project_type: go, environments: ['$(id)']}}",
                    "task: {type: devops.cicd, input: {project_type: go, environments: [\"a\\n  x: y\"]}}",
                    "task: {type: devops.cicd, input: {project_type: python, stages: [deploy]}}",
                    "task: {type: devops.cicd, input: {project_type: java_maven, tasks: {lint: '-Dx; id'}}}",
                    "\u0000");

    @Inject TrialToken token;
    @Inject AuditLog log;
    @Inject ObjectMapper json;

    @TestHTTPResource("/")
    URI server;

    @Test
    void badTasksAreRefusedAndNothingIsStored() throws Exception {
        String bearer = token.with(Role.VIEWER, Role.REQUESTER);
        long head = head();

        for (String task : TASKS) {
            HttpResponse<String> answer = post(bearer, "/api/v1/tasks", "application/yaml", task);
            assertRefused(answer, task);
        }

        assertNoChangeSetAfter(head);
    }

    @Test
    void badFilesAreRefusedAndNothingIsStored() throws Exception {
        String bearer = token.with(Role.VIEWER, Role.REQUESTER);
        long head = head();
        List<List<Map<String, String>>> submissions =
                List.of(
                        List.of(),
                        List.of(file("../main.tf", "x")),
                        List.of(file("/etc/passwd", "x")),
                        List.of(file(".git/hooks/pre-commit", "x")),
                        List.of(file("a\u202Eft.tf", "x")),
                        List.of(file("main.tf", "x"), file("MAIN.tf", "y")),
                        List.of(file("a", "x"), file("a/b.tf", "y")),
                        List.of(file("notes.md", "half a character: \ud83d.")),
                        List.of(file("main.tf", "locals {\n  key = \"" + KEY + "\"\n}\n")));

        for (List<Map<String, String>> files : submissions) {
            String body =
                    json.writeValueAsString(
                            Map.of(
                                    "stack",
                                    "hostile",
                                    "environment",
                                    "production",
                                    "files",
                                    files));
            // As an escape: sent as bytes, half a character would be another one already.
            String sent = body.replace("\ud83d.", "\\ud83d.");
            assertRefused(post(bearer, "/api/v1/change-sets", "application/json", sent), sent);
        }

        assertNoChangeSetAfter(head);
    }

    @Test
    void whatIsNoUtf8IsRefusedRatherThanReplacedByOtherCharacters() throws Exception {
        String bearer = token.with(Role.VIEWER, Role.REQUESTER);
        long head = head();
        byte[] body =
                """
                {"stack": "hostile", "environment": "production",
                 "files": [{"name": "notes.md", "content": "caf\u00e9 %s"}]}
                """
                        .formatted(UUID.randomUUID())
                        .getBytes(StandardCharsets.ISO_8859_1);

        for (String path : List.of("/api/v1/change-sets", "/api/v1/scan")) {
            HttpResponse<String> answer =
                    post(
                            bearer,
                            path,
                            "application/json",
                            HttpRequest.BodyPublishers.ofByteArray(body));
            assertEquals(400, answer.statusCode(), answer.body());
            assertTrue(answer.body().contains("it is not UTF-8"), answer.body());
        }
        HttpResponse<String> task =
                post(
                        bearer,
                        "/api/v1/tasks",
                        "application/yaml",
                        HttpRequest.BodyPublishers.ofByteArray(body));
        assertTrue(task.body().contains("it is not UTF-8"), task.body());
        assertNoChangeSetAfter(head);
    }

    /// The tree that a reader makes of it would write `1.50` as `1.5`, which is another plan.
    @Test
    void aPlanThatIsSentAsAnObjectIsThePlanThatIsSentAsText() throws Exception {
        String bearer = token.with(Role.VIEWER, Role.REQUESTER);
        Set<String> changeSets = new HashSet<>();
        String plan =
                """
                {"format_version": "1.2", "terraform_version": "1.11.4", "planned_values": {"root_module": {}},
                 "resource_changes": [], "configuration": {"root_module": {"variables": {
                   "n": {"default": NUMBER}, "text": {"default": "\\u00e9\\"}, {"}}}}}
                """;
        String files = "\"files\": [{\"name\": \"notes.md\", \"content\": \"a plan\"}]";
        for (String number : List.of("1.50", "1.5", "15e-1", "1.50000000000000000000000001")) {
            String json = plan.replace("NUMBER", number);
            for (String given : List.of(json, this.json.writeValueAsString(json))) {
                String body =
                        """
                        {"claims": ["%s"], "stack": "hostile", "environment": "staging", "planJson": %s, %s}
                        """
                                .formatted("x".repeat(400), given, files);
                HttpResponse<String> answer =
                        post(bearer, "/api/v1/change-sets", "application/json", body);
                assertEquals(200, answer.statusCode(), answer.body());
                changeSets.add(this.json.readTree(answer.body()).at("/changeSet/id").asText());
            }
        }

        assertEquals(4, changeSets.size(), changeSets::toString);
    }

    @Test
    void aNameThatStandsTwiceInAClaimIsRefused() throws Exception {
        String claim =
                """
                {"digest": "sha256:%1$s", "digest": "sha256:%2$s", "environment": "production", "files": {}}
                """
                        .formatted("0".repeat(64), "1".repeat(64));

        HttpResponse<String> answer =
                post(
                        token.with(Role.PIPELINE),
                        "/api/v1/approvals/ap-" + "a".repeat(26) + "/consume",
                        "application/json",
                        claim);

        assertEquals(400, answer.statusCode(), answer.body());
        assertTrue(answer.body().contains("a name stands twice"), answer.body());
    }

    private static Map<String, String> file(String name, String content) {
        return Map.of("name", name, "content", content);
    }

    private void assertRefused(HttpResponse<String> answer, String what) throws IOException {
        String shown = what.substring(0, Math.min(80, what.length()));
        assertEquals(4, answer.statusCode() / 100, shown + " → " + answer.body());
        assertTrue(
                !json.readTree(answer.body()).at("/error/mend").asText().isEmpty(),
                shown + " → " + answer.body());
        assertTrue(!answer.body().contains(KEY), "the secret is repeated");
    }

    private void assertNoChangeSetAfter(long head) {
        List<String> kinds =
                log.read(head, 500).stream().map(stored -> stored.entry().kind()).toList();
        assertTrue(!kinds.contains("change_set.stored"), kinds::toString);
        assertTrue(
                log.read(head, 500).stream()
                        .map(StoredEntry::leaf)
                        .noneMatch(leaf -> leaf.contains(KEY)));
    }

    private long head() {
        return log.head().map(StoredEntry::sequence).orElse(0L);
    }

    private HttpResponse<String> post(String bearer, String path, String type, String body)
            throws Exception {
        return post(bearer, path, type, HttpRequest.BodyPublishers.ofString(body));
    }

    private HttpResponse<String> post(
            String bearer, String path, String type, HttpRequest.BodyPublisher body)
            throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(server.resolve(path))
                            .header("Authorization", "Bearer " + bearer)
                            .header("Content-Type", type)
                            .POST(body)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }
}
