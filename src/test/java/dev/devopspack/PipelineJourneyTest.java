package dev.devopspack;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.identity.People;
import dev.devopspack.identity.Principal;
import dev.devopspack.identity.Role;
import dev.devopspack.identity.Tokens;
import dev.devopspack.testing.Bash;
import dev.devopspack.testing.Bash.Ended;
import dev.devopspack.testing.PersonAtBrowser;
import dev.devopspack.testing.PlannedModule;
import dev.devopspack.testing.Tools;
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
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A task becomes a pipeline, and the pipeline's own script asks this server, waits for a person,
/// uses the permission once and reports.
@QuarkusTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PipelineJourneyTest {

    private static final RestAssuredConfig YAML =
            RestAssuredConfig.config()
                    .encoderConfig(
                            EncoderConfig.encoderConfig()
                                    .encodeContentTypeAs("application/yaml", ContentType.TEXT));

    private static final String SCRIPT = "bash .github/scripts/devops-pack.sh ";

    @TestHTTPResource("/")
    URI server;

    @Inject People people;
    @Inject Tokens tokens;
    @Inject TrialToken trial;

    private String asking = "";
    private String using = "";
    private PersonAtBrowser approver;
    private JsonPath proposed;

    /// Where the job runs: a new one for every test, as every job has one.
    @TempDir Path checkout;

    private Path output;

    @BeforeAll
    void aTaskBecameAPipeline() throws IOException {
        Tools.require("jq");
        Tools.require("curl");
        RestAssured.port = server.getPort();
        asking = trial.with(Role.REQUESTER);
        using =
                tokens.issue(
                                Principal.SYSTEM,
                                People.TRIAL_REQUESTER,
                                "pipeline",
                                Set.of(Role.PIPELINE),
                                Duration.ofHours(1))
                        .secret();
        approver =
                PersonAtBrowser.enrolled(
                        server, people, "Grace Example", Role.APPROVER, Role.VIEWER);
        approver.signIn();
        Response answer =
                given().config(YAML)
                        .header("Authorization", "Bearer " + asking)
                        .contentType("application/yaml")
                        .body(Files.readString(Path.of("docs/examples/cicd-typescript.yaml")))
                        .post("/api/v1/tasks");
        assertEquals(200, answer.statusCode(), answer.asString());
        proposed = answer.jsonPath();
    }

    @BeforeEach
    void checkOut() throws IOException {
        checkout = Files.createTempDirectory(checkout, "job");
        output = checkout.resolve("output");
        for (Map<String, Object> file : proposed.<Map<String, Object>>getList("changeSet.files")) {
            String name = String.valueOf(file.get("name"));
            Path path = checkout.resolve(name);
            Files.createDirectories(path.getParent());
            Files.write(
                    path,
                    given().header("Authorization", "Bearer " + asking)
                            .get(
                                    "/api/v1/change-sets/"
                                            + proposed.getString("changeSet.id")
                                            + "/files/"
                                            + name)
                            .then()
                            .statusCode(200)
                            .extract()
                            .asByteArray());
        }
    }

    @Test
    void theTaskOfTheExamplePassesTheGatesAndWaitsForAPerson() {
        Map<String, String> statuses = new HashMap<>();
        for (Map<String, Object> gate : proposed.<Map<String, Object>>getList("verdicts")) {
            statuses.put(String.valueOf(gate.get("gate")), String.valueOf(gate.get("status")));
        }

        assertEquals(
                Map.of(
                        "gate.security.infra", "PASSED",
                        "gate.quality.terraform", "NOT_APPLICABLE",
                        "gate.compliance.audit", "PASSED",
                        "gate.approval.production", "WAITING"),
                statuses);
        double score =
                proposed.getDouble("verdicts.find { it.gate == 'gate.security.infra' }.score");
        assertTrue(score >= 95, "scored " + score);
        assertEquals("production", proposed.getString("changeSet.environment"));
        assertEquals("PENDING", proposed.getString("approval.status"));
    }

    @Test
    void thePipelineAsksWaitsUsesThePermissionOnceAndReports() throws IOException {
        Bash job = job("1");
        Map<String, String> asked = asked(job);
        Bash waiting = waiting(job, asked);

        Ended early = waiting.run(SCRIPT + "wait");
        assertEquals(1, early.code(), early::toString);
        assertTrue(
                early.err()
                        .contains(
                                "nobody has approved within 0 minutes. Approve at http://localhost:"),
                early::toString);

        approve(asked);
        Ended approved = waiting.run(SCRIPT + "wait");
        assertEquals(0, approved.code(), approved::toString);

        Bash deploying = deploying(job, asked);
        assertRefused(
                "pipeline.yml: the file is not the approved one",
                changed(deploying),
                "consume release");
        Ended consumed = deploying.run(SCRIPT + "collect release && " + SCRIPT + "consume release");
        assertEquals(0, consumed.code(), consumed::toString);
        assertEquals("CONSUMED", status(asked));
        assertRefused("it was used before, at", deploying, "consume release");

        Ended reported = deploying.run(SCRIPT + "report success");
        assertEquals(0, reported.code(), reported::toString);
        assertEquals("SUCCEEDED", status(asked));
    }

    @Test
    void aTerraformJobAsksWithItsPlanAndMayApplyNoOther() throws IOException {
        Path plan = PlannedModule.plan(Files.createDirectory(checkout.resolve("planning")), 30);
        Path other = PlannedModule.plan(Files.createDirectory(checkout.resolve("again")), 29);
        Path module = Files.createDirectory(checkout.resolve("module"));
        Files.writeString(module.resolve("main.tf"), PlannedModule.TEXT);
        Bash job = job("7");

        Map<String, String> asked = submitted(job, "submit module " + plan);
        approve(asked);
        Bash applying = deploying(job, asked);

        assertRefused("not the approved one", applying, "consume module " + other);
        assertRefused("plan", applying, "consume module");
        Ended consumed = applying.run(SCRIPT + "consume module " + plan);
        assertEquals(0, consumed.code(), consumed::toString);
        assertRefused("it was used before, at", applying, "consume module " + plan);
    }

    @Test
    void aTerraformJobAppliesToStagingWhatTheGatesPassedWithoutAPersonAndNothingElse()
            throws IOException {
        Path plan = PlannedModule.plan(Files.createDirectory(checkout.resolve("planning")), 30);
        Path other = PlannedModule.plan(Files.createDirectory(checkout.resolve("again")), 29);
        Path module = Files.createDirectory(checkout.resolve("module"));
        Files.writeString(module.resolve("main.tf"), PlannedModule.TEXT);
        Bash job =
                job("8").with("DEVOPS_PACK_ENVIRONMENT", "staging")
                        .with("DEVOPS_PACK_PEOPLE", "where-asked");

        Map<String, String> asked = submitted(job, "submit module " + plan);
        assertEquals("", asked.get("approval"));
        Bash applying = job.with("DEVOPS_PACK_JUDGED", asked.get("judged"));

        assertRefused("not the bytes that passed the gates", applying, "consume module " + other);
        Ended judged = applying.run(SCRIPT + "consume module " + plan);
        assertEquals(0, judged.code(), judged::toString);
        assertRefused(
                "so there is no permission to use",
                job.with("DEVOPS_PACK_TOKEN", asking).with("DEVOPS_PACK_PEOPLE", "always"),
                "submit module " + plan);
        // A port that is open to everybody.
        Files.writeString(
                module.resolve("open.tf"),
                """
                resource "aws_security_group" "open" {
                  description = "Open."
                  ingress {
                    description = "Everybody."
                    from_port   = 22
                    to_port     = 22
                    protocol    = "tcp"
                    cidr_blocks = ["0.0.0.0/0"]
                  }
                }
                """);
        assertRefused(
                "a gate is shut", job.with("DEVOPS_PACK_TOKEN", asking), "submit module " + plan);
    }

    @Test
    void whatCreatesASecretInStagingWaitsForAPersonThereToo() throws IOException {
        Path module = Files.createDirectory(checkout.resolve("module"));
        Files.writeString(
                module.resolve("main.tf"),
                PlannedModule.TEXT
                        + """

                        resource "aws_secretsmanager_secret" "orders" {
                          name                    = "orders"
                          description             = "Of the orders."
                          kms_key_id              = aws_kms_key.orders.arn
                          recovery_window_in_days = 30
                        }
                        """);
        Bash job =
                job("9").with("DEVOPS_PACK_ENVIRONMENT", "staging")
                        .with("DEVOPS_PACK_PEOPLE", "where-asked");

        Map<String, String> asked = submitted(job, "submit module");
        assertEquals("", asked.get("judged"));
        Bash applying = deploying(job, asked);
        assertRefused("To ask anew run the job 'Judge staging'", applying, "consume module");

        approve(asked);
        Ended consumed = applying.run(SCRIPT + "consume module");
        assertEquals(0, consumed.code(), consumed::toString);
        assertEquals("CONSUMED", status(asked));
    }

    /// The job with one byte of what it will use changed.
    private Bash changed(Bash job) throws IOException {
        Path workflow = checkout.resolve("release/.github/workflows/pipeline.yml");
        Files.writeString(workflow, Files.readString(workflow).replace("v7.0.1", "v7.0.2"));
        return job;
    }

    @Test
    void onlyImagesOfAReleaseThatSucceededAreRolledBackTo() throws IOException {
        Bash job = job("2");
        Map<String, String> asked = asked(job);
        Bash back = job.with("DEVOPS_PACK_TOKEN", asking).with("KIND", "rollback");
        assertRefused(
                "these images are in none of the last 50 releases",
                back,
                "collect release && " + SCRIPT + "released release");

        approve(asked);
        Bash deploying = deploying(job, asked);
        Ended deployed =
                deploying.run(
                        SCRIPT
                                + "collect release && "
                                + SCRIPT
                                + "consume release && "
                                + SCRIPT
                                + "report success");
        assertEquals(0, deployed.code(), deployed::toString);

        Ended released = back.run(SCRIPT + "collect release && " + SCRIPT + "released release");
        assertEquals(0, released.code(), released::toString);
        assertTrue(
                released.out().contains("These images were released by cs-"), released::toString);
        assertRefused(
                "these images are in none of the last 50 releases",
                back.with("IMAGES", images("3")),
                "collect release && " + SCRIPT + "released release");
    }

    @Test
    void aRunThatIsRepeatedGoesOnWithTheSameRequestAndAsksAnewWhenItWasUsed() throws IOException {
        Bash job = job("4");
        Map<String, String> first = asked(job);
        Map<String, String> again = asked(job);
        assertEquals(first, again);

        approve(first);
        Bash deploying = deploying(job, first);
        Ended failed = deploying.run(SCRIPT + "consume release && " + SCRIPT + "report failure");
        assertEquals(0, failed.code(), failed::toString);
        assertEquals("FAILED", status(first));

        Map<String, String> anew = asked(job);
        assertEquals(first.get("digest"), anew.get("digest"));
        assertTrue(!first.get("approval").equals(anew.get("approval")), anew::toString);
    }

    @Test
    void aReleaseLearnsWhatToReturnToWhereTheOneBeforeItFailed() throws IOException {
        for (String release : List.of("a success", "b failure")) {
            Map<String, String> asked = asked(job(release.substring(0, 1)));
            approve(asked);
            Ended ended =
                    deploying(job(release.substring(0, 1)), asked)
                            .run(
                                    SCRIPT
                                            + "consume release && "
                                            + SCRIPT
                                            + "report "
                                            + release.substring(2));
            assertEquals(0, ended.code(), ended::toString);
        }
        Bash next = job("c");
        Map<String, String> asked = asked(next);
        Files.deleteIfExists(output);

        Ended ended = deploying(next, asked).with("RUNNING", images("b")).run(SCRIPT + "previous");

        assertEquals(0, ended.code(), ended::toString);
        assertEquals("previous=" + images("a") + "\n", Files.readString(output), ended::toString);
    }

    @Test
    void whatPeopleDenyIsNotWaitedForAnyLonger() throws IOException {
        Bash job = job("5");
        Map<String, String> asked = asked(job);
        approver.decide(asked.get("change-set"), asked.get("approval"), "DENY")
                .then()
                .statusCode(200);

        assertRefused("DENIED: read and found good", waiting(job, asked), "wait");
    }

    @Test
    void anAnswerThatIsNoneAndATokenThatMayNotAreSaid() throws IOException {
        Bash job = job("6");
        Map<String, String> asked = asked(job);

        assertRefused("refused (401)", job.with("DEVOPS_PACK_TOKEN", "dpk_x"), "submit release");
        assertRefused(
                "refused (403)",
                deploying(job, asked).with("DEVOPS_PACK_TOKEN", asking),
                "consume release");
        assertRefused(
                "DEVOPS_PACK_URL is no https address",
                job.with("DEVOPS_PACK_TOKEN", asking)
                        .with("DEVOPS_PACK_URL", "http://devops-pack.example.com"),
                "submit release");
        assertRefused(
                "the server does not answer",
                job.with("DEVOPS_PACK_TOKEN", asking).with("DEVOPS_PACK_URL", "http://localhost:1"),
                "submit release");
        assertRefused("DEVOPS_PACK_TOKEN is not set", job, "submit release");
        Files.createSymbolicLink(checkout.resolve("release/more"), Path.of("release.json"));
        assertRefused(
                "holds something that is no plain file",
                job.with("DEVOPS_PACK_TOKEN", asking),
                "submit release");
    }

    /// @param release what tells this release's images from others
    private Bash job(String release) {
        return Bash.in(checkout)
                .with("GITHUB_OUTPUT", output.toString())
                .with("GITHUB_SERVER_URL", "https://github.com")
                .with("GITHUB_REPOSITORY", "Acme/Shop.App")
                .with("GITHUB_SHA", "0123456789abcdef0123456789abcdef01234567")
                .with("GITHUB_RUN_ID", "42")
                .with("DEVOPS_PACK_URL", "http://localhost:" + server.getPort())
                .with("DEVOPS_PACK_ENVIRONMENT", "production")
                .with("DEVOPS_PACK_POLL_SECONDS", "1")
                .with("DEVOPS_PACK_RETRIES", "0")
                .with("KIND", "release")
                .with("WORKFLOW", ".github/workflows/pipeline.yml")
                .with("IMAGES", images(release));
    }

    private static String images(String release) {
        String digest = "@sha256:" + release.repeat(64);
        return "{\"frontend\":\"ghcr.io/acme/shop.app/frontend"
                + digest
                + "\",\"backend\":\"ghcr.io/acme/shop.app/backend"
                + digest
                + "\"}";
    }

    /// Asks as the job does.
    ///
    /// @return the step's outputs
    private Map<String, String> asked(Bash job) throws IOException {
        return submitted(job, "collect release && " + SCRIPT + "submit release");
    }

    private Map<String, String> submitted(Bash job, String command) throws IOException {
        Files.deleteIfExists(output);
        Ended ended = job.with("DEVOPS_PACK_TOKEN", asking).run(SCRIPT + command);
        assertEquals(0, ended.code(), ended::toString);
        Map<String, String> outputs = new HashMap<>();
        for (String line : Files.readAllLines(output)) {
            List<String> parts = List.of(line.split("=", 2));
            outputs.put(parts.get(0), parts.get(1));
        }
        assertEquals(Set.of("change-set", "digest", "approval", "judged"), outputs.keySet());
        return outputs;
    }

    private Bash waiting(Bash job, Map<String, String> asked) {
        return job.with("DEVOPS_PACK_TOKEN", asking)
                .with("DEVOPS_PACK_WAIT_MINUTES", "0")
                .with("DEVOPS_PACK_CHANGE_SET", asked.get("change-set"))
                .with("DEVOPS_PACK_APPROVAL", asked.get("approval"));
    }

    private Bash deploying(Bash job, Map<String, String> asked) {
        return job.with("DEVOPS_PACK_TOKEN", using)
                .with("DEVOPS_PACK_DIGEST", asked.get("digest"))
                .with("DEVOPS_PACK_APPROVAL", asked.get("approval"));
    }

    private void approve(Map<String, String> asked) {
        approver.decide(asked.get("change-set"), asked.get("approval"), "APPROVE")
                .then()
                .statusCode(200);
    }

    private String status(Map<String, String> asked) {
        return given().header("Authorization", "Bearer " + using)
                .get("/api/v1/approvals/" + asked.get("approval"))
                .jsonPath()
                .getString("status");
    }

    private static void assertRefused(String why, Bash job, String command) {
        Ended ended = job.run(SCRIPT + command);
        assertEquals(1, ended.code(), ended::toString);
        assertTrue(ended.err().contains(why), ended::toString);
    }
}
