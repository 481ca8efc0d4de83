package dev.devopspack;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.identity.Role;
import dev.devopspack.testing.EnforcedProfile;
import dev.devopspack.testing.TrialToken;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What a change set is judged by on a server that is given a folder of schema packs.
@QuarkusTest
@TestProfile(EnforcedProfile.class)
class SchemaPackFolderTest {

    private static final String CLOUD =
            """
            terraform {
              required_providers {
                helm = {
                  source  = "hashicorp/helm"
                  version = "~> 3.0"
                }
              }
            }

            resource "helm_stack" "this" {
              name = "web"
            }
            """;

    @Inject TrialToken trial;

    @Test
    void filesAreJudgedByThePackOfTheFolder() {
        JsonObject body =
                new JsonObject()
                        .put("stack", "packs/" + UUID.randomUUID())
                        .put("environment", "staging")
                        .put(
                                "files",
                                new JsonArray()
                                        .add(
                                                new JsonObject()
                                                        .put("name", "main.tf")
                                                        .put("content", CLOUD)));

        String judged =
                given().header("Authorization", "Bearer " + trial.with(Role.VIEWER, Role.REQUESTER))
                        .contentType("application/json")
                        .body(body.encode())
                        .post("/api/v1/change-sets")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString();

        assertTrue(
                judged.contains("'helm_stack' is not known to helm " + EnforcedProfile.HELM),
                judged);
    }
}
