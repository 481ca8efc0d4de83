package dev.devopspack;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.approval.ApprovalStore;
import dev.devopspack.audit.AuditLog;
import dev.devopspack.identity.People;
import dev.devopspack.identity.Role;
import dev.devopspack.task.Environment;
import dev.devopspack.testing.EnforcedProfile;
import dev.devopspack.testing.LockQueue;
import dev.devopspack.testing.PersonAtBrowser;
import dev.devopspack.testing.SubmittedChange;
import dev.devopspack.testing.TrialToken;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// A cluster asks about an object that two approvals hold while a pipeline uses one of them, on a
/// real PostgreSQL: they wait for each other, and never in a circle.
@QuarkusTest
@TestProfile(EnforcedProfile.class)
class SimultaneousAdmissionTest {

    private static final int MOST_OPEN = 200;

    @TestHTTPResource("/")
    URI server;

    @Inject People people;
    @Inject TrialToken trial;
    @Inject AuditLog log;
    @Inject ApprovalStore approvals;
    @Inject LockQueue waiting;

    @Test
    void whoeverWritesThatOneGrantIsTakenDoesNotThenWaitForTheNextOne() throws Exception {
        RestAssured.port = server.getPort();
        PersonAtBrowser approver =
                PersonAtBrowser.enrolled(server, people, "Lea", Role.APPROVER, Role.VIEWER);
        String name = "shared-" + UUID.randomUUID();
        List<SubmittedChange> inOrder =
                inTheOrderOfTheirUse(
                        List.of(
                                submitted("one/production", name).approvedBy(approver),
                                submitted("two/production", name).approvedBy(approver)));
        SubmittedChange reserved = inOrder.getFirst();
        SubmittedChange free = inOrder.getLast();
        String pipeline = trial.with(Role.PIPELINE);
        reserve(reserved, pipeline).then().statusCode(200);

        List<Response> answers;
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<Response>> asked =
                    QuarkusTransaction.requiringNew()
                            .call(() -> {
                                log.hold();
                                Future<Response> cluster = threads.submit(() -> admission(name));
                                waiting.await(1, "lock_audit_head", "approval_states");
                                Future<Response> other =
                                        threads.submit(() -> free.consume(pipeline));
                                waiting.await(2, "lock_audit_head", "approval_states");
                                return List.of(cluster, other);
                            });
            answers = List.of(asked.getFirst().get(), asked.getLast().get());
        }

        assertEquals(200, answers.getFirst().statusCode(), answers.getFirst().asString());
        assertTrue(
                answers.getFirst().jsonPath().getBoolean("response.allowed"),
                answers.getFirst().asString());
        assertEquals(409, answers.getLast().statusCode(), answers.getLast().asString());
    }

    private SubmittedChange submitted(String stack, String name) {
        JsonObject file = object(name);
        return SubmittedChange.submitted(
                trial.with(Role.REQUESTER),
                stack,
                Map.of("settings.yaml", file.encode() + "\n"),
                new JsonObject());
    }

    private static JsonObject object(String name) {
        return new JsonObject()
                .put("apiVersion", "v1")
                .put("kind", "ConfigMap")
                .put("metadata", new JsonObject().put("name", name).put("namespace", "shop"))
                .put("data", new JsonObject().put("MODE", "careful"));
    }

    private List<SubmittedChange> inTheOrderOfTheirUse(List<SubmittedChange> both) {
        return QuarkusTransaction.requiringNew()
                .call(() ->
                        approvals
                                .usable(new Environment("production"), Instant.now(), MOST_OPEN)
                                .stream()
                                .flatMap(approval ->
                                        both.stream()
                                                .filter(change ->
                                                        approval.request()
                                                                .id()
                                                                .value()
                                                                .equals(change.approval())))
                                .toList());
    }

    private static Response reserve(SubmittedChange change, String pipeline) {
        return given().header("Authorization", "Bearer " + pipeline)
                .contentType("application/json")
                .body(change.claim())
                .post("/api/v1/approvals/" + change.approval() + "/reserve");
    }

    private static Response admission(String name) {
        JsonObject request =
                new JsonObject()
                        .put("uid", UUID.randomUUID().toString())
                        .put("operation", "CREATE")
                        .put("namespace", "shop")
                        .put(
                                "userInfo",
                                new JsonObject()
                                        .put("username", "system:serviceaccount:argocd:deployer")
                                        .put("groups", new JsonArray()))
                        .put("object", object(name))
                        .put("dryRun", false);
        return given().header("Authorization", "Bearer " + EnforcedProfile.SECRET)
                .contentType("application/json")
                .body(
                        new JsonObject()
                                .put("apiVersion", "admission.k8s.io/v1")
                                .put("kind", "AdmissionReview")
                                .put("request", request)
                                .encode())
                .post("/hooks/kubernetes/main");
    }
}
