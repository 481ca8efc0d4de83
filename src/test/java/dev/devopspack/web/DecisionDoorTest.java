package dev.devopspack.web;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.devopspack.identity.People;
import dev.devopspack.identity.Principal;
import dev.devopspack.identity.Role;
import dev.devopspack.identity.Tokens;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Ways in which somebody with a token would try to decide.
@QuarkusTest
class DecisionDoorTest {

    private static final List<String> DOORS =
            List.of(
                    "/change-sets/cs-aaaaaaaaaaaaaaaa/decision",
                    "/change-sets/cs-aaaaaaaaaaaaaaaa/decision/options",
                    "/together",
                    "/together/options");

    @TestHTTPResource("/")
    URI server;

    @Inject People people;
    @Inject Tokens tokens;

    private String token = "";

    @BeforeEach
    void aTokenWithAllThatATokenCanHave() {
        token =
                tokens.issue(
                                Principal.SYSTEM,
                                people.trialRequester().id(),
                                "door",
                                Set.of(Role.VIEWER, Role.REQUESTER, Role.PIPELINE),
                                Duration.ofHours(1))
                        .secret();
    }

    @Test
    void aTokenIsNotLookedAtWhereDecisionsAreMade() {
        for (String door : DOORS) {
            int status =
                    fromAPage().header("Authorization", "Bearer " + token).post(door).statusCode();

            assertEquals(401, status, door);
        }
    }

    @Test
    void aTokenIsNoSession() {
        for (String door : DOORS) {
            int status = fromAPage().cookie("devops-pack-session", token).post(door).statusCode();

            assertEquals(401, status, door);
        }
    }

    @Test
    void theTokensPathsHaveNoDecision() {
        for (String path :
                List.of(
                        "/api/v1/approvals/ap-aaaaaaaaaaaaaaaaaaaaaaaaaa/decide",
                        "/api/v1/approvals/ap-aaaaaaaaaaaaaaaaaaaaaaaaaa/approve",
                        "/api/v1/change-sets/cs-aaaaaaaaaaaaaaaa/decision")) {
            int status =
                    given().header("Authorization", "Bearer " + token)
                            .contentType("application/json")
                            .body("{\"decision\": \"APPROVE\"}")
                            .post(path)
                            .statusCode();

            assertEquals(404, status, path);
        }
    }

    @Test
    void aTokenDoesWhatItsRolesSayAndNoMore() {
        assertEquals(200, withToken().get("/api/v1/change-sets").statusCode());
        assertEquals(200, withToken().get("/api/v1/verify-keys").statusCode());
        assertEquals(403, withToken().get("/api/v1/audit/export").statusCode());
    }

    @Test
    void anUnknownTokenIsToldHowToGetOne() {
        given().header("Authorization", "Bearer dpk_" + "a".repeat(43))
                .get("/api/v1/change-sets")
                .then()
                .statusCode(401)
                .body("error.where", equalTo("Authorization"))
                .body("error.mend", containsString("/access"));
    }

    @Test
    void badInputIsAnsweredWithItsPlace() {
        withToken()
                .contentType("application/json")
                .body("{\"stack\": \"a/b\", \"environment\": \"production\", \"flies\": []}")
                .post("/api/v1/change-sets")
                .then()
                .statusCode(400)
                .body("error.where", equalTo("/flies"));
        withToken()
                .contentType("application/json")
                .body("{\"files\": [{\"name\": \"../x\", \"content\": \"\"}]}")
                .post("/api/v1/scan")
                .then()
                .statusCode(400);
    }

    private RequestSpecification withToken() {
        return given().header("Authorization", "Bearer " + token);
    }

    private RequestSpecification fromAPage() {
        return given().header("Origin", "http://localhost:" + server.getPort())
                .header("Sec-Fetch-Site", "same-origin")
                .header("X-DevOps-Pack", "page")
                .header("X-CSRF-Token", "x")
                .contentType("application/json")
                .body(
                        "{\"request\": \"ap-aaaaaaaaaaaaaaaaaaaaaaaaaa\", \"decision\": \"APPROVE\"}");
    }
}
