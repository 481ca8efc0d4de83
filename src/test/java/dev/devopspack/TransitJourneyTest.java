package dev.devopspack;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.devopspack.approval.KeySet;
import dev.devopspack.identity.People;
import dev.devopspack.identity.Role;
import dev.devopspack.testing.PersonAtBrowser;
import dev.devopspack.testing.SubmittedChange;
import dev.devopspack.testing.TransitEngineRunning;
import dev.devopspack.testing.TrialToken;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.net.URI;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The key of grants is in the transit engine of a Vault, which is there and then is not.
@QuarkusTest
@QuarkusTestResource(value = TransitEngineRunning.class, restrictToAnnotatedClass = true)
class TransitJourneyTest {

    @TestHTTPResource("/")
    URI server;

    @Inject People people;
    @Inject TrialToken trial;

    private PersonAtBrowser approver;

    @BeforeEach
    void anApprover() {
        RestAssured.port = server.getPort();
        approver = PersonAtBrowser.enrolled(server, people, "Vera", Role.APPROVER, Role.VIEWER);
        approver.signIn();
    }

    @AfterEach
    void unsealed() {
        tellTheEngine("unseal");
    }

    @Test
    void aGrantIsSignedThereAndTheServerItselfTakesIt() {
        SubmittedChange change = submitted("there").approvedBy(approver);

        assertEquals(published().keys().getFirst().keyId(), keyOf(change));
        change.consume(trial.with(Role.PIPELINE)).then().statusCode(200);
    }

    @Test
    void whileItIsSealedNothingIsDecidedAndWhatWasSignedIsUsed() {
        SubmittedChange signed = submitted("signed").approvedBy(approver);
        SubmittedChange waiting = submitted("waiting");
        tellTheEngine("seal");

        approver.decide(waiting.changeSet(), waiting.approval(), "APPROVE")
                .then()
                .statusCode(503)
                .header("Retry-After", "5")
                .body("error.where", equalTo("key management service"))
                .body("error.problem", equalTo("it does not sign now, so nothing was decided"))
                .body("error.mend", containsString("Try again in a few seconds"));

        assertEquals("PENDING", statusOf(waiting));
        assertEquals(1, published().keys().size());
        signed.consume(trial.with(Role.PIPELINE)).then().statusCode(200);
        // Pipelines that use what was signed must find the server: it stays ready and says it.
        assertNotNull(notSigningSince());

        tellTheEngine("unseal");
        waiting.approvedBy(approver);

        assertEquals("APPROVED", statusOf(waiting));
        assertEquals(published().keys().getFirst().keyId(), keyOf(waiting));
        assertNull(notSigningSince());
    }

    private String notSigningSince() {
        JsonPath health =
                given().get("/q/health/ready")
                        .then()
                        .statusCode(200)
                        .body("checks.name", hasItem("grants"))
                        .extract()
                        .jsonPath();
        return health.getString("checks.find { it.name == 'grants' }.data.notSignedSince");
    }

    private static void tellTheEngine(String what) {
        URI engine = ConfigProvider.getConfig().getValue(TransitEngineRunning.ENGINE, URI.class);
        given().baseUri("http://localhost")
                .port(engine.getPort())
                .post("/stand-in/" + what)
                .then()
                .statusCode(204);
    }

    private SubmittedChange submitted(String name) {
        return SubmittedChange.ofNotes(
                trial.with(Role.REQUESTER), "transit-" + name + "/production");
    }

    private String statusOf(SubmittedChange change) {
        return given().header("Authorization", "Bearer " + trial.with(Role.VIEWER))
                .get("/api/v1/approvals/" + change.approval())
                .jsonPath()
                .getString("status");
    }

    private static KeySet published() {
        return KeySet.parse(
                given().get("/.well-known/devops-pack/jwks.json")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString());
    }

    private String keyOf(SubmittedChange change) {
        return given().header("Authorization", "Bearer " + trial.with(Role.VIEWER))
                .get("/api/v1/approvals/" + change.approval() + "/grant")
                .jsonPath()
                .getString("signatures[0].keyid");
    }
}
