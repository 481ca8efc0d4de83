package dev.devopspack.web;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.identity.People;
import dev.devopspack.identity.Principal;
import dev.devopspack.identity.Role;
import dev.devopspack.testing.PersonAtBrowser;
import dev.devopspack.testing.SubmittedChange;
import dev.devopspack.testing.TrialToken;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;
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
        alice = PersonAtBrowser.enrolled(server, people, "Alice", Role.APPROVER, Role.VIEWER);
        invitedDora = people.add(Principal.SYSTEM, "Dora", Set.of(Role.VIEWER));
        dora = PersonAtBrowser.enrolled(server, invitedDora.secret(), "Dora");
        token = trial.with(Role.VIEWER, Role.REQUESTER, Role.PIPELINE);
    }

    @Test
    void whoStandsInDecidesUntilItIsTakenBackAndTheGrantFallsWithIt() {
        SubmittedChange waiting = waiting();
        assertEquals(
                403, dora.decide(waiting.changeSet(), waiting.approval(), "APPROVE").statusCode());

        Response delegated = delegate(alice);
        assertEquals(200, delegated.statusCode(), delegated.asString());
        assertTrue(dora.page("/delegations").contains("a fortnight at sea"));
        Response decided = dora.decide(waiting.changeSet(), waiting.approval(), "APPROVE");
        assertEquals("APPROVED", decided.jsonPath().getString("status"), decided.asString());

        alice.act(
                        "/delegations/end",
                        new JsonObject()
                                .put("delegation", delegated.jsonPath().getString("delegation"))
                                .put("reason", "back again"))
                .then()
                .statusCode(200);
        waiting.consume(token).then().statusCode(409).body("error.code", equalTo("APPROVER_LOST"));
        SubmittedChange next = waiting();
        assertEquals(403, dora.decide(next.changeSet(), next.approval(), "APPROVE").statusCode());
    }

    @Test
    void onlyAnApproverDelegatesAndNoToken() {
        assertEquals(403, delegate(dora).statusCode());
        Doors.areShut(alice, token, "/delegations", "/delegations/end");
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

    private SubmittedChange waiting() {
        return SubmittedChange.ofNotes(token, "delegations/door");
    }
}
