package dev.devopspack;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.identity.Role;
import dev.devopspack.testing.TrialToken;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Nobody is asked to approve what has names that look like other names.
@QuarkusTest
class DeceptiveNamesTest {

    @Inject TrialToken trial;

    @Test
    void aFileNameOfTwoScriptsIsNotAskedAndItsPlainTwinIs() {
        assertEquals("WAITING", approval(submitted("notes.md")).get("status"));
        assertEquals(
                "WAITING",
                approval(submitted("\u0437\u0430\u043c\u0435\u0442\u043a\u0438.md")).get("status"));

        JsonPath deceptive = submitted("n\u043etes.md");

        assertNull(deceptive.get("approval"));
        assertEquals("FAILED", approval(deceptive).get("status"));
        assertTrue(
                String.valueOf(approval(deceptive).get("why"))
                        .contains("mixes Cyrillic and Latin letters in one word"),
                () -> approval(deceptive).toString());
    }

    @Test
    void lettersOfOtherScriptsInTextAreNoNames() {
        JsonPath asked = submitted("notes.md", "Gr\u00fc\u00dfe, \u043fривет, m\u0430in\n");

        assertEquals("WAITING", approval(asked).get("status"));
    }

    @Test
    void aNameInAFileThatLooksLikeAnotherIsNotAskedAndItsPlainTwinIs() {
        String config =
                """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: texts, namespace: shop}
                data:
                  %s: %s
                """;

        assertEquals(
                "WAITING",
                approval(submitted("texts.yaml", config.formatted("title", "\"m\u0430in text\"")))
                        .get("status"));
        for (String deceptive :
                List.of(
                        config.formatted("t\u0456tle", "x"),
                        config.formatted("title", "\"registry.example/p\u0430y\""),
                        config.formatted("title", "\"a\u200bb\""))) {
            JsonPath answer = submitted("texts.yaml", deceptive);
            assertNull(answer.get("approval"), deceptive);
            assertEquals("FAILED", approval(answer).get("status"), deceptive);
            assertTrue(
                    String.valueOf(approval(answer).get("why")).contains("in texts.yaml"),
                    () -> approval(answer).toString());
        }
    }

    private JsonPath submitted(String name) {
        return submitted(name, "text\n");
    }

    private JsonPath submitted(String name, String content) {
        JsonObject body =
                new JsonObject()
                        .put("stack", "names/" + UUID.randomUUID())
                        .put("environment", "production")
                        .put(
                                "files",
                                new JsonArray()
                                        .add(
                                                new JsonObject()
                                                        .put("name", name)
                                                        .put("content", content)));
        return given().header("Authorization", "Bearer " + trial.with(Role.VIEWER, Role.REQUESTER))
                .contentType("application/json")
                .body(body.encode())
                .post("/api/v1/change-sets")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static Map<String, Object> approval(JsonPath result) {
        return result.<Map<String, Object>>getList("verdicts").stream()
                .filter(gate -> String.valueOf(gate.get("gate")).contains("approval"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(result.prettify()));
    }
}
