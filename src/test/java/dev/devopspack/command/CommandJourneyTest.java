package dev.devopspack.command;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devopspack.audit.Checkpoints;
import dev.devopspack.audit.CosignerKey;
import dev.devopspack.audit.SignedCheckpoint;
import dev.devopspack.command.CommandsAtServer.Said;
import dev.devopspack.identity.People;
import dev.devopspack.identity.Principal;
import dev.devopspack.identity.Role;
import dev.devopspack.testing.FixedCheckpointKey;
import dev.devopspack.testing.PersonAtBrowser;
import dev.devopspack.testing.PlannedModule;
import dev.devopspack.testing.SubmittedChange;
import dev.devopspack.testing.TrialToken;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A caller's own module with its plan, from the first command to the last: submitted, signed by a
/// person, verified offline, used once.
@QuarkusTest
class CommandJourneyTest {

    private static final FixedCheckpointKey WITNESS_KEY = new FixedCheckpointKey("w");
    private static final CosignerKey WITNESS =
            new CosignerKey(
                    "w.example.com/1", CosignerKey.Algorithm.ED25519, WITNESS_KEY.open().x());

    @TestHTTPResource("/")
    URI server;

    @Inject Checkpoints checkpoints;
    @Inject TrialToken trial;
    @Inject People people;

    @TempDir Path folder;

    private final ObjectMapper json = new ObjectMapper();
    private CommandsAtServer commands;
    private Path module;
    private Path plan;
    private String token;

    @BeforeEach
    void aModuleWithItsPlan() throws Exception {
        RestAssured.port = server.getPort();
        token = trial.with(Role.VIEWER, Role.REQUESTER, Role.AUDITOR, Role.PIPELINE);
        Path data = Files.createDirectory(folder.resolve("data"));
        Files.writeString(data.resolve(ServerOptions.TOKEN_FILE), token);
        commands = new CommandsAtServer(server.getPort(), data);
        module = Files.createDirectory(folder.resolve("module"));
        Files.writeString(module.resolve("main.tf"), PlannedModule.TEXT);
        plan = PlannedModule.plan(Files.createDirectory(folder.resolve("the-plan")), 30);
    }

    @Test
    void anOwnModuleIsSubmittedSignedVerifiedAndUsedOnce() throws Exception {
        JsonNode submitted = submit("production");
        assertEquals(
                List.of("PASSED", "PASSED", "PASSED", "WAITING"),
                submitted.path("verdicts").findValuesAsText("status"),
                submitted::toPrettyString);
        String id = submitted.path("changeSet").path("id").asText();
        String digest = submitted.path("changeSet").path("digest").asText();
        String approval = submitted.path("approval").path("id").asText();
        approver().decide(id, approval, "APPROVE").then().statusCode(200);
        Path grant = fetched("grant.json", "/api/v1/approvals/" + approval + "/grant");
        Path keys = fetched("keys.json", "/.well-known/devops-pack/jwks.json");

        assertTrue(verify(grant, keys, "production", plan).startsWith("VERIFIED  " + digest));
        String logKey = checkpoints.key().text();
        String inLog = verify(grant, keys, "production", plan, "--log-key", logKey);
        assertTrue(inLog.startsWith("VERIFIED  " + digest), inLog);
        assertTrue(inLog.contains("every decision is in the audit log "), inLog);
        String anotherLog = new FixedCheckpointKey("log.example.com/audit").open().text();
        assertRejected(
                "NOT_IN_LOG", verify(grant, keys, "production", plan, "--log-key", anotherLog));
        assertRejected("OTHER_ENVIRONMENT", verify(grant, keys, "staging", plan));
        Path other = PlannedModule.plan(Files.createDirectory(folder.resolve("another-plan")), 29);
        assertRejected("PLAN_CHANGED", verify(grant, keys, "production", other));
        assertEquals(2, consume(approval, digest, other).exitCode());
        Files.writeString(module.resolve("main.tf"), PlannedModule.TEXT + "#");
        assertRejected("FILE_CHANGED", verify(grant, keys, "production", plan));
        assertEquals(2, consume(approval, digest, plan).exitCode());
        Files.writeString(module.resolve("main.tf"), PlannedModule.TEXT);

        Said first = consume(approval, digest, plan);
        Said second = consume(approval, digest, plan);

        assertEquals(0, first.exitCode(), first.out());
        assertEquals("CONSUMED  " + approval, first.out().strip());
        assertEquals(2, second.exitCode(), second.out());
        assertTrue(second.out().contains("it was used before, at"), second.out());
        Said reported = commands.run("consume", approval, "--report", "succeeded");
        assertEquals("REPORTED  SUCCEEDED", reported.out().strip(), reported.err());
    }

    @Test
    void anOwnModuleThatWasSignedTogetherWithOthersIsVerifiedAndProvenToAWitness()
            throws Exception {
        Files.writeString(module.resolve("notes.md"), UUID.randomUUID() + "\n");
        JsonNode submitted = submit("production");
        String digest = submitted.at("/changeSet/digest").asText();
        SubmittedChange change =
                SubmittedChange.of(
                        JsonPath.from(submitted.toString()), submitted.at("/approval/id").asText());
        change.approvedTogetherBy(approver(), trial);
        Path grant = fetched("grant.json", "/api/v1/approvals/" + change.approval() + "/grant");
        Path keys = fetched("keys.json", "/.well-known/devops-pack/jwks.json");
        String logKey = checkpoints.key().text();

        String inLog = verify(grant, keys, "production", plan, "--log-key", logKey);
        assertTrue(inLog.startsWith("VERIFIED  " + digest), inLog);
        String[] witnessed = {"--log-key", logKey, "--witness", WITNESS.text()};
        assertRejected("NOT_IN_LOG", verify(grant, keys, "production", plan, witnessed));

        SignedCheckpoint newest = checkpoints.newest().orElseThrow();
        checkpoints.cosigned(
                newest.checkpoint().size(),
                WITNESS.sign(newest.checkpoint(), Instant.now(), WITNESS_KEY::sign));
        Path proof =
                fetched("entry.tlog-proof", "/api/v1/audit/proof/tlog?sequence=" + sequence(grant));
        String proven =
                verify(
                        grant,
                        keys,
                        "production",
                        plan,
                        "--log-key",
                        logKey,
                        "--witness",
                        WITNESS.text(),
                        "--log-proof",
                        proof.toString());
        assertTrue(proven.startsWith("VERIFIED  " + digest), proven);
        Files.writeString(module.resolve("notes.md"), "other\n");
        assertRejected("FILE_CHANGED", verify(grant, keys, "production", plan));
    }

    /// The number of the decision's entry.
    private long sequence(Path grant) throws Exception {
        byte[] payload = json.readTree(grant.toFile()).path("payload").binaryValue();
        return json.readTree(payload).at("/predicate/decisions/0/log/sequence").asLong();
    }

    @Test
    void theSameFilesAreTheSameChangeSetThroughEveryDoor() throws Exception {
        JsonNode byCommand = submit("staging");
        String byHttp =
                given().header("Authorization", "Bearer " + token)
                        .get("/api/v1/change-sets/" + byCommand.at("/changeSet/id").asText())
                        .then()
                        .statusCode(200)
                        .extract()
                        .jsonPath()
                        .getString("changeSet.digest");

        assertEquals(byCommand.at("/changeSet/digest").asText(), byHttp);
        assertEquals(
                byCommand.at("/changeSet/digest").asText(),
                submit("staging").at("/changeSet/digest").asText());
    }

    @Test
    void aChangeThatCannotBeReadIsNotKnown() throws Exception {
        Files.writeString(module.resolve("broken.tf"), "resource \"aws_kms_key\" {");

        Said said =
                commands.run(
                        "submit",
                        module.toString(),
                        "--stack",
                        "own/production",
                        "--environment",
                        "production",
                        "--json");

        assertEquals(2, said.exitCode(), said.err());
        JsonNode compliance = json.readTree(said.out()).at("/verdicts/2");
        assertEquals("gate.compliance.audit", compliance.path("gate").asText());
        assertEquals(
                "FAILED",
                result(compliance, "BL-CHG-01"),
                () -> compliance.path("checks").toPrettyString());
    }

    private static String result(JsonNode verdict, String check) {
        for (JsonNode each : verdict.path("checks")) {
            if (each.path("id").asText().equals(check)) {
                return each.path("result").asText();
            }
        }
        return "none";
    }

    private JsonNode submit(String environment) throws Exception {
        Said said =
                commands.run(
                        "submit",
                        module.toString(),
                        "--stack",
                        "own/" + environment,
                        "--environment",
                        environment,
                        "--plan",
                        plan.toString(),
                        "--json");
        assertEquals(0, said.exitCode(), said.out() + said.err());
        return json.readTree(said.out());
    }

    private String verify(Path grant, Path keys, String environment, Path plan, String... more) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "verify",
                                module.toString(),
                                "--grant",
                                grant.toString(),
                                "--keys",
                                keys.toString(),
                                "--environment",
                                environment,
                                "--plan",
                                plan.toString(),
                                "--accept-unproven-single-use"));
        arguments.addAll(List.of(more));
        return commands.run(arguments.toArray(String[]::new)).out();
    }

    private static void assertRejected(String code, String said) {
        assertTrue(said.startsWith("REJECTED") && said.contains(code), said);
    }

    private Said consume(String approval, String digest, Path plan) {
        return commands.run(
                "consume",
                approval,
                module.toString(),
                "--digest",
                digest,
                "--environment",
                "production",
                "--plan",
                plan.toString());
    }

    private Path fetched(String name, String path) throws Exception {
        byte[] body =
                given().header("Authorization", "Bearer " + token)
                        .get(path)
                        .then()
                        .statusCode(200)
                        .extract()
                        .asByteArray();
        return Files.write(folder.resolve(name), body);
    }

    private PersonAtBrowser approver() {
        String link =
                people.add(Principal.SYSTEM, "Grace Example", Set.of(Role.APPROVER, Role.VIEWER))
                        .secret();
        PersonAtBrowser person = PersonAtBrowser.enrolled(server, link, "Grace Example");
        person.signIn();
        return person;
    }
}
