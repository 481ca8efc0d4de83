package dev.devopspack;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.change.Digest;
import dev.devopspack.identity.Role;
import dev.devopspack.testing.TrialToken;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A runbook over HTTP: the task of `docs/examples` becomes files that gates have judged.
@QuarkusTest
class IncidentRunbookTest {

    private static final RestAssuredConfig YAML =
            RestAssuredConfig.config()
                    .encoderConfig(
                            EncoderConfig.encoderConfig()
                                    .encodeContentTypeAs("application/yaml", ContentType.TEXT));

    @TestHTTPResource("/")
    URI server;

    @Inject TrialToken trial;

    private @Nullable String token;

    @BeforeEach
    void someoneMayAsk() {
        RestAssured.port = server.getPort();
        token = trial.with(Role.VIEWER, Role.REQUESTER);
    }

    @Test
    void theShortTaskBecomesARunbookThatEveryGateHasJudgedForWhatItIs() throws IOException {
        JsonPath answer =
                run(Files.readString(Path.of("docs/examples/incident-runbook.yaml")), 200)
                        .jsonPath();

        Map<String, String> verdicts = new LinkedHashMap<>();
        answer.<Map<String, Object>>getList("verdicts")
                .forEach(v ->
                        verdicts.put(
                                String.valueOf(v.get("gate")),
                                v.get("status") + ": " + v.get("summary") + " / " + v.get("why")));
        assertEquals(
                Map.of(
                        "gate.security.infra",
                        "NOT_APPLICABLE: nothing to judge / the 7 files hold nothing that a rule"
                                + " is about, and no secret",
                        "gate.quality.terraform",
                        "NOT_APPLICABLE: no Terraform / there is no Terraform configuration",
                        "gate.compliance.audit",
                        verdicts.get("gate.compliance.audit"),
                        "gate.approval.production",
                        "NOT_APPLICABLE: no approval needed / it targets no environment and holds no secret"),
                verdicts);
        assertTrue(
                verdicts.get("gate.compliance.audit")
                        .matches("PASSED: 5/5 satisfied, [0-9]+ not applicable, 0 waived / null"),
                verdicts::toString);
        assertNull(answer.get("approval"));
    }

    @Test
    void everyFileCanBeReadAndIsTheOneThatWasJudged() throws IOException {
        JsonPath answer =
                run(Files.readString(Path.of("docs/examples/incident-runbook.yaml")), 200)
                        .jsonPath();
        String id = answer.getString("changeSet.id");

        List<Map<String, Object>> files = answer.getList("changeSet.files");
        assertEquals(7, files.size(), files::toString);
        for (Map<String, Object> file : files) {
            byte[] bytes =
                    given().header("Authorization", "Bearer " + token)
                            .get("/api/v1/change-sets/" + id + "/files/" + file.get("name"))
                            .then()
                            .statusCode(200)
                            .extract()
                            .asByteArray();
            assertEquals(file.get("sha256"), Digest.of(bytes).hex(), file::toString);
        }
    }

    @Test
    void bothNamesOfTheTaskGiveTheSameDigest() {
        String input =
                """
                  input:
                    incident_type: disk_full
                    services: [{name: batch, platform: systemd}]
                    severity: low
                """;

        JsonPath byCapability =
                run(
                                "task:\n  type: devops.incident_response\n"
                                        + "  capability: runbook_generation\n"
                                        + input,
                                200)
                        .jsonPath();
        JsonPath byType = run("task:\n  type: devops.incident_runbook\n" + input, 200).jsonPath();

        assertEquals(
                byCapability.getString("changeSet.digest"), byType.getString("changeSet.digest"));
    }

    @Test
    void aHostileNameIsRefusedWithItsPlace() {
        Response refused =
                run(
                        "type: devops.incident_runbook\ninput: {incident_type: general, services:"
                                + " ['a$(id)']}\n",
                        400);

        assertTrue(
                refused.asString().contains("/input/services/0/name (line 2, column"),
                refused::asString);
    }

    private Response run(String task, int status) {
        Response answer =
                given().config(YAML)
                        .header("Authorization", "Bearer " + token)
                        .contentType("application/yaml")
                        .body(task)
                        .post("/api/v1/tasks");
        assertEquals(status, answer.statusCode(), answer.asString());
        return answer;
    }
}
