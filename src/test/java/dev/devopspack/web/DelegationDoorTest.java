package dev.devopspack.web;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.change.Digest;
import dev.devopspack.identity.People;
import dev.devopspack.identity.Principal;
import dev.devopspack.identity.Role;
import dev.devopspack.testing.PersonAtBrowser;
import dev.devopspack.testing.TrialToken;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Somebody who stands in for an approver, over HTTP on a real PostgreSQL.
@QuarkusTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // who enrols too often is refused
class DelegationDoorTest {

    @TestHTTPResource("/")
    URI server;

    @Inject People people;
    @Inject TrialToken trial;

    private People.Invitation invitedDora;
    private PersonAtBrowser alice;
    private PersonAtBrowser dora;
    private String token = "";

    @BeforeAll
    void anApproverAndWhoStandsIn() {
        alice =
                PersonAtBrowser.enrolled(
                        server,
                        people.add(Principal.SYSTEM, "Alice", Set.of(Role.APPROVER, Role.VIEWER))
                                .secret(),
                        "Alice");
        invitedDora = people.add(Principal.SYSTEM, "Dora", Set.of(Role.VIEWER));
        dora = PersonAtBrowser.enrolled(server, invitedDora.secret(), "Dora");
        token = trial.with(Role.VIEWER, Role.REQUESTER, Role.PIPELINE);
    }

    @Test
    void whoStandsInDecidesUntilItIsTakenBackAndTheGrantFallsWithIt() {
        Waiting waiting = waiting();
        assertEquals(403, dora.decide(waiting.changeSet(), waiting.id(), "APPROVE").statusCode());

        Response delegated = delegate(alice);
        assertEquals(200, delegated.statusCode(), delegated.asString());
        assertTrue(dora.page("/delegations").contains("a fortnight at sea"));
        Response decided = dora.decide(waiting.changeSet(), waiting.id(), "APPROVE");
        assertEquals("APPROVED", decided.jsonPath().getString("status"), decided.asString());

        alice.act(
                        "/delegations/end",
                        new JsonObject()
                                .put("delegation", delegated.jsonPath().getString("delegation"))
                                .put("reason", "back again"))
                .then()
                .statusCode(200);
        consume(waiting).then().statusCode(409).body("error.code", equalTo("APPROVER_LOST"));
        Waiting next = waiting();
        assertEquals(403, dora.decide(next.changeSet(), next.id(), "APPROVE").statusCode());
    }

    @Test
    void onlyAnApproverDelegatesAndNoToken() {
        assertEquals(403, delegate(dora).statusCode());
        for (String path : List.of("/delegations", "/delegations/options", "/delegations/end")) {
            assertEquals(
                    401,
                    given().header("Origin", "http://localhost:" + server.getPort())
                            .header("X-DevOps-Pack", "page")
                            .header("Authorization", "Bearer " + token)
                            .contentType("application/json")
                            .body("{}")
                            .post(path)
                            .statusCode(),
                    path);
            assertEquals(403, alice.postWithoutCsrf(path, new JsonObject()).statusCode(), path);
        }
    }

    private Response delegate(PersonAtBrowser who) {
        return who.act(
                "/delegations",
                new JsonObject()
                        .put("to", invitedDora.person().id().toString())
                        .put("environment", "production")
                        .put("reason", "a fortnight at sea")
                        .put("until", LocalDate.now(ZoneOffset.UTC).plusDays(14).toString()));
    }

    private record Waiting(String changeSet, String id, String digest, String text) {}

    private Waiting waiting() {
        String text = UUID.randomUUID() + "\n";
        JsonPath result =
                withToken()
                        .contentType("application/json")
                        .body(
                                new JsonObject()
                                        .put("stack", "delegations/door")
                                        .put("environment", "production")
                                        .put(
                                                "files",
                                                List.of(
                                                        new JsonObject()
                                                                .put("name", "notes.md")
                                                                .put("content", text)))
                                        .encode())
                        .post("/api/v1/change-sets")
                        .then()
                        .statusCode(200)
                        .extract()
                        .jsonPath();
        return new Waiting(
                result.getString("changeSet.id"),
                result.getString("approval.id"),
                result.getString("changeSet.digest"),
                text);
    }

    private Response consume(Waiting waiting) {
        return withToken()
                .contentType("application/json")
                .body(
                        new JsonObject()
                                .put("digest", waiting.digest())
                                .put("environment", "production")
                                .put(
                                        "files",
                                        new JsonObject()
                                                .put("notes.md", Digest.of(waiting.text()).value()))
                                .encode())
                .post("/api/v1/approvals/" + waiting.id() + "/consume");
    }

    private RequestSpecification withToken() {
        return given().header("Authorization", "Bearer " + token);
    }
}
