package dev.devopspack.testing;

import static io.restassured.RestAssured.given;

import io.restassured.path.json.JsonPath;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;

/// Files that were submitted over HTTP, with what names them afterwards.
///
/// @param files the SHA-256 of each by its name
public record ApprovedChange(
        String changeSet, String approval, String digest, Map<String, String> files) {

    /// Submits files and says who decides; nobody has decided yet.
    ///
    /// @param token of a requester
    /// @param more members of the submission besides stack, environment and files
    public static ApprovedChange submitted(
            String token, String stack, Map<String, String> contents, JsonObject more) {
        JsonArray files = new JsonArray();
        contents.forEach((name, content) ->
                files.add(new JsonObject().put("name", name).put("content", content)));
        JsonPath answer =
                given().header("Authorization", "Bearer " + token)
                        .contentType("application/json")
                        .body(
                                more.copy()
                                        .put("stack", stack)
                                        .put("environment", "production")
                                        .put("files", files)
                                        .encode())
                        .post("/api/v1/change-sets")
                        .then()
                        .statusCode(200)
                        .extract()
                        .jsonPath();
        if (answer.getString("approval.id") == null) {
            throw new AssertionError("nobody was asked: " + answer.prettify());
        }
        Map<String, String> digests = new HashMap<>();
        for (Map<String, Object> file : answer.<Map<String, Object>>getList("changeSet.files")) {
            digests.put(String.valueOf(file.get("name")), String.valueOf(file.get("sha256")));
        }
        return new ApprovedChange(
                answer.getString("changeSet.id"),
                answer.getString("approval.id"),
                answer.getString("changeSet.digest"),
                digests);
    }

    public ApprovedChange approvedBy(PersonAtBrowser approver) {
        approver.decide(changeSet, approval, "APPROVE").then().statusCode(200);
        return this;
    }

    /// What a pipeline says that it is about to do.
    public String claim() {
        JsonObject presented = new JsonObject();
        files.forEach((name, sha256) ->
                presented.put(name, sha256.startsWith("sha256:") ? sha256 : "sha256:" + sha256));
        return new JsonObject()
                .put("digest", digest)
                .put("environment", "production")
                .put("files", presented)
                .encode();
    }
}
