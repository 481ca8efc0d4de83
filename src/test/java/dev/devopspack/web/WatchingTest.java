package dev.devopspack.web;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;

import dev.devopspack.identity.Role;
import dev.devopspack.testing.TrialToken;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/// What machines that watch the server may ask, and under which name.
@QuarkusTest
class WatchingTest {

    @Inject TrialToken trial;

    @Test
    void metricsNeedAViewersToken() {
        given().get("/q/metrics").then().statusCode(401);
        given().header("Authorization", "Bearer " + trial.with(Role.PIPELINE))
                .get("/q/metrics")
                .then()
                .statusCode(403);
        given().header("Authorization", "Bearer " + trial.with(Role.VIEWER))
                .get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("devopspack_audit_entries"))
                .body(containsString("devopspack_approvals_pending"));
    }

    @Test
    void metricsCountWhatTheGatesAnswered() {
        String token = trial.with(Role.VIEWER, Role.REQUESTER);
        given().header("Authorization", "Bearer " + token)
                .contentType("application/json")
                .body(
                        """
                        {"stack": "watched/staging", "environment": "staging",
                         "files": [{"name": "main.tf", "content": "locals {}\\n"}]}
                        """)
                .post("/api/v1/change-sets")
                .then()
                .statusCode(200);

        given().header("Authorization", "Bearer " + token)
                .get("/q/metrics")
                .then()
                .body(
                        containsString(
                                "devopspack_verdicts_total{gate=\"gate.security.infra\",status="))
                .body(
                        containsString(
                                "devopspack_gate_seconds_count{gate=\"gate.quality.terraform\"}"));
    }

    @Test
    void aProbeMayCallByAddress() {
        given().header("Host", "10.20.30.40:8080").get("/q/health/live").then().statusCode(200);
        given().header("Host", "10.20.30.40:8080").get("/q/metrics").then().statusCode(401);
        given().header("Host", "[fd00::1]:8080").get("/q/health/live").then().statusCode(200);
        given().header("Host", "10.20.30.40:8080").get("/").then().statusCode(421);
        given().header("Host", "evil.example").get("/q/health/live").then().statusCode(421);
    }
}
