package dev.devopspack;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
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
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// GitHub holds a deployment and asks; a stand-in plays GitHub's API.
@QuarkusTest
@TestProfile(EnforcedProfile.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GitHubProtectionTest {

    private static final String TOKEN = "POST /app/installations/7/access_tokens";
    private static final String EVENT = "deployment_protection_rule";

    @TestHTTPResource("/")
    URI server;

    @Inject People people;
    @Inject TrialToken trial;

    private final int port = EnforcedProfile.port();

    private StandIn gitHub;
    private PersonAtBrowser approver;
    private int run = 100;
    private String repository = "payments";

    @BeforeAll
    void gitHubAndAnApprover() throws IOException {
        RestAssured.port = server.getPort();
        gitHub = new StandIn(port);
        gitHub.answer(TOKEN, StandIn.Answer.ok("{\"token\": \"ghs_test\"}"));
        approver =
                PersonAtBrowser.enrolled(server, people, "Gil Example", Role.APPROVER, Role.VIEWER);
        approver.signIn();
    }

    @AfterEach
    void forget() {
        gitHub.soFar();
    }

    @AfterAll
    void close() {
        gitHub.close();
    }

    private static String commit() {
        return UUID.randomUUID().toString().replace("-", "") + "01234567";
    }

    private SubmittedChange submitted(String commit) {
        return submitted(commit, "payments");
    }

    private SubmittedChange submitted(String commit, String repository) {
        String file =
                """
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: release-%s
                  namespace: payments
                """
                        .formatted(commit.substring(0, 8));
        return SubmittedChange.submitted(
                trial.with(Role.REQUESTER),
                repository + "/production",
                Map.of("config.yaml", file),
                new JsonObject()
                        .put("repository", "https://github.com/acme/" + repository)
                        .put("commit", commit));
    }

    /// A deployment of the commit by a run of its own, which GitHub takes answers about.
    private JsonObject deployment(String commit) {
        return deployment(commit, "payments");
    }

    private JsonObject deployment(String commit, String name) {
        run++;
        repository = name;
        return sameRun(commit);
    }

    /// A deployment of the commit by the run that deployed last.
    private JsonObject sameRun(String commit) {
        gitHub.answer(callback(), StandIn.Answer.status(204));
        runIs(".github/workflows/deploy.yml", commit);
        return new JsonObject()
                .put("action", "requested")
                .put("environment", "production")
                .put(
                        "deployment_callback_url",
                        "http://localhost:" + port + callback().substring("POST ".length()))
                .put("deployment", new JsonObject().put("sha", commit))
                .put("repository", new JsonObject().put("full_name", "acme/" + repository))
                .put("installation", new JsonObject().put("id", 7));
    }

    /// What GitHub says about the run that deployed last.
    private void runIs(String workflow, String commit) {
        gitHub.answer(
                askedAboutRun(),
                StandIn.Answer.ok(
                        new JsonObject().put("path", workflow).put("head_sha", commit).encode()));
    }

    private String askedAboutRun() {
        return callback().replace("POST ", "GET ").replace("/deployment_protection_rule", "");
    }

    private String callback() {
        return "POST /repos/acme/"
                + repository
                + "/actions/runs/"
                + run
                + "/deployment_protection_rule";
    }

    private static Response sent(JsonObject event, String delivery, String kind, String secret) {
        String body = event.encode();
        return given().header("X-GitHub-Delivery", delivery)
                .header("X-GitHub-Event", kind)
                .header(
                        "X-Hub-Signature-256",
                        "sha256=" + EnforcedProfile.hmac("HmacSHA256", secret, body))
                .contentType("application/json")
                .body(body)
                .post("/hooks/github/main");
    }

    private static int sent(JsonObject event) {
        return sent(event, UUID.randomUUID().toString(), EVENT, EnforcedProfile.SECRET)
                .statusCode();
    }

    /// What GitHub is told next of this test's deployment.
    private JsonObject told() throws InterruptedException {
        StandIn.Asked asked = gitHub.next();
        // Deployments of other tests may still wait for their answer.
        while (!asked.what().equals(callback())) {
            if (asked.what().equals(TOKEN)) {
                assertTrue(String.valueOf(asked.authorization()).startsWith("Bearer eyJ"));
            }
            asked = gitHub.next();
        }
        assertEquals("Bearer ghs_test", asked.authorization());
        return new JsonObject(asked.body());
    }

    private String page(SubmittedChange change) {
        return "/change-sets/" + change.changeSet();
    }

    private String status(SubmittedChange change) {
        return given().header("Authorization", "Bearer " + trial.with(Role.VIEWER))
                .get("/api/v1/approvals/" + change.approval())
                .jsonPath()
                .getString("status");
    }

    @Test
    void aDeploymentWaitsForPeopleAndGoesOnWhenTheyApproved() throws InterruptedException {
        String commit = commit();
        SubmittedChange change = submitted(commit);
        assertEquals(202, sent(deployment(commit)));

        JsonObject waiting = told();
        assertEquals(Set.of("environment_name", "comment"), waiting.fieldNames());
        assertTrue(waiting.getString("comment").endsWith(page(change)), waiting::encode);

        change.approvedBy(approver);
        JsonObject answer = told();
        assertEquals("approved", answer.getString("state"));
        assertEquals("production", answer.getString("environment_name"));
        assertEquals("CONSUMED", status(change));
    }

    @Test
    void anApprovalLetsOneDeploymentOfItsCommitGoOn() throws InterruptedException {
        String commit = commit();
        submitted(commit).approvedBy(approver);

        sent(deployment(commit));
        assertEquals("approved", told().getString("state"));
        sent(deployment(commit));
        JsonObject second = told();
        assertEquals("rejected", second.getString("state"));
        assertTrue(second.getString("comment").startsWith("The grant was used before"));
        sent(deployment(commit()));
        assertTrue(told().getString("comment").startsWith("Nobody has submitted a change set"));
    }

    @Test
    void whatFailedMayBeUndoneWhereTheJobItselfUsesTheGrant() throws InterruptedException {
        for (String outcome : List.of("failed", "unknown", "succeeded")) {
            String commit = commit();
            SubmittedChange change = submitted(commit, "checked").approvedBy(approver);

            sent(deployment(commit, "checked"));
            assertEquals("approved", told().getString("state"));
            assertEquals("APPROVED", status(change));
            String pipeline = trial.with(Role.PIPELINE);
            step(change, pipeline, "consume", change.claim());
            sent(sameRun(commit));
            assertEquals("approved", told().getString("state"));
            step(change, pipeline, "outcome", new JsonObject().put("outcome", outcome).encode());
            sent(sameRun(commit));
            JsonObject undoing = told();

            assertEquals(
                    outcome.equals("succeeded") ? "rejected" : "approved",
                    undoing.getString("state"),
                    undoing::encode);
        }
    }

    /// Whoever can start a workflow can start another one of the same commit: it carries nothing
    /// that people approved.
    @Test
    void anotherRunOfTheCommitDeploysNothingAfterTheGrantWasUsed() throws InterruptedException {
        String commit = commit();
        SubmittedChange change = submitted(commit, "checked").approvedBy(approver);
        sent(deployment(commit, "checked"));
        assertEquals("approved", told().getString("state"));
        int first = run;
        String pipeline = trial.with(Role.PIPELINE);
        step(change, pipeline, "consume", change.claim());

        sent(deployment(commit, "checked"));
        assertNotByThisRun(told());
        step(change, pipeline, "outcome", new JsonObject().put("outcome", "failed").encode());
        // Its first refusal opens nothing for it, and neither does the run that may undo.
        sent(sameRun(commit));
        assertNotByThisRun(told());

        run = first;
        sent(sameRun(commit));
        assertEquals("approved", told().getString("state"));
        sent(sameRun(commit()));
        assertTrue(told().getString("comment").startsWith("Nobody has submitted a change set"));
    }

    /// Before the grant is used as well as after: of the commit that people approved, but with a
    /// job that asks nobody.
    @Test
    void onlyTheRulesWorkflowsGoOnWhereTheJobItselfUsesTheGrant() throws InterruptedException {
        String commit = commit();
        SubmittedChange change = submitted(commit, "checked").approvedBy(approver);

        for (String other :
                List.of(
                        ".github/workflows/other.yml",
                        ".github/workflows/deploy.yml.yml",
                        ".github/workflows/deploy.yml@x.yml",
                        ".github/workflows/deploy.yml@x.yaml",
                        "acme/other/.github/workflows/deploy.yml@main",
                        "")) {
            JsonObject event = deployment(commit, "checked");
            runIs(other, commit);
            sent(event);
            JsonObject refused = told();
            assertEquals("rejected", refused.getString("state"), other);
            assertEquals(
                    "The rule lets runs of .github/workflows/deploy.yml and"
                            + " .github/workflows/rollback.yml go on, and this is another workflow",
                    refused.getString("comment").split(": http")[0]);
        }
        JsonObject older = deployment(commit, "checked");
        runIs(".github/workflows/deploy.yml", commit());
        sent(older);
        JsonObject refused = told();
        assertEquals("rejected", refused.getString("state"));
        assertTrue(refused.getString("comment").contains("was read at another commit"));
        JsonObject gone = deployment(commit, "checked");
        gitHub.answer(askedAboutRun(), StandIn.Answer.status(404));
        sent(gone);
        assertEquals("rejected", told().getString("state"));

        for (String known :
                List.of(".github/workflows/rollback.yml", ".github/workflows/deploy.yml@main")) {
            JsonObject event = deployment(commit, "checked");
            runIs(known, commit);
            sent(event);
            assertEquals("approved", told().getString("state"), known);
        }
        step(change, trial.with(Role.PIPELINE), "consume", change.claim());
        JsonObject undoing = sameRun(commit);
        runIs(".github/workflows/other.yml", commit);
        sent(undoing);
        assertEquals("rejected", told().getString("state"));
    }

    @Test
    void aDeploymentWaitsWhileGitHubDoesNotTellWhichWorkflowRuns() throws InterruptedException {
        for (StandIn.Answer silent :
                List.of(
                        StandIn.Answer.status(403),
                        StandIn.Answer.ok("{}"),
                        StandIn.Answer.ok("not JSON"))) {
            String commit = commit();
            submitted(commit, "checked").approvedBy(approver);
            JsonObject event = deployment(commit, "checked");
            gitHub.answer(askedAboutRun(), silent);
            sent(event);
            String asked = gitHub.next().what();
            while (!asked.equals(askedAboutRun())) {
                assertNotEquals(callback(), asked);
                asked = gitHub.next().what();
            }

            runIs(".github/workflows/deploy.yml", commit);

            assertEquals("approved", told().getString("state"));
        }
    }

    private static void assertNotByThisRun(JsonObject answer) {
        assertEquals("rejected", answer.getString("state"));
        assertTrue(
                answer.getString("comment")
                        .startsWith("The grant was used before, and not by this run: "),
                answer::encode);
    }

    private static void step(SubmittedChange change, String token, String step, String body) {
        given().header("Authorization", "Bearer " + token)
                .contentType("application/json")
                .body(body)
                .post("/api/v1/approvals/" + change.approval() + "/" + step)
                .then()
                .statusCode(200);
    }

    @Test
    void anApprovalTogetherWithOthersLetsOneDeploymentGoOnToo() throws InterruptedException {
        String commit = commit();
        SubmittedChange change = submitted(commit).approvedTogetherBy(approver, trial);

        sent(deployment(commit));
        assertEquals("approved", told().getString("state"));
        assertEquals("CONSUMED", status(change));
        sent(deployment(commit));
        assertEquals("rejected", told().getString("state"));
    }

    @Test
    void whatPeopleDenyIsRejected() throws InterruptedException {
        String commit = commit();
        SubmittedChange change = submitted(commit);
        approver.decide(change.changeSet(), change.approval(), "DENY").then().statusCode(200);

        sent(deployment(commit));

        assertEquals("rejected", told().getString("state"));
    }

    @Test
    void gitHubIsToldOnceItIsThereAgain() throws InterruptedException {
        String commit = commit();
        submitted(commit).approvedBy(approver);
        JsonObject deployment = deployment(commit);
        gitHub.answer(callback(), StandIn.Answer.status(502));
        sent(deployment);
        assertEquals("approved", told().getString("state"));

        gitHub.answer(callback(), StandIn.Answer.status(204));

        assertEquals("approved", told().getString("state"));
    }

    @Test
    void anEventCountsOnceAndOnlyFromGitHub() {
        JsonObject deployment = deployment(commit());
        String delivery = UUID.randomUUID().toString();

        assertEquals(
                List.of(403, 202, 409, 204, 403),
                List.of(
                        sent(deployment, delivery, EVENT, "0123456789abcdef0123456789abcdeX")
                                .statusCode(),
                        sent(deployment, delivery, EVENT, EnforcedProfile.SECRET).statusCode(),
                        sent(deployment, delivery, EVENT, EnforcedProfile.SECRET).statusCode(),
                        sent(deployment, "x", "ping", EnforcedProfile.SECRET).statusCode(),
                        given().contentType("application/json")
                                .body(deployment.encode())
                                .post("/hooks/github/main")
                                .statusCode()));
    }

    @Test
    void nobodyButTheConfiguredServerIsAnswered() {
        JsonObject deployment = deployment(commit());
        String right = deployment.getString("deployment_callback_url");

        for (String wrong :
                List.of(
                        "https://evil.example/repos/acme/payments/actions/runs/1/deployment_protection_rule",
                        right.replace("localhost", "localhost.evil.example"),
                        right.replace(
                                "http://localhost:" + port,
                                "http://localhost:" + port + "@evil.example"),
                        right.replace("acme/payments", "acme/other"),
                        right.replace("/runs/", "/runs/../../../../"),
                        right + "?to=https://evil.example",
                        right.replace("localhost", "127.0.0.1"))) {
            assertEquals(400, sent(deployment.copy().put("deployment_callback_url", wrong)), wrong);
        }
        assertEquals(400, sent(deployment.copy().put("action", "created")));
        assertEquals(
                List.of(),
                gitHub.soFar().stream().filter(asked -> asked.what().equals(callback())).toList());
    }
}
