package dev.devopspack;

import static dev.devopspack.testing.PipelinePlatform.with;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.identity.People;
import dev.devopspack.identity.Role;
import dev.devopspack.testing.Bash;
import dev.devopspack.testing.EnforcedProfile;
import dev.devopspack.testing.PersonAtBrowser;
import dev.devopspack.testing.PipelinePlatform;
import dev.devopspack.testing.StandIn;
import dev.devopspack.testing.SubmittedChange;
import dev.devopspack.testing.Tools;
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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A job shows the identity token of its pipeline instead of a secret, and others try to.
@QuarkusTest
@TestProfile(EnforcedProfile.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PipelineIdentityTest {

    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    @TestHTTPResource("/")
    URI server;

    @Inject People people;
    @Inject TrialToken trial;

    private final int port = EnforcedProfile.port();

    private final PipelinePlatform platform = new PipelinePlatform();
    private StandIn keys;
    private PersonAtBrowser approver;
    private int number;

    @TempDir Path job;

    @BeforeAll
    void aPlatformAndAnApprover() throws IOException {
        RestAssured.port = server.getPort();
        keys = new StandIn(port);
        keys.answer("GET /keys", StandIn.Answer.ok(platform.keySet()));
        approver =
                PersonAtBrowser.enrolled(server, people, "Ida Example", Role.APPROVER, Role.VIEWER);
        approver.signIn();
    }

    @AfterAll
    void close() {
        keys.close();
    }

    private SubmittedChange approved() {
        return submitted().approvedBy(approver);
    }

    private SubmittedChange submitted() {
        String file =
                """
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: payments-%d
                  namespace: payments
                data:
                  currency: EUR
                """
                        .formatted(++number);
        return SubmittedChange.submitted(
                trial.with(Role.REQUESTER),
                "payments/production",
                Map.of("config.yaml", file),
                new JsonObject()
                        .put("repository", "https://github.com/acme/payments")
                        .put("commit", COMMIT));
    }

    private Response call(SubmittedChange change, String step, String token) {
        return given().header("Authorization", "Bearer " + token)
                .contentType("application/json")
                .body(change.claim())
                .post("/api/v1/approvals/" + change.approval() + "/" + step);
    }

    @Test
    void theVerdictsOfAChangeSetAreSignedStatements() {
        SubmittedChange change = approved();
        String file = change.files().get("config.yaml").replace("sha256:", "");

        for (String kind : List.of("svr", "vsa")) {
            Response answer =
                    given().header("Authorization", "Bearer " + trial.with(Role.VIEWER))
                            .get(
                                    "/api/v1/change-sets/"
                                            + change.changeSet()
                                            + "/statements/"
                                            + kind);
            assertEquals(200, answer.statusCode(), answer.asString());
            JsonObject statement =
                    new JsonObject(
                            new String(
                                    Base64.getDecoder()
                                            .decode(answer.jsonPath().getString("payload")),
                                    StandardCharsets.UTF_8));
            assertTrue(statement.encode().contains(file), statement::encode);
            assertTrue(
                    statement.encode().contains("DEVOPS_PACK_GATE_APPROVAL_PRODUCTION_PASSED"),
                    statement::encode);
        }
        assertEquals(
                401,
                given().get("/api/v1/change-sets/" + change.changeSet() + "/statements/svr")
                        .statusCode());
    }

    /// The action's script, as GitHub runs it in a job of the configured pipeline.
    private Bash action(SubmittedChange change) {
        keys.answer(
                "GET /token",
                StandIn.Answer.ok(
                        new JsonObject().put("value", platform.rs256(claims())).encode()));
        return Bash.in(job)
                .with("GITHUB_OUTPUT", job.resolve("output").toString())
                .with("ACTIONS_ID_TOKEN_REQUEST_URL", "http://localhost:" + port + "/token?v=2")
                .with("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "for-asking")
                .with("DEVOPS_PACK_URL", "http://localhost:" + server.getPort())
                .with("DEVOPS_PACK_APPROVAL", change.approval())
                .with("DEVOPS_PACK_DIGEST", change.digest())
                .with("DEVOPS_PACK_ENVIRONMENT", "production")
                .with("DEVOPS_PACK_FOLDER", "files");
    }

    private static Bash.Ended run(Bash action, String step) {
        return action.with("DEVOPS_PACK_STEP", step)
                .run("bash " + Path.of("deployment/github-action/ask.sh").toAbsolutePath());
    }

    @Test
    void theActionUsesAnApprovalOnceForExactlyTheseFiles() throws IOException {
        Tools.require("jq");
        Tools.require("curl");
        SubmittedChange change = approved();
        Path file = Files.createDirectories(job.resolve("files")).resolve("config.yaml");
        byte[] content =
                given().header("Authorization", "Bearer " + trial.with(Role.VIEWER))
                        .get("/api/v1/change-sets/" + change.changeSet() + "/files/config.yaml")
                        .asByteArray();
        Files.writeString(file, "something else");
        Bash action = action(change);

        Bash.Ended changed = run(action, "verify");
        assertEquals(1, changed.code(), changed::toString);
        assertTrue(
                changed.err().contains("config.yaml: the file is not the approved one"),
                changed::toString);
        Files.write(file, content);
        Files.createDirectories(job.resolve("files/.git"));
        Files.writeString(job.resolve("files/.git/HEAD"), "ref");
        assertEquals("APPROVED  " + change.approval() + "\n", ended(run(action, "verify")));
        assertEquals("CONSUMED  " + change.approval() + "\n", ended(run(action, "consume")));
        Bash.Ended again = run(action, "consume");
        assertEquals(1, again.code(), again::toString);
        assertTrue(again.err().contains("it was used before"), again::toString);
        assertEquals(
                "SUCCEEDED  " + change.approval() + "\n",
                ended(run(action.with("DEVOPS_PACK_OUTCOME", "success"), "report")));
        assertEquals(
                "status=APPROVED\nstatus=CONSUMED\nstatus=SUCCEEDED\n",
                Files.readString(job.resolve("output")));
    }

    @Test
    void aPipelineWithoutATokenShowsTheIdentityOfItsJob() throws IOException {
        Tools.require("jq");
        Tools.require("curl");
        SubmittedChange change = approved();
        Path file = Files.createDirectories(job.resolve("used")).resolve("config.yaml");
        Files.write(
                file,
                given().header("Authorization", "Bearer " + trial.with(Role.VIEWER))
                        .get("/api/v1/change-sets/" + change.changeSet() + "/files/config.yaml")
                        .asByteArray());
        String script =
                "bash "
                        + Path.of("src/main/resources/pipelines/scripts/devops-pack.sh")
                                .toAbsolutePath();
        Bash pipeline = action(change);

        assertEquals(
                "CONSUMED  " + change.approval() + ": exactly these bytes may be used now, once.\n",
                ended(pipeline.run(script + " consume used")));
        assertEquals("REPORTED  failed\n", ended(pipeline.run(script + " report failure")));
        Bash.Ended without =
                pipeline.with("ACTIONS_ID_TOKEN_REQUEST_URL", "").run(script + " consume used");
        assertEquals(1, without.code(), without::toString);
        assertTrue(without.err().contains("DEVOPS_PACK_TOKEN is not set"), without::toString);
    }

    /// What it printed, without the line that hides the token.
    private static String ended(Bash.Ended ended) {
        assertEquals(0, ended.code(), ended::toString);
        return ended.out().replaceAll("::add-mask::.*\n", "");
    }

    @Test
    void theActionRefusesWhatIsNoInput() {
        Bash action = action(approved());

        for (Map.Entry<String, String> wrong :
                Map.of(
                                "DEVOPS_PACK_URL", "http://devops-pack.example.com",
                                "DEVOPS_PACK_APPROVAL", "ap-$(touch pwned)",
                                "DEVOPS_PACK_DIGEST", "sha256:x",
                                "DEVOPS_PACK_ENVIRONMENT", "production\nx",
                                "DEVOPS_PACK_FOLDER", "nowhere")
                        .entrySet()) {
            Bash.Ended ended = run(action.with(wrong.getKey(), wrong.getValue()), "consume");

            assertEquals(1, ended.code(), wrong.getKey());
            assertTrue(ended.err().startsWith("::error title=DevOps Pack::'"), ended::toString);
        }
        assertFalse(Files.exists(job.resolve("pwned")));
    }

    private static Map<String, Object> claims() {
        return PipelinePlatform.gitHubClaims(Instant.now());
    }

    private static String said(Response answer) {
        return answer.statusCode()
                + " "
                + (answer.statusCode() == 200
                        ? answer.jsonPath().getString("status")
                        : answer.jsonPath().getString("error.problem"));
    }

    @Test
    void aJobUsesItsGrantOnceWithItsIdentityToken() {
        SubmittedChange change = approved();
        String token = platform.rs256(claims());

        assertEquals("200 APPROVED", said(call(change, "verify", token)));
        assertEquals("200 RESERVED", said(call(change, "reserve", token)));
        assertEquals("200 CONSUMED", said(call(change, "consume", platform.es256(claims()))));
        Response replayed = call(change, "consume", token);
        assertEquals(409, replayed.statusCode());
        assertEquals("WRONG_STATUS", replayed.jsonPath().getString("error.code"));
        assertEquals(
                200,
                given().header("Authorization", "Bearer " + token)
                        .contentType("application/json")
                        .body("{\"outcome\": \"succeeded\"}")
                        .post("/api/v1/approvals/" + change.approval() + "/outcome")
                        .statusCode());
    }

    @Test
    void aGrantThatWasSignedTogetherWithOthersIsUsedOnceToo() {
        SubmittedChange change = submitted().approvedTogetherBy(approver, trial);
        String token = platform.rs256(claims());

        assertEquals("200 APPROVED", said(call(change, "verify", token)));
        assertEquals("200 RESERVED", said(call(change, "reserve", token)));
        assertEquals("200 CONSUMED", said(call(change, "consume", token)));
        assertEquals(409, call(change, "consume", token).statusCode());
    }

    @Test
    void noOtherJobUsesIt() {
        SubmittedChange change = approved();
        Map<String, Object> claims = claims();
        Map<String, Object> fork =
                with(
                        with(claims, "repository", "mallory/payments"),
                        "workflow_ref",
                        "mallory/payments/.github/workflows/deploy.yml@refs/heads/main");
        Map<String, Object> pull =
                with(
                        with(claims, "ref", "refs/pull/7/merge"),
                        "workflow_ref",
                        "acme/payments/.github/workflows/deploy.yml@refs/pull/7/merge");
        Map<String, Object> otherWorkflow =
                with(
                        claims,
                        "workflow_ref",
                        "acme/payments/.github/workflows/evil.yml@refs/heads/main");

        assertEquals(
                List.of(
                        "401 the job's repository is 'mallory/payments' and must be 'acme/payments'",
                        "401 the job's ref is 'refs/pull/7/merge' and must be 'refs/heads/main'",
                        "401 the job's workflow is '.github/workflows/evil.yml' and must be"
                                + " '.github/workflows/deploy.yml'",
                        "401 the job's environment is 'none' and must be 'production'",
                        "403 the job's commit is '"
                                + "f".repeat(40)
                                + "' and must be '"
                                + COMMIT
                                + "'",
                        "401 it was made for another audience",
                        "401 its signature does not fit the issuer's key",
                        "401 its algorithm is none of [RS256, ES256]"),
                Stream.of(
                                platform.rs256(fork),
                                platform.rs256(pull),
                                platform.rs256(otherWorkflow),
                                platform.rs256(with(claims, "environment", null)),
                                platform.rs256(with(claims, "sha", "f".repeat(40))),
                                platform.rs256(with(claims, "aud", "api://AzureADTokenExchange")),
                                new PipelinePlatform().rs256(claims),
                                PipelinePlatform.message(
                                                PipelinePlatform.header("none", "rsa-1"), claims)
                                        + ".")
                        .map(token -> said(call(change, "consume", token)))
                        .toList());
        assertEquals("200 CONSUMED", said(call(change, "consume", platform.rs256(claims))));
    }

    @Test
    void aJobIsAPipelineAndNothingElse() {
        String token = platform.rs256(claims());

        assertEquals(
                List.of(403, 403, 401),
                List.of(
                        given().header("Authorization", "Bearer " + token)
                                .get("/api/v1/audit/export")
                                .statusCode(),
                        given().header("Authorization", "Bearer " + token)
                                .contentType("application/json")
                                .body("{}")
                                .post("/api/v1/change-sets")
                                .statusCode(),
                        given().header("Authorization", "Bearer " + token)
                                .header("Origin", "http://localhost:" + server.getPort())
                                .header("Sec-Fetch-Site", "same-origin")
                                .contentType("application/json")
                                .body("{}")
                                .post("/change-sets/cs-aaaaaaaaaaaaaaaa/decision")
                                .statusCode()));
    }
}
