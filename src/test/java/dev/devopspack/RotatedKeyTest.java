package dev.devopspack;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.adapter.keys.KeyRotation;
import dev.devopspack.approval.KeySet;
import dev.devopspack.identity.People;
import dev.devopspack.identity.Role;
import dev.devopspack.testing.EnforcedProfile;
import dev.devopspack.testing.PersonAtBrowser;
import dev.devopspack.testing.SubmittedChange;
import dev.devopspack.testing.TrialToken;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The key of grants changes while the server runs.
@QuarkusTest
@TestProfile(EnforcedProfile.class)
class RotatedKeyTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TestHTTPResource("/")
    URI server;

    @Inject People people;
    @Inject TrialToken trial;

    private static KeySet published() {
        return KeySet.parse(
                given().get("/.well-known/devops-pack/jwks.json")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString());
    }

    private SubmittedChange approved(PersonAtBrowser approver, String name) {
        String text =
                """
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: %s
                  namespace: keys
                """
                        .formatted(name);
        return SubmittedChange.submitted(
                        trial.with(Role.REQUESTER),
                        "keys/production",
                        Map.of("config.yaml", text),
                        new JsonObject())
                .approvedBy(approver);
    }

    private String keyOf(SubmittedChange change) {
        return given().header("Authorization", "Bearer " + trial.with(Role.VIEWER))
                .get("/api/v1/approvals/" + change.approval() + "/grant")
                .jsonPath()
                .getString("signatures[0].keyid");
    }

    private int consumed(SubmittedChange change) {
        return change.consume(trial.with(Role.PIPELINE)).statusCode();
    }

    @Test
    void whatTheOldKeySignedIsUsedAndTheNewKeySignsFromThenOn() throws InterruptedException {
        RestAssured.port = server.getPort();
        PersonAtBrowser approver =
                PersonAtBrowser.enrolled(server, people, "Kay Example", Role.APPROVER, Role.VIEWER);
        approver.signIn();
        SubmittedChange before = approved(approver, "before");
        int keys = published().keys().size();

        Path file = EnforcedProfile.SIGNING_KEY;
        KeyRotation.rotate(
                file.getParent(), Optional.of(file), Duration.ZERO, false, Clock.systemUTC());
        Instant end = Instant.now().plus(PATIENCE);
        while (published().keys().size() == keys) {
            assertTrue(Instant.now().isBefore(end), "the server does not read its keys anew");
            Thread.sleep(200);
        }

        SubmittedChange after = approved(approver, "after");
        KeySet published = published();
        assertEquals(published.keys().getFirst().keyId(), keyOf(after));
        assertEquals(published.keys().get(1).keyId(), keyOf(before));
        assertEquals(200, consumed(before));
        assertEquals(200, consumed(after));
    }
}
