package dev.devopspack.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devopspack.change.Digest;
import dev.devopspack.command.CommandsAtServer.Said;
import dev.devopspack.identity.Role;
import dev.devopspack.testing.TrialToken;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands against a running server.
@QuarkusTest
class CommandLineTest {

    private static final String TASK =
            """
            task:
              type: devops.terraform
              input:
                provider: "aws"
                resources:
                  - type: "eks_cluster"
                    name: "command-line"
                    node_count: 3
                environment: "production"
            """;

    private static final String OPEN =
            """
            resource "aws_security_group" "web" {
              name        = "web"
              description = "Web servers"

              ingress {
                description = "SSH"
                from_port   = 22
                to_port     = 22
                protocol    = "tcp"
                cidr_blocks = ["0.0.0.0/0"]
              }
            }
            """;

    private static final String PLAN =
            """
            {"format_version": "1.2", "terraform_version": "1.11.4", "complete": true,
             "configuration": {"root_module": {}}, "planned_values": {"root_module": {}},
             "resource_changes": [
               {"address": "aws_security_group.web", "mode": "managed",
                "type": "aws_security_group", "name": "web",
                "provider_name": "registry.terraform.io/hashicorp/aws",
                "change": {"actions": ["create"], "before": null, "after": {"name": "web"},
                           "after_unknown": {}, "before_sensitive": false, "after_sensitive": {}}}]}
            """;

    @TestHTTPResource("/")
    URI server;

    @Inject TrialToken trial;

    @TempDir Path folder;

    private final ObjectMapper json = new ObjectMapper();
    private Path data;

    @BeforeEach
    void aTokenInTheDataFolder() throws Exception {
        data = Files.createDirectory(folder.resolve("data"));
        Files.writeString(
                data.resolve(ServerOptions.TOKEN_FILE),
                trial.with(Role.VIEWER, Role.REQUESTER, Role.AUDITOR));
    }

    @Test
    void runPrintsOneDocumentAndWritesTheFiles() throws Exception {
        Path task = Files.writeString(folder.resolve("task.yaml"), TASK);
        Path out = folder.resolve("generated");

        Said said = run("run", task.toString(), "--json", "--out", out.toString());

        assertEquals(0, said.exitCode(), said.err());
        JsonNode result = json.readTree(said.out());
        assertEquals("proposal", result.path("outcome").asText());
        assertEquals(
                List.of("PASSED", "PASSED", "PASSED", "WAITING"),
                result.path("verdicts").findValuesAsText("status"));
        for (String field : List.of("gate", "status", "score", "threshold", "findings")) {
            assertEquals(4, result.path("verdicts").findValues(field).size(), field);
        }
        assertEquals("PENDING", result.path("approval").path("status").asText());
        assertTrue(result.path("approval").path("url").asText().contains("/change-sets/"));
        assertTrue(result.path("plan").isObject() && result.path("next").isArray());
        assertTrue(result.path("changeSet").path("files").size() > 5);
        for (JsonNode file : result.path("changeSet").path("files")) {
            byte[] written = Files.readAllBytes(out.resolve(file.path("name").asText()));
            assertEquals(file.path("sha256").asText(), Digest.of(written).hex());
        }
    }

    @Test
    void aBadTaskIsAnsweredWithItsLineAndAnExample() throws Exception {
        Path task =
                Files.writeString(
                        folder.resolve("task.yaml"), TASK.replace("node_count", "node_cuont"));

        Said said = run("run", task.toString());

        assertEquals(64, said.exitCode());
        assertEquals("", said.out());
        assertTrue(said.err().contains("node_cuont"), said.err());
        assertTrue(said.err().contains("line 8"), said.err());
        assertTrue(said.err().contains("Example:"), said.err());
        assertEquals(64, run("run", folder.resolve("none.yaml").toString()).exitCode());
    }

    @Test
    void aFolderThatOpensAPortToTheWorldFails() throws Exception {
        Path module = module(OPEN);

        Said said =
                run(
                        "submit",
                        module.toString(),
                        "--stack",
                        "command-line/production",
                        "--environment",
                        "production");

        assertEquals(2, said.exitCode(), said.err());
        assertTrue(said.out().contains("aws_security_group.web"), said.out());
    }

    @Test
    void aPlanInJsonIsMarkedAsSubmitted() throws Exception {
        Path module = module(OPEN);
        Path plan = Files.writeString(folder.resolve("plan.json"), PLAN);

        Said said =
                run(
                        "submit",
                        module.toString(),
                        "--stack",
                        "command-line/production",
                        "--environment",
                        "production",
                        "--plan-json",
                        plan.toString(),
                        "--json");

        assertEquals(2, said.exitCode(), said.err());
        assertTrue(
                json.readTree(said.out())
                        .path("plan")
                        .toString()
                        .toLowerCase(Locale.ROOT)
                        .replace('_', ' ')
                        .contains("as submitted"),
                said.out());
    }

    @Test
    void scanSaysTheSameInThreeFormats() throws Exception {
        Path module = module(OPEN);

        Said text = run("scan", module.toString());
        Said document = run("scan", module.toString(), "--format", "json");
        Said sarif = run("scan", module.toString(), "--format", "sarif");

        assertEquals(
                List.of(2, 2, 2), List.of(text.exitCode(), document.exitCode(), sarif.exitCode()));
        assertTrue(text.out().contains("aws_security_group.web"), text.out());
        assertTrue(json.readTree(document.out()).isObject());
        assertEquals("2.1.0", json.readTree(sarif.out()).path("version").asText());
    }

    @Test
    void aTreeIsScannedWithWhateverLiesAroundInIt() throws Exception {
        Path module = module(OPEN);
        Files.createSymbolicLink(module.resolve("modules"), folder);
        Files.write(module.resolve("picture.png"), new byte[3 * 1_024 * 1_024]);
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.writeString(other.resolve("main.tf"), OPEN);

        Said junit = run("scan", module.toString(), "--format", "junit");
        Said two =
                run(
                        "scan",
                        module.resolve("main.tf").toString(),
                        other.resolve("main.tf").toString(),
                        "--format",
                        "json");

        assertTrue(junit.out().startsWith("<?xml"), junit.out());
        assertTrue(junit.err().contains("modules: it is a symbolic link"), junit.err());
        assertTrue(junit.err().contains("1 file that is not text"), junit.err());
        assertEquals(2, json.readTree(two.out()).path("files").asInt(), two.out());
    }

    @Test
    void theEvidenceOfAChangeSetIsWrittenToAFile() throws Exception {
        Path module = Files.createDirectory(folder.resolve("evidence"));
        Files.writeString(module.resolve("main.tf"), OPEN);
        Said submitted =
                run(
                        "submit",
                        module.toString(),
                        "--stack",
                        "evidence/staging",
                        "--environment",
                        "staging",
                        "--json");
        String id = json.readTree(submitted.out()).at("/changeSet/id").asText();
        Path zip = folder.resolve("evidence.zip");

        Said said = run("evidence", id, "--profile", "soc2", "--out", zip.toString());

        assertEquals(ExitCode.OK, said.exitCode(), said::err);
        assertEquals(
                "Wrote %s, %d bytes, %s%n"
                        .formatted(
                                zip, Files.size(zip), Digest.of(Files.readAllBytes(zip)).value()),
                said.out());
    }

    @Test
    void theLogVerifies() {
        Said said = run("verify-audit");

        assertEquals(0, said.exitCode(), said.err());
        assertTrue(said.out().startsWith("INTACT"), said.out());
    }

    @Test
    void consumeWithoutTheRoleIsRefused() {
        Said said =
                run(
                        "consume",
                        "ap-aaaaaaaaaaaaaaaaaaaaaaaaaa",
                        folder.toString(),
                        "--digest",
                        Digest.of("x").value(),
                        "--environment",
                        "production");

        assertEquals(2, said.exitCode(), said.err());
        assertTrue(said.out().startsWith("REFUSED"), said.out());
    }

    @Test
    void forProductionItIsSaidThatSingleUseIsNotProvenOffline() {
        String file = folder.resolve("grant.json").toString();
        Said said =
                run(
                        "verify",
                        folder.toString(),
                        "--grant",
                        file,
                        "--keys",
                        file,
                        "--environment",
                        "production");

        assertEquals(64, said.exitCode());
        assertTrue(said.err().contains("add --accept-unproven-single-use"), said.err());
    }

    @Test
    void everyCommandTeachesItsUse() {
        for (String command :
                List.of(
                        "serve",
                        "run",
                        "submit",
                        "scan",
                        "verify",
                        "consume",
                        "verify-audit",
                        "rotate-key")) {
            Said said = run(command, "--help");

            assertEquals(0, said.exitCode(), command);
            assertTrue(said.out().startsWith("Usage: devops-pack " + command), said.out());
        }
        assertEquals(64, run("submit").exitCode());
        assertEquals(64, run("apply").exitCode());
    }

    private Path module(String text) throws Exception {
        Path module = Files.createDirectory(folder.resolve("module"));
        Files.writeString(module.resolve("main.tf"), text);
        return module;
    }

    private Said run(String... arguments) {
        return new CommandsAtServer(server.getPort(), data).run(arguments);
    }
}
