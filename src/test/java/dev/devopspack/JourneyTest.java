package dev.devopspack;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.approval.Grant;
import dev.devopspack.approval.GrantVerifier;
import dev.devopspack.approval.KeySet;
import dev.devopspack.approval.PresentedFiles;
import dev.devopspack.approval.Verification;
import dev.devopspack.audit.AuditVerifier;
import dev.devopspack.audit.Checkpoints;
import dev.devopspack.audit.ExportedEntry;
import dev.devopspack.audit.SignedCheckpoint;
import dev.devopspack.change.Digest;
import dev.devopspack.identity.PasskeyVerifier;
import dev.devopspack.identity.People;
import dev.devopspack.identity.PersonId;
import dev.devopspack.identity.Principal;
import dev.devopspack.identity.Role;
import dev.devopspack.identity.Tokens;
import dev.devopspack.task.Environment;
import dev.devopspack.testing.PersonAtBrowser;
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
import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The whole story over HTTP: a task becomes a change set, a person signs it, a pipeline uses it
/// once.
@QuarkusTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JourneyTest {

    private static final int RACERS = 16;

    private static final RestAssuredConfig YAML =
            RestAssuredConfig.config()
                    .encoderConfig(
                            EncoderConfig.encoderConfig()
                                    .encodeContentTypeAs("application/yaml", ContentType.TEXT));

    @TestHTTPResource("/")
    URI server;

    @Inject People people;
    @Inject Tokens tokens;
    @Inject TrialToken trial;
    @Inject Checkpoints checkpoints;

    @TempDir Path folder;

    private String requester = "";
    private String pipeline = "";
    private PersonAtBrowser admin;
    private PersonId ada;
    private Proposal approved;

    /// A change set that waits for a person, or was approved.
    private record Proposal(String id, String digest, String approval, Map<String, byte[]> files) {

        PresentedFiles presented() {
            Map<String, Digest> digests = new TreeMap<>();
            files.forEach((name, bytes) -> digests.put(name, Digest.of(bytes)));
            return PresentedFiles.of(digests);
        }

        PresentedFiles with(String name, String text) {
            Map<String, Digest> digests = new TreeMap<>(presented().digests());
            digests.put(name, Digest.of(text));
            return PresentedFiles.of(digests);
        }
    }

    @BeforeAll
    void somebodyApproved() {
        RestAssured.port = server.getPort();
        requester = trial.with(Role.VIEWER, Role.REQUESTER, Role.AUDITOR);
        pipeline = token(People.TRIAL_REQUESTER, Role.VIEWER, Role.PIPELINE);
        // A person of its own: other tests share the database and may have enrolled the first
        // admin.
        People.Invitation invited =
                people.add(
                        Principal.SYSTEM,
                        "Ada Example",
                        Set.of(Role.ADMIN, Role.APPROVER, Role.REQUESTER, Role.VIEWER));
        ada = invited.person().id();
        admin = PersonAtBrowser.enrolled(server, invited.secret(), "Ada Example");
        admin.signIn();
        approved = propose(requester, "journey-approved");
        admin.decide(approved.id(), approved.approval(), "APPROVE").then().statusCode(200);
    }

    @Test
    void aTaskIsSignedByAPersonAndUsedOnce() throws Exception {
        Proposal proposal = propose(requester, "journey");
        Response decided = admin.decide(proposal.id(), proposal.approval(), "APPROVE");
        assertEquals("APPROVED", decided.jsonPath().getString("status"), decided.asString());

        assertInstanceOf(
                Verification.Verified.class,
                verify(grant(proposal), "production", proposal.presented(), null, Instant.now()));

        List<Integer> statuses = race(proposal);
        assertEquals(1, Collections.frequency(statuses, 200), statuses::toString);
        assertEquals(RACERS - 1, Collections.frequency(statuses, 409), statuses::toString);
        assertEquals("CONSUMED", status(proposal));

        with(pipeline)
                .body("{\"outcome\": \"succeeded\", \"note\": \"applied\"}")
                .post("/api/v1/approvals/" + proposal.approval() + "/outcome")
                .then()
                .statusCode(200);
        assertEquals("SUCCEEDED", status(proposal));
        assertEquals(steps(), stepsOf(proposal));
    }

    @Test
    void anotherProgramVerifiesTheGrantAndTheLogToo() throws Exception {
        Path node = Tools.require("node");
        Path files = Files.createDirectory(folder.resolve("files"));
        for (Map.Entry<String, byte[]> file : approved.files().entrySet()) {
            Path path = files.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        Path grant = Files.writeString(folder.resolve("grant.json"), grant(approved));
        Path keys = Files.writeString(folder.resolve("keys.json"), keys());
        Path log = Files.writeString(folder.resolve("log.jsonl"), export());
        String[] words = {
            "grant", grant.toString(), keys.toString(), files.toString(), "--environment"
        };

        assertEquals("{\"ok\":true,\"problems\":[]}", run(node, words, "production"));
        assertTrue(run(node, words, "staging").startsWith("{\"ok\":false"));
        assertEquals(
                "{\"ok\":true,\"problems\":[]}", run(node, new String[] {"log"}, log.toString()));
    }

    @Test
    void aGrantKeepsWhatTheLogWasWhenItWasIssued() {
        SignedCheckpoint kept = Grant.checkpointIn(grant(approved)).orElseThrow();

        assertTrue(kept.signedBy(checkpoints.key()));
        assertTrue(checkpoints.holds(kept.checkpoint()));
    }

    @Test
    void aGrantHoldsForNothingElse() {
        String grant = grant(approved);
        PresentedFiles files = approved.presented();
        Instant now = Instant.now();
        Digest plan = Digest.of("a plan");

        assertEquals(
                Set.of(Verification.Code.FILE_CHANGED),
                codes(verify(grant, "production", approved.with(aFile(), "#"), null, now)));
        assertEquals(
                Set.of(Verification.Code.FILE_EXTRA),
                codes(verify(grant, "production", approved.with("more.tf", ""), null, now)));
        assertEquals(
                Set.of(Verification.Code.OTHER_ENVIRONMENT),
                codes(verify(grant, "staging", files, null, now)));
        assertEquals(
                Set.of(Verification.Code.PLAN_CHANGED),
                codes(verify(grant, "production", files, plan, now)));
        assertEquals(
                Set.of(Verification.Code.EXPIRED),
                codes(verify(grant, "production", files, null, now.plus(Duration.ofDays(30)))));
        assertEquals(
                Set.of(Verification.Code.BAD_SERVER_SIGNATURE),
                codes(verify(flipped(grant), "production", files, null, now)));
    }

    @Test
    void theServerLetsNothingElseBeUsed() {
        JsonObject right = claim(approved);

        assertRefused("OTHER_DIGEST", right.copy().put("digest", Digest.of("x").value()));
        assertRefused("OTHER_ENVIRONMENT", right.copy().put("environment", "staging"));
        assertRefused("OTHER_FILES", right.copy().put("plan", Digest.of("a plan").value()));
        JsonObject changed = right.copy();
        changed.getJsonObject("files").put(aFile(), Digest.of("#").value());
        assertRefused("OTHER_FILES", changed);
        JsonObject more = right.copy();
        more.getJsonObject("files").put("more.tf", Digest.of("").value());
        assertRefused("OTHER_FILES", more);
        assertEquals(403, consume(requester, approved, right).statusCode());
        assertEquals("APPROVED", status(approved));
    }

    @Test
    void aSecondUseIsToldWhenTheFirstWas() {
        Proposal proposal = propose(requester, "journey-twice");
        admin.decide(proposal.id(), proposal.approval(), "APPROVE").then().statusCode(200);
        assertEquals(200, consume(pipeline, proposal, claim(proposal)).statusCode());

        Response second = consume(pipeline, proposal, claim(proposal));

        assertEquals(409, second.statusCode());
        assertEquals("WRONG_STATUS", second.jsonPath().getString("error.code"));
        assertTrue(
                second.jsonPath().getString("error.problem").startsWith("it was used before, at"),
                second.asString());
    }

    @Test
    void whoAskedDoesNotDecide() {
        String own = token(ada, Role.VIEWER, Role.REQUESTER);
        Proposal proposal = propose(own, "journey-own");

        Response refused = admin.decide(proposal.id(), proposal.approval(), "APPROVE");

        assertEquals(403, refused.statusCode());
        assertEquals("OWN_REQUEST", refused.jsonPath().getString("error.code"));
        assertEquals("PENDING", status(proposal));
    }

    @Test
    void aTextThatWasNotShownIsNotSignedAndATokenDoesNotDecide() {
        Proposal proposal = propose(requester, "journey-waits");

        Response other =
                admin.decide(
                        proposal.id(), proposal.approval(), "APPROVE", Digest.of("another text"));
        int byToken =
                with(requester)
                        .header("Origin", "http://localhost:" + server.getPort())
                        .body(
                                new JsonObject()
                                        .put("request", proposal.approval())
                                        .put("decision", "APPROVE")
                                        .encode())
                        .post("/change-sets/" + proposal.id() + "/decision/options")
                        .statusCode();

        assertEquals(409, other.statusCode());
        assertEquals("OTHER_TEXT_SHOWN", other.jsonPath().getString("error.code"));
        assertTrue(byToken == 401 || byToken == 403, () -> "answered " + byToken);
        assertEquals("PENDING", status(proposal));
    }

    @Test
    void theWholeLogVerifies() {
        AuditVerifier verifier = AuditVerifier.fromTheBeginning();
        long number = 1;
        for (String line : export().lines().toList()) {
            verifier.add(ExportedEntry.parse(line, number++));
        }

        assertEquals(
                number - 1,
                assertInstanceOf(AuditVerifier.Result.Intact.class, verifier.result()).sequence());
    }

    private Proposal propose(String token, String cluster) {
        Response answer =
                given().config(YAML)
                        .header("Authorization", "Bearer " + token)
                        .contentType("application/yaml")
                        .body(task(cluster))
                        .post("/api/v1/tasks");
        assertEquals(200, answer.statusCode(), answer.asString());
        JsonPath json = answer.jsonPath();
        assertEquals("PENDING", json.getString("approval.status"), answer.asString());
        String id = json.getString("changeSet.id");
        Map<String, byte[]> files = new TreeMap<>();
        for (Map<String, Object> file : json.<Map<String, Object>>getList("changeSet.files")) {
            String name = String.valueOf(file.get("name"));
            byte[] bytes =
                    with(token)
                            .get("/api/v1/change-sets/" + id + "/files/" + name)
                            .then()
                            .statusCode(200)
                            .extract()
                            .asByteArray();
            assertEquals(file.get("sha256"), Digest.of(bytes).hex(), name);
            files.put(name, bytes);
        }
        return new Proposal(
                id, json.getString("changeSet.digest"), json.getString("approval.id"), files);
    }

    private static String task(String cluster) {
        return """
        task:
          type: devops.terraform
          input:
            provider: "aws"
            resources:
              - type: "eks_cluster"
                name: "%s"
                node_count: 3
            environment: "production"
        """
                .formatted(cluster);
    }

    private List<Integer> race(Proposal proposal) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService callers = Executors.newFixedThreadPool(RACERS)) {
            List<Future<Integer>> answers = new ArrayList<>();
            for (int racer = 0; racer < RACERS; racer++) {
                answers.add(
                        callers.submit(() -> {
                            start.await();
                            return consume(pipeline, proposal, claim(proposal)).statusCode();
                        }));
            }
            start.countDown();
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> answer : answers) {
                statuses.add(answer.get(60, TimeUnit.SECONDS));
            }
            return statuses;
        }
    }

    private void assertRefused(String code, JsonObject claim) {
        Response answer = consume(pipeline, approved, claim);
        assertEquals(409, answer.statusCode(), answer.asString());
        assertEquals(code, answer.jsonPath().getString("error.code"), answer.asString());
    }

    private Response consume(String token, Proposal proposal, JsonObject claim) {
        return with(token)
                .body(claim.encode())
                .post("/api/v1/approvals/" + proposal.approval() + "/consume");
    }

    private static JsonObject claim(Proposal proposal) {
        JsonObject files = new JsonObject();
        proposal.presented().digests().forEach((name, digest) -> files.put(name, digest.value()));
        return new JsonObject()
                .put("digest", proposal.digest())
                .put("environment", "production")
                .put("files", files);
    }

    private String status(Proposal proposal) {
        return with(pipeline)
                .get("/api/v1/approvals/" + proposal.approval())
                .jsonPath()
                .getString("status");
    }

    private String grant(Proposal proposal) {
        return with(pipeline)
                .get("/api/v1/approvals/" + proposal.approval() + "/grant")
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    /// What the log has to tell of one change set, without the order of what happens at once.
    private static Set<String> steps() {
        return Set.of(
                "change_set.stored",
                "gate.judged",
                "approval.opened",
                "approval.decided",
                "grant.issued",
                "grant.consumed",
                "grant.use_refused",
                "grant.outcome");
    }

    private Set<String> stepsOf(Proposal proposal) {
        Set<String> kinds = new TreeSet<>();
        export().lines()
                .map(line -> ExportedEntry.parse(line, 1).leaf())
                .filter(leaf -> leaf.contains(proposal.id()) || leaf.contains(proposal.approval()))
                .forEach(leaf -> kinds.add(new JsonObject(leaf).getString("kind")));
        return kinds;
    }

    private String export() {
        return with(requester)
                .get("/api/v1/audit/export")
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    private String aFile() {
        return approved.files().keySet().iterator().next();
    }

    private static String keys() {
        return given().get("/.well-known/devops-pack/jwks.json").asString();
    }

    private static Verification verify(
            String grant,
            String environment,
            PresentedFiles files,
            @Nullable Digest plan,
            Instant now) {
        return new GrantVerifier(new PasskeyVerifier())
                .verify(
                        grant,
                        new GrantVerifier.Intent(new Environment(environment), files, plan),
                        GrantVerifier.Trust.in(KeySet.parse(keys())),
                        now);
    }

    private static Set<Verification.Code> codes(Verification verification) {
        return Set.copyOf(
                assertInstanceOf(Verification.Rejected.class, verification).problems().stream()
                        .map(Verification.Problem::code)
                        .toList());
    }

    /// One bit of the signed statement turned.
    private static String flipped(String grant) {
        JsonObject envelope = new JsonObject(grant);
        byte[] payload = envelope.getBinary("payload");
        payload[payload.length / 2] ^= 1;
        return grant.replace(
                envelope.getString("payload"), Base64.getEncoder().encodeToString(payload));
    }

    private static String run(Path node, String[] words, String last) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(node.toString(), "src/test/node/verify.mjs"));
        command.addAll(List.of(words));
        command.add(last);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(30, TimeUnit.SECONDS), "node did not end");
        return said.strip();
    }

    private String token(PersonId person, Role... roles) {
        return tokens.issue(Principal.SYSTEM, person, "journey", Set.of(roles), Duration.ofHours(1))
                .secret();
    }

    private static RequestSpecification with(String token) {
        return given().header("Authorization", "Bearer " + token).contentType("application/json");
    }
}
