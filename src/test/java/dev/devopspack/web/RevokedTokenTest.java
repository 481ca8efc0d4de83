package dev.devopspack.web;

import static io.restassured.RestAssured.given;

import dev.devopspack.identity.People;
import dev.devopspack.identity.Principal;
import dev.devopspack.identity.Role;
import dev.devopspack.identity.Tokens;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// From when on a token that was revoked is refused, although its caller was known a moment ago.
@QuarkusTest
class RevokedTokenTest {

    @Inject Tokens tokens;
    @Inject People people;

    @Test
    void itIsRefusedAtOnce() {
        Tokens.Issued issued = issued();
        called(issued, 200);

        tokens.revoke(Principal.SYSTEM, issued.token().id());

        called(issued, 401);
    }

    @Test
    void whoCallsUntilItIsRevokedIsNotKnownAfterwards() {
        Tokens.Issued issued = issued();
        called(issued, 200);

        QuarkusTransaction.requiringNew()
                .run(() -> {
                    tokens.revoke(Principal.SYSTEM, issued.token().id());
                    // Nothing is committed yet.
                    called(issued, 200);
                });

        called(issued, 401);
    }

    private static void called(Tokens.Issued token, int status) {
        given().header("Authorization", "Bearer " + token.secret())
                .get("/q/metrics")
                .then()
                .statusCode(status);
    }

    private Tokens.Issued issued() {
        return tokens.issue(
                Principal.SYSTEM,
                people.trialRequester().id(),
                "test",
                Set.of(Role.VIEWER),
                Duration.ofDays(1));
    }
}
