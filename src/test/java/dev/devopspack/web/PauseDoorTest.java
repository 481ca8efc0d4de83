package dev.devopspack.web;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.identity.People;
import dev.devopspack.identity.Role;
import dev.devopspack.testing.PersonAtBrowser;
import dev.devopspack.testing.TrialToken;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The kill switch from its page to what assistants and pipelines are told, on a real PostgreSQL.
@QuarkusTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // who enrols too often is refused
class PauseDoorTest {

    /// An environment of this test's own: others share the database.
    private static final String PLACE = "frozen";

    @TestHTTPResource("/")
    URI server;

    @Inject People people;
    @Inject TrialToken trial;

    private PersonAtBrowser admin;
    private String token = "";

    @BeforeAll
    void anAdminAndAnAssistant() {
        admin =
                PersonAtBrowser.enrolled(
                        server, people, "Ada Admin", Role.ADMIN, Role.VIEWER, Role.AUDITOR);
        token = trial.with(Role.VIEWER, Role.REQUESTER);
    }

    @AfterEach
    void nothingStaysPaused() {
        lift();
    }

    @Test
    void aPausedEnvironmentTakesNoFilesAndSaysWhoWhenAndWhy() {
        Response paused = admin.act("/pauses", environment("someone is cleaning up"));

        assertEquals(200, paused.statusCode(), paused.asString());
        submit(PLACE)
                .then()
                .statusCode(409)
                .body("error.code", equalTo("PAUSED"))
                .body("error.problem", containsString("the environment frozen is paused since "))
                .body("error.problem", containsString("by Ada Admin: someone is cleaning up"));
        assertEquals(200, submit("staging").statusCode());
        assertTrue(admin.page("/").contains("by Ada Admin: someone is cleaning up"));
        assertTrue(admin.page("/audit?kind=task.refused").contains("task.refused"));
    }

    @Test
    void aPauseOfEverythingStopsTasksAndToolsAndLiftingItLetsThemThrough() {
        admin.act("/pauses", new JsonObject().put("scope", "everything").put("reason", "stop"));

        task().then().statusCode(409).body("error.code", equalTo("PAUSED"));
        tool().then()
                .statusCode(200)
                .body("result.isError", equalTo(true))
                .body("result.content[0].text", containsString("everything is paused since "));
        assertEquals(200, withToken().get("/api/v1/change-sets").statusCode());

        lift();

        task().then().statusCode(200);
    }

    @Test
    void whoIsNoAdminOrHasNoSessionPausesNothing() {
        PersonAtBrowser approver =
                PersonAtBrowser.enrolled(server, people, "Bert", Role.APPROVER, Role.VIEWER);

        assertEquals(403, approver.act("/pauses", environment("x")).statusCode());
        Doors.areShut(admin, token, "/pauses", "/pauses/lift");
        assertEquals(200, submit(PLACE).statusCode());
    }

    @Test
    void aSignatureIsGoodOnce() {
        Response options = admin.prepare("/pauses", environment("once"));
        assertEquals(200, admin.sign("/pauses", options).statusCode());
        lift();

        Response replayed = admin.sign("/pauses", options);

        replayed.then().statusCode(409).body("error.code", equalTo("BAD_CHALLENGE"));
        assertEquals(200, submit(PLACE).statusCode());
    }

    private void lift() {
        String page = admin.page("/pauses");
        var ids = Pattern.compile("value=\"(pause-[a-z2-7]{16})\"").matcher(page);
        while (ids.find()) {
            admin.act(
                            "/pauses/lift",
                            new JsonObject().put("pause", ids.group(1)).put("reason", "over"))
                    .then()
                    .statusCode(200);
        }
    }

    private static JsonObject environment(String reason) {
        return new JsonObject()
                .put("scope", "environment")
                .put("environment", PLACE)
                .put("reason", reason);
    }

    private Response submit(String environment) {
        return withToken()
                .contentType("application/json")
                .body(
                        """
                        {"stack": "pauses/door", "environment": "%s",
                         "files": [{"name": "main.tf", "content": "locals {}\\n"}]}
                        """
                                .formatted(environment))
                .post("/api/v1/change-sets");
    }

    private Response task() {
        return withToken()
                .contentType("application/json")
                .body(
                        """
                        {"task": {"type": "devops.incident_response",
                          "request": "a runbook for a full disk of the api"}}
                        """)
                .post("/api/v1/tasks");
    }

    private Response tool() {
        return withToken()
                .contentType("application/json")
                .header("Accept", "application/json, text/event-stream")
                .body(
                        """
                        {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {
                          "name": "change_set_submit", "arguments": {
                            "stack": "pauses/door", "environment": "staging",
                            "files": [{"name": "main.tf", "content": "locals {}\\n"}]}}}
                        """)
                .post("/mcp");
    }

    private RequestSpecification withToken() {
        return given().header("Authorization", "Bearer " + token);
    }
}
