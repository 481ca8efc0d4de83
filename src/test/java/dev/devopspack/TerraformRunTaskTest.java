package dev.devopspack;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.identity.People;
import dev.devopspack.identity.Role;
import dev.devopspack.testing.EnforcedProfile;
import dev.devopspack.testing.PersonAtBrowser;
import dev.devopspack.testing.StandIn;
import dev.devopspack.testing.SubmittedChange;
import dev.devopspack.testing.TrialToken;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// A run of HCP Terraform asks before it applies; a stand-in plays its server.
@QuarkusTest
@TestProfile(EnforcedProfile.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TerraformRunTaskTest {

    private static final String PLAN = "GET /api/v2/plans/plan-6AFmRJW1PFJ7qbAh/json-output";
    private static final String STORED = "GET /storage/plan";
    private static final String CALLBACK = "PATCH /api/v2/task-results/5ea8d46c-2ceb/callback";

    @TestHTTPResource("/")
    URI server;

    @Inject People people;
    @Inject TrialToken trial;

    private final int port = EnforcedProfile.port();

    private StandIn terraform;
    private PersonAtBrowser approver;
    private int number;

    @BeforeAll
    void terraformAndAnApprover() throws IOException {
        RestAssured.port = server.getPort();
        terraform = new StandIn(port);
        terraform.answer(CALLBACK, StandIn.Answer.ok("{}"));
        approver =
                PersonAtBrowser.enrolled(server, people, "Tea Example", Role.APPROVER, Role.VIEWER);
        approver.signIn();
    }

    @AfterEach
    void forget() {
        terraform.soFar();
    }

    @AfterAll
    void close() {
        terraform.close();
    }

    /// A plan of this test alone, made at some second.
    private String plan(int second) {
        return """
        {"format_version": "1.2", "terraform_version": "1.11.4",
         "variables": {"release": {"value": "r%d"}},
         "planned_values": {"root_module": {}},
         "resource_changes": [],
         "configuration": {"root_module": {"variables": {"release": {}}}},
         "timestamp": "2026-11-26T10:00:%02dZ"}
        """
                .formatted(number, second);
    }

    private SubmittedChange submitted() {
        number++;
        String file =
                """
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: plan-%d
                  namespace: network
                """
                        .formatted(number);
        return SubmittedChange.submitted(
                trial.with(Role.REQUESTER),
                "network/production",
                Map.of("config.yaml", file),
                new JsonObject().put("planJson", plan(1)));
    }

    private JsonObject question(String run) {
        String base = "http://localhost:" + port;
        return new JsonObject()
                .put("payload_version", 1)
                .put("access_token", "run.token")
                .put("stage", "post_plan")
                .put("organization_name", "acme")
                .put("workspace_name", "network-production")
                .put("run_id", run)
                .put("plan_json_api_url", base + PLAN.substring("GET ".length()))
                .put("task_result_callback_url", base + CALLBACK.substring("PATCH ".length()));
    }

    private static int sent(JsonObject question, String secret) {
        String body = question.encode();
        return given().header(
                        "X-TFC-Task-Signature", EnforcedProfile.hmac("HmacSHA512", secret, body))
                .contentType("application/json")
                .body(body)
                .post("/hooks/terraform/hcp")
                .statusCode();
    }

    /// What the run is told, after its plan was fetched.
    private JsonObject answer(String run) throws InterruptedException {
        assertEquals(200, sent(question(run), EnforcedProfile.SECRET));
        StandIn.Asked asked = next();
        while (!asked.what().equals(CALLBACK)) {
            asked = next();
        }
        assertEquals("Bearer run.token", asked.authorization());
        return new JsonObject(asked.body()).getJsonObject("data").getJsonObject("attributes");
    }

    private static String said(JsonObject answer) {
        return answer.getString("status") + ": " + answer.getString("message");
    }

    @Test
    void aRunGoesOnWhenPeopleApprovedItsPlan() throws InterruptedException {
        SubmittedChange change = submitted();
        terraform.answer(PLAN, StandIn.Answer.ok(plan(30)));

        JsonObject early = answer("run-1");
        assertEquals(
                "failed: People have not decided yet. Start the run again afterwards.",
                said(early));
        assertTrue(early.getString("url").endsWith("/change-sets/" + change.changeSet()));

        change.approvedBy(approver);
        assertEquals("passed: People approved exactly this plan.", said(answer("run-2")));
        assertEquals("passed: People approved exactly this plan.", said(answer("run-2")));
        assertEquals("failed: The grant was used before.", said(answer("run-3")));
    }

    @Test
    void aRunGoesOnWhenPeopleApprovedItsPlanTogetherWithOthers() throws InterruptedException {
        submitted().approvedTogetherBy(approver, trial);
        terraform.answer(PLAN, StandIn.Answer.ok(plan(30)));

        assertEquals("passed: People approved exactly this plan.", said(answer("run-8")));
        assertEquals("failed: The grant was used before.", said(answer("run-9")));
    }

    @Test
    void anotherPlanIsAnotherPlan() throws InterruptedException {
        submitted().approvedBy(approver);
        terraform.answer(
                PLAN,
                StandIn.Answer.ok(
                        plan(1).replace(
                                        "{\"release\": {}}",
                                        "{\"release\": {\"default\": \"x\"}}")));

        assertTrue(said(answer("run-4")).startsWith("failed: Nobody has submitted this plan."));
        terraform.answer(PLAN, StandIn.Answer.ok("{}"));
        assertTrue(said(answer("run-4")).startsWith("failed: The plan cannot be read"));
        terraform.answer(PLAN, StandIn.Answer.status(500));
        assertTrue(said(answer("run-4")).startsWith("failed: The plan cannot be had"));
    }

    @Test
    void aPlanMayLieInTheConfiguredStorageAndNowhereElse() throws InterruptedException {
        submitted().approvedBy(approver);
        terraform.answer(STORED, StandIn.Answer.ok(plan(2)));
        terraform.answer(
                PLAN,
                new StandIn.Answer(
                        307, "", Map.of("Location", "http://127.0.0.1:" + port + "/storage/plan")));

        assertEquals(200, sent(question("run-5"), EnforcedProfile.SECRET));
        assertEquals(PLAN, next().what());
        StandIn.Asked stored = next();
        assertEquals(STORED, stored.what());
        assertNull(stored.authorization());
        assertTrue(next().body().contains("passed"));

        terraform.answer(
                PLAN,
                new StandIn.Answer(
                        307, "", Map.of("Location", "http://localhost:" + port + "/storage/plan")));
        assertEquals(
                "failed: The plan cannot be had: the server leads to another address than the"
                        + " configured storage",
                said(answer("run-6")));
    }

    /// Deployments of other tests may still wait for another stand-in.
    private List<StandIn.Asked> asked() {
        return terraform.soFar().stream()
                .filter(asked -> asked.what().contains("/api/v2/"))
                .toList();
    }

    private StandIn.Asked next() throws InterruptedException {
        StandIn.Asked asked = terraform.next();
        while (asked.what().startsWith("POST ")) {
            asked = terraform.next();
        }
        return asked;
    }

    @Test
    void thePlatformsTestIsTakenAndAnswersNothing() {
        JsonObject test =
                new JsonObject()
                        .put("payload_version", 1)
                        .put("access_token", "test-token")
                        .put("organization_name", "test-org");

        assertEquals(200, sent(test, EnforcedProfile.SECRET));
        assertEquals(List.of(), asked());
    }

    @Test
    void onlyThePlatformAsksAndOnlyTheConfiguredServerIsAnswered() {
        JsonObject question = question("run-7");

        assertEquals(403, sent(question, "0123456789abcdef0123456789abcdeX"));
        for (String name : List.of("plan_json_api_url", "task_result_callback_url")) {
            String right = question.getString(name);
            for (String wrong :
                    List.of(
                            right.replace("localhost", "localhost.evil.example"),
                            right.replace("http://localhost:" + port, "https://evil.example"),
                            right.replace(":" + port, ":" + port + "@evil.example"),
                            right.replace("/api/v2/", "/api/v2/../../"),
                            right + "?x=1")) {
                assertEquals(
                        400, sent(question.copy().put(name, wrong), EnforcedProfile.SECRET), wrong);
            }
        }
        assertEquals(400, sent(question.copy().put("run_id", "run-1\n"), EnforcedProfile.SECRET));
        assertEquals(List.of(), asked());
    }
}
