package dev.devopspack.testing;

import static io.restassured.RestAssured.given;

import dev.devopspack.approval.Grant;
import dev.devopspack.identity.Role;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Files that were submitted over HTTP, with what names them afterwards.
///
/// @param files the SHA-256 of each by its name
public record SubmittedChange(
        String changeSet, String approval, String digest, Map<String, String> files) {

    /// Submits files that people are asked about; nobody has decided yet.
    ///
    /// @param token of a requester
    /// @param more members of the submission besides stack, environment and files
    public static SubmittedChange submitted(
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
        return of(answer, answer.getString("approval.id"));
    }

    /// @param submitted the answer to a submission
    /// @param approval what people were asked, perhaps later
    public static SubmittedChange of(JsonPath submitted, String approval) {
        Map<String, String> digests = new HashMap<>();
        for (Map<String, Object> file : submitted.<Map<String, Object>>getList("changeSet.files")) {
            digests.put(String.valueOf(file.get("name")), String.valueOf(file.get("sha256")));
        }
        return new SubmittedChange(
                submitted.getString("changeSet.id"),
                approval,
                submitted.getString("changeSet.digest"),
                digests);
    }

    /// Submits notes that nobody submitted before.
    public static SubmittedChange ofNotes(String token, String stack) {
        return submitted(
                token, stack, Map.of("notes.md", UUID.randomUUID() + "\n"), new JsonObject());
    }

    public SubmittedChange approvedBy(PersonAtBrowser approver) {
        approver.decide(changeSet, approval, "APPROVE").then().statusCode(200);
        return this;
    }

    /// The same with one signature over this and other notes, which gives a grant of version 4.
    public SubmittedChange approvedTogetherBy(PersonAtBrowser approver, TrialToken trial) {
        SubmittedChange other = ofNotes(trial.with(Role.REQUESTER), "notes/production");
        TogetherPage.approved(approver, List.of(chosen(), other.chosen())).then().statusCode(200);
        String type = grant(trial.with(Role.VIEWER)).getString("predicateType");
        if (!type.equals(Grant.BATCH_TYPE)) {
            throw new AssertionError("the grant calls itself " + type);
        }
        return this;
    }

    private TogetherPage.Chosen chosen() {
        return new TogetherPage.Chosen(changeSet, approval);
    }

    /// The statement that was signed.
    private JsonObject grant(String token) {
        String envelope =
                given().header("Authorization", "Bearer " + token)
                        .get("/api/v1/approvals/" + approval + "/grant")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString();
        byte[] payload = new JsonObject(envelope).getBinary("payload");
        return new JsonObject(new String(payload, StandardCharsets.UTF_8));
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

    /// A pipeline uses the grant up.
    public Response consume(String token) {
        return given().header("Authorization", "Bearer " + token)
                .contentType("application/json")
                .body(claim())
                .post("/api/v1/approvals/" + approval + "/consume");
    }
}
