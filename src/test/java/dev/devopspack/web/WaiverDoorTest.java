package dev.devopspack.web;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.approval.act.Act;
import dev.devopspack.change.Digest;
import dev.devopspack.identity.People;
import dev.devopspack.identity.Role;
import dev.devopspack.testing.CriticalFinding;
import dev.devopspack.testing.PersonAtBrowser;
import dev.devopspack.testing.SubmittedChange;
import dev.devopspack.testing.TrialToken;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// A waiver from a finding on the page to a grant that falls with it, on a real PostgreSQL.
@QuarkusTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // who enrols too often is refused
class WaiverDoorTest {

    @TestHTTPResource("/")
    URI server;

    @Inject People people;
    @Inject TrialToken trial;

    private PersonAtBrowser approver;
    private String token = "";

    @BeforeAll
    void anApproverAndAnAssistant() {
        approver =
                PersonAtBrowser.enrolled(
                        server, people, "Ada Approver", Role.APPROVER, Role.AUDITOR, Role.VIEWER);
        token = trial.with(Role.VIEWER, Role.REQUESTER, Role.PIPELINE);
    }

    @Test
    void whatIsWaivedOpensTheGatesIsSignedAndFallsWithTheWaiver() throws IOException {
        JsonPath submitted = submit();
        String changeSet = submitted.getString("changeSet.id");
        List<Map<String, Object>> open = findings(submitted);
        assertEquals("FAILED", gate(submitted, "gate.security.infra"));

        for (Map<String, Object> finding : open) {
            Response signed = waive(approver, changeSet, finding);
            assertEquals(200, signed.statusCode(), signed.asString());
        }

        JsonPath judged = status(changeSet);
        assertEquals("PASSED", gate(judged, "gate.security.infra"));
        assertEquals("PENDING", judged.getString("approval.status"));
        String text = approver.shownText(changeSet);
        assertTrue(text.startsWith("devops-pack/rendering/v2\n"), text);
        assertTrue(text.contains("WAIVED FINDINGS (" + open.size() + ")"), text);
        assertTrue(text.contains("reason    the controller reads one secret"), text);
        assertTrue(approver.page("/waivers").contains("the controller reads one secret"));

        evidenceHoldsWhatWasSigned(changeSet, open.size());

        String approval = judged.getString("approval.id");
        assertEquals(200, approver.decide(changeSet, approval, "APPROVE").statusCode());
        takeBack();

        SubmittedChange.of(submitted, approval)
                .consume(token)
                .then()
                .statusCode(409)
                .body("error.code", equalTo("WAIVER_ENDED"));
        assertEquals("FAILED", gate(status(changeSet), "gate.security.infra"));
    }

    private void evidenceHoldsWhatWasSigned(String changeSet, int waived) throws IOException {
        byte[] zip =
                given().port(server.getPort())
                        .header("Authorization", "Bearer " + trial.with(Role.AUDITOR))
                        .get("/api/v1/change-sets/" + changeSet + "/evidence.zip")
                        .asByteArray();
        List<JsonObject> waivers = new ArrayList<>();
        try (ZipInputStream files = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry file = files.getNextEntry(); file != null; file = files.getNextEntry()) {
                if (file.getName().startsWith("waivers/")) {
                    waivers.add(
                            new JsonObject(
                                    new String(files.readAllBytes(), StandardCharsets.UTF_8)));
                }
            }
        }
        assertEquals(waived, waivers.size());
        for (JsonObject waiver : waivers) {
            Act act = Act.parse(waiver.getString("signed"));
            assertEquals(Act.Kind.WAIVE, act.kind());
            assertEquals(Digest.ofHash(act.hash()).value(), waiver.getString("act"));
            assertEquals(waiver.getString("rule"), act.fact("rule"));
        }
    }

    @Test
    void nobodyElseWaives() {
        JsonPath submitted = submit();
        String changeSet = submitted.getString("changeSet.id");
        Map<String, Object> finding = findings(submitted).getFirst();
        PersonAtBrowser viewer =
                PersonAtBrowser.enrolled(server, people, "Vera", Role.VIEWER, Role.ADMIN);
        String door = "/change-sets/" + changeSet + "/waivers";

        assertEquals(403, waive(viewer, changeSet, finding).statusCode());
        Doors.areShut(approver, token, door, "/waivers/end");
        assertEquals("FAILED", gate(status(changeSet), "gate.security.infra"));
    }

    @Test
    void aFindingThatIsNotThereIsNotWaived() {
        String changeSet = submit().getString("changeSet.id");

        waive(
                        approver,
                        changeSet,
                        Map.of(
                                "rule", "DP-K8S-RBAC-001",
                                "file", "role.yaml",
                                "resource", "RoleBinding.shop.other",
                                "message", "RoleBinding 'other' binds the anonymous"))
                .then()
                .statusCode(400)
                .body("error.problem", equalTo("this change set has no such open finding"));
    }

    private void takeBack() {
        var ids = Pattern.compile("value=\"(wv-[a-z2-7]{16})\"").matcher(approver.page("/waivers"));
        while (ids.find()) {
            approver.act(
                            "/waivers/end",
                            new JsonObject().put("waiver", ids.group(1)).put("reason", "mended"))
                    .then()
                    .statusCode(200);
        }
    }

    private static Response waive(
            PersonAtBrowser who, String changeSet, Map<String, Object> finding) {
        return who.act(
                "/change-sets/" + changeSet + "/waivers",
                new JsonObject()
                        .put("rule", finding.get("rule"))
                        .put("file", finding.get("file"))
                        .put("resource", finding.get("resource"))
                        .put("finding", finding.get("message"))
                        .put("reason", "the controller reads one secret")
                        .put("until", LocalDate.now(ZoneOffset.UTC).plusDays(30).toString()));
    }

    private static List<Map<String, Object>> findings(JsonPath result) {
        return result.getList("verdicts.find { it.gate == 'gate.security.infra' }.findings");
    }

    private static String gate(JsonPath result, String gate) {
        return result.getString("verdicts.find { it.gate == '" + gate + "' }.status");
    }

    private JsonPath status(String changeSet) {
        return withToken().get("/api/v1/change-sets/" + changeSet).jsonPath();
    }

    private JsonPath submit() {
        String name = "s" + UUID.randomUUID();
        return withToken()
                .contentType("application/json")
                .body(
                        new JsonObject()
                                .put("stack", "waivers/" + name)
                                .put("environment", "production")
                                .put(
                                        "files",
                                        List.of(
                                                new JsonObject()
                                                        .put("name", "role.yaml")
                                                        .put("content", CriticalFinding.BINDING)))
                                .encode())
                .post("/api/v1/change-sets")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private RequestSpecification withToken() {
        return given().header("Authorization", "Bearer " + token);
    }
}
