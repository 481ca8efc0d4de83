package dev.devopspack.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devopspack.identity.Role;
import dev.devopspack.testing.TrialToken;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class WorkflowPromptsTest {

    @Inject TrialToken token;
    @Inject ObjectMapper json;

    @TestHTTPResource("mcp")
    URI server;

    @Test
    void provisionSeedsTheTaskWithWhatThePersonNamed() throws IOException {
        JsonNode answer =
                provision(Map.of("name", "blue", "environment", "staging"), Role.REQUESTER);

        JsonNode message = answer.path("result").path("messages").path(0);
        String text = message.path("content").path("text").asText();
        String call = text.substring(text.indexOf("{\"input\""), text.indexOf(". Ask me"));
        assertEquals("user", message.path("role").asText(), answer::toString);
        assertEquals(
                json.readTree(
                        """
                        {"input": {
                          "provider": "aws",
                          "resources": [{"type": "eks_cluster", "name": "blue", "node_count": 3}],
                          "environment": "staging"
                        }}
                        """),
                json.readTree(call));
        assertTrue(text.contains("You cannot approve"), text);
    }

    @Test
    void provisionIsForThoseWhoMayRequest() throws IOException {
        JsonNode answer = provision(Map.of(), Role.VIEWER);

        assertFalse(answer.path("error").isMissingNode(), answer::toString);
        assertTrue(answer.path("result").isMissingNode(), answer::toString);
    }

    private JsonNode provision(Map<String, String> arguments, Role role) throws IOException {
        String answer =
                RestAssured.given()
                        .header("Authorization", "Bearer " + token.with(role))
                        .header("Accept", "application/json, text/event-stream")
                        .contentType("application/json")
                        .body(
                                json.writeValueAsString(
                                        Map.of(
                                                "jsonrpc",
                                                "2.0",
                                                "id",
                                                1,
                                                "method",
                                                "prompts/get",
                                                "params",
                                                Map.of(
                                                        "name",
                                                        "provision",
                                                        "arguments",
                                                        arguments))))
                        .post(server)
                        .asString();
        return json.readTree(answer.substring(answer.indexOf('{')));
    }
}
