package dev.devopspack.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devopspack.identity.Role;
import dev.devopspack.testing.NodeProgram;
import dev.devopspack.testing.Tools;
import dev.devopspack.testing.TrialToken;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Talks to the server as the official Inspector does, which judges schemas by what clients and
/// models can read.
@QuarkusTest
class McpInspectorTest {

    private static final Duration LONGEST = Duration.ofMinutes(1);

    @Inject TrialToken token;
    @Inject ObjectMapper json;

    @TempDir Path folder;

    @TestHTTPResource("mcp")
    URI server;

    @Test
    void everyToolsSchemaIsPortable() throws IOException {
        NodeProgram.Ended ended = inspect("--method", "tools/list", "--strict");

        assertEquals(0, ended.exitCode(), ended::toString);
        JsonNode tools = json.readTree(ended.out()).path("result").path("tools");
        assertTrue(tools.findValuesAsText("name").contains("devops_terraform"), ended::toString);
        System.out.printf("MCP Inspector --strict: %d tools%n%s", tools.size(), ended.err());
    }

    @Test
    void aToolIsCalled() throws IOException {
        NodeProgram.Ended ended =
                inspect(
                        "--method",
                        "tools/call",
                        "--tool-name",
                        "gate_quality_terraform",
                        "--tool-args-json",
                        "{\"files\":[{\"name\":\"main.tf\",\"content\":\"locals {\"}]}");

        JsonNode verdict = json.readTree(ended.out()).path("result").path("structuredContent");
        assertEquals("FAILED", verdict.path("status").asText(), ended::toString);
    }

    private NodeProgram.Ended inspect(String... arguments) {
        Path inspector =
                Tools.requireNodeModule("@modelcontextprotocol/inspector")
                        .resolve("@modelcontextprotocol/inspector/clients/launcher/build/index.js");
        List<String> all =
                new ArrayList<>(
                        List.of(
                                inspector.toString(),
                                "--cli",
                                "--server-url",
                                server.toString(),
                                "--transport",
                                "http",
                                "--header",
                                "Authorization: Bearer " + token.with(Role.VIEWER, Role.REQUESTER),
                                "--format",
                                "json"));
        all.addAll(List.of(arguments));
        return NodeProgram.require(folder).run("", LONGEST, all.toArray(String[]::new));
    }
}
