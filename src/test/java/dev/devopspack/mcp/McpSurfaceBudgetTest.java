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
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Counts what the tools cost an assistant in every conversation.
@QuarkusTest
class McpSurfaceBudgetTest {

    /// Tokens of `o200k` for the whole answer to `tools/list`: a small share of what one answer of
    /// an assistant costs, so that nobody has a reason to switch the server off.
    private static final int BUDGET = 3_100;

    @Inject TrialToken token;
    @Inject ObjectMapper json;

    @TempDir Path folder;

    @TestHTTPResource("mcp")
    URI server;

    @Test
    void theListOfToolsStaysWithinItsBudgetOfTokens() throws IOException {
        Path modules = Tools.requireNodeModule("gpt-tokenizer");
        NodeProgram node = NodeProgram.require(folder);
        JsonNode tools = tools();

        NodeProgram.Ended ended =
                node.run(
                        json.writeValueAsString(tools),
                        Duration.ofSeconds(30),
                        Path.of("src/test/node/tokens.mjs").toAbsolutePath().toString(),
                        modules.toString());

        assertEquals(0, ended.exitCode(), ended::toString);
        int tokens = Integer.parseInt(ended.out().strip());
        System.out.printf(
                "MCP surface: %d tools, %d tokens of %d%n",
                tools.path("tools").size(), tokens, BUDGET);
        assertTrue(tools.path("tools").size() > 1, tools::toString);
        assertTrue(tokens > 0 && tokens <= BUDGET, ended::toString);
    }

    private JsonNode tools() throws IOException {
        String answer =
                RestAssured.given()
                        .header(
                                "Authorization",
                                "Bearer " + token.with(Role.VIEWER, Role.REQUESTER))
                        .header("Accept", "application/json, text/event-stream")
                        .contentType("application/json")
                        .body("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}")
                        .post(server)
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString();
        return json.readTree(answer.substring(answer.indexOf('{'))).path("result");
    }
}
