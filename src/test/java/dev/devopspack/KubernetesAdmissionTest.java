package dev.devopspack;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.identity.People;
import dev.devopspack.identity.Principal;
import dev.devopspack.identity.Role;
import dev.devopspack.testing.EnforcedProfile;
import dev.devopspack.testing.PersonAtBrowser;
import dev.devopspack.testing.SubmittedChange;
import dev.devopspack.testing.TrialToken;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// A cluster asks before it stores what a deployer brings in.
@QuarkusTest
@TestProfile(EnforcedProfile.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KubernetesAdmissionTest {

    private static final String DEPLOYER = "system:serviceaccount:argocd:deployer";

    @TestHTTPResource("/")
    URI server;

    @TestHTTPResource(value = "/", tls = true)
    URI secure;

    @Inject People people;
    @Inject TrialToken trial;

    private PersonAtBrowser approver;
    private int number;

    @BeforeAll
    void anApprover() {
        RestAssured.port = server.getPort();
        approver =
                PersonAtBrowser.enrolled(server, people, "Kim Example", Role.APPROVER, Role.VIEWER);
        approver.signIn();
    }

    /// Two config maps of this test alone.
    private record Release(String name, SubmittedChange change) {

        JsonObject object(String suffix, String mode) {
            return new JsonObject()
                    .put("apiVersion", "v1")
                    .put("kind", "ConfigMap")
                    .put(
                            "metadata",
                            new JsonObject().put("name", name + suffix).put("namespace", "shop"))
                    .put("data", new JsonObject().put("MODE", mode));
        }
    }

    private Release submitted() {
        String name = "settings-" + ++number;
        String file =
                """
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: %1$s-a
                  namespace: shop
                data:
                  MODE: careful
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: %1$s-b
                  namespace: shop
                data:
                  MODE: careful
                """
                        .formatted(name);
        return new Release(
                name,
                SubmittedChange.submitted(
                        trial.with(Role.REQUESTER),
                        "shop/production",
                        Map.of("settings.yaml", file),
                        new JsonObject()));
    }

    private Release approved() {
        Release release = submitted();
        release.change().approvedBy(approver);
        return release;
    }

    private static JsonObject request(String user, String operation, JsonObject object) {
        return new JsonObject()
                .put("uid", UUID.randomUUID().toString())
                .put("operation", operation)
                .put("namespace", "shop")
                .put(
                        "userInfo",
                        new JsonObject().put("username", user).put("groups", new JsonArray()))
                .put("object", object)
                .put("dryRun", false);
    }

    private static JsonObject creating(JsonObject object) {
        return request(DEPLOYER, "CREATE", object);
    }

    private static Response sent(String body) {
        return given().header("Authorization", "Bearer " + EnforcedProfile.SECRET)
                .contentType("application/json")
                .body(body)
                .post("/hooks/kubernetes/main");
    }

    private static String asked(JsonObject request) {
        Response answer =
                sent(
                        new JsonObject()
                                .put("apiVersion", "admission.k8s.io/v1")
                                .put("kind", "AdmissionReview")
                                .put("request", request)
                                .encode());
        assertEquals(200, answer.statusCode(), answer.asString());
        JsonPath json = answer.jsonPath();
        assertEquals(request.getString("uid"), json.getString("response.uid"));
        return json.getBoolean("response.allowed")
                ? "allowed"
                : json.getString("response.status.message");
    }

    private String status(Release release) {
        return given().header("Authorization", "Bearer " + trial.with(Role.VIEWER))
                .get("/api/v1/approvals/" + release.change().approval())
                .jsonPath()
                .getString("status");
    }

    @Test
    void whatWasApprovedIsTakenOnceAndNothingElse() {
        Release release = submitted();
        assertEquals(
                "DevOps Pack: no open approval for 'production' holds v1 ConfigMap shop/"
                        + release.name()
                        + "-a. Submit the manifest with its namespace and let people approve it.",
                asked(creating(release.object("-a", "careful"))));
        release.change().approvedBy(approver);

        String wrong = asked(creating(release.object("-a", "careless")));
        assertTrue(
                wrong.endsWith(": data.MODE is 'careless' and was approved as 'careful'"), wrong);
        JsonObject more = release.object("-a", "careful");
        more.getJsonObject("data").put("MORE", "x");
        assertTrue(asked(creating(more)).endsWith(": data.MORE is 'x' and was not approved"));
        assertEquals("APPROVED", status(release));

        assertEquals("allowed", asked(creating(release.object("-a", "careful"))));
        assertEquals("CONSUMED", status(release));
        assertEquals("allowed", asked(creating(release.object("-b", "careful"))));
    }

    @Test
    void anObjectIsTakenIntoTheNamespaceThatItNamesAlone() {
        Release release = approved();
        JsonObject elsewhere = creating(release.object("-a", "careful")).put("namespace", "bank");

        assertEquals(
                "DevOps Pack: the object names another namespace than the review",
                asked(elsewhere));
        assertEquals("APPROVED", status(release));
    }

    @Test
    void whatWasApprovedTogetherWithOthersIsTakenOnceAndNothingElse() {
        Release release = submitted();
        release.change().approvedTogetherBy(approver, trial);

        String wrong = asked(creating(release.object("-a", "careless")));
        assertTrue(
                wrong.endsWith(": data.MODE is 'careless' and was approved as 'careful'"), wrong);
        assertEquals("allowed", asked(creating(release.object("-a", "careful"))));
        assertEquals("CONSUMED", status(release));
    }

    @Test
    void theSecondObjectOfAGrantIsNotTakenOnceItsApproverHasLostTheRole() {
        People.Invitation rae =
                people.add(Principal.SYSTEM, "Rae Example", Set.of(Role.APPROVER, Role.VIEWER));
        PersonAtBrowser leaving = PersonAtBrowser.enrolled(server, rae.secret(), "Rae Example");
        Release release = submitted();
        release.change().approvedBy(leaving);
        assertEquals("allowed", asked(creating(release.object("-a", "careful"))));

        people.setRoles(Principal.SYSTEM, rae.person().id(), Set.of(Role.VIEWER));

        String refused = asked(creating(release.object("-b", "careful")));
        assertTrue(refused.contains("is no approver any more"), refused);
        people.setRoles(Principal.SYSTEM, rae.person().id(), Set.of(Role.APPROVER, Role.VIEWER));
        assertEquals("allowed", asked(creating(release.object("-b", "careful"))));
    }

    @Test
    void objectsThatComeAtOnceShareTheGrantAndEachIsTakenOnce() throws Exception {
        Release release = approved();
        List<Callable<String>> asking = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            asking.add(() -> asked(creating(release.object("-a", "careful"))));
            asking.add(() -> asked(creating(release.object("-b", "careful"))));
        }

        List<String> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(asking.size())) {
            for (Future<String> answer : threads.invokeAll(asking)) {
                answers.add(answer.get());
            }
        }

        assertEquals(Collections.nCopies(8, "allowed"), answers);
        assertEquals("CONSUMED", status(release));
    }

    @Test
    void whatWasReportedIsOver() {
        Release release = approved();
        String token = trial.with(Role.PIPELINE);
        assertEquals(200, release.change().consume(token).statusCode());
        assertEquals("allowed", asked(creating(release.object("-a", "careful"))));

        given().header("Authorization", "Bearer " + token)
                .contentType("application/json")
                .body("{\"outcome\": \"failed\"}")
                .post("/api/v1/approvals/" + release.change().approval() + "/outcome")
                .then()
                .statusCode(200);

        assertTrue(
                asked(creating(release.object("-b", "careful")))
                        .startsWith("DevOps Pack: no open approval"));
    }

    @Test
    void aDryRunUsesNothing() {
        Release release = approved();
        JsonObject dry = creating(release.object("-a", "careful")).put("dryRun", true);

        assertEquals("allowed", asked(dry));
        assertEquals("APPROVED", status(release));
        assertTrue(
                asked(creating(release.object("-a", "careless")).put("dryRun", true))
                        .endsWith("was approved as 'careful'"));
    }

    @Test
    void theSameReviewIsAnsweredAlike() {
        Release release = submitted();
        JsonObject review = creating(release.object("-a", "careful"));
        String before = asked(review);
        release.change().approvedBy(approver);

        assertEquals(before, asked(review));
        assertEquals("allowed", asked(creating(release.object("-a", "careful"))));
    }

    @Test
    void aChangeThatChangesNothingIsLetIn() {
        JsonObject object =
                new JsonObject()
                        .put("apiVersion", "v1")
                        .put("kind", "ConfigMap")
                        .put(
                                "metadata",
                                new JsonObject()
                                        .put("name", "old")
                                        .put("namespace", "shop")
                                        .put("resourceVersion", "5"))
                        .put("data", new JsonObject().put("MODE", "old"));
        JsonObject again = object.copy();
        again.getJsonObject("metadata").put("resourceVersion", "6");

        assertEquals("allowed", asked(request(DEPLOYER, "UPDATE", again).put("oldObject", object)));
        again.getJsonObject("data").put("MODE", "new");
        assertTrue(
                asked(request(DEPLOYER, "UPDATE", again).put("oldObject", object))
                        .startsWith("DevOps Pack: no open approval"));
    }

    @Test
    void deletingAndConnectingAreNotForDeployers() {
        JsonObject nothing = new JsonObject();

        assertTrue(
                asked(request(DEPLOYER, "DELETE", nothing))
                        .startsWith("DevOps Pack: no approval says that an object may go"));
        assertEquals(
                "DevOps Pack: a deployer has no use for CONNECT",
                asked(request(DEPLOYER, "CONNECT", nothing)));
        assertEquals(
                "DevOps Pack: a deployer changes objects, not their 'scale'",
                asked(request(DEPLOYER, "UPDATE", nothing).put("subResource", "scale")));
    }

    @Test
    void othersAreDeniedAndTheClustersOwnAreNot() {
        JsonObject object = approved().object("-a", "careful");
        JsonObject node = request("system:node:a", "CREATE", object);
        node.getJsonObject("userInfo").put("groups", new JsonArray().add("system:nodes"));

        assertTrue(
                asked(request("mallory", "CREATE", object))
                        .startsWith("DevOps Pack: 'mallory' is no deployer of this cluster"));
        assertEquals("allowed", asked(node));
        assertEquals("allowed", asked(request("break-glass", "DELETE", new JsonObject())));
    }

    @Test
    void whatCannotBeReadIsDenied() {
        String deep = "{\"kind\":".repeat(10_000);
        for (String body :
                List.of(
                        "",
                        "{",
                        "[]",
                        deep,
                        "{\"apiVersion\":\"admission.k8s.io/v1beta1\",\"kind\":\"AdmissionReview\"}",
                        "{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\","
                                + "\"request\":{\"uid\":\"a\",\"uid\":\"b\"}}",
                        "{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\","
                                + "\"request\":{\"uid\":\"a\",\"operation\":\"CREATE\"}}")) {
            Response answer = sent(body);

            assertEquals(200, answer.statusCode(), body);
            assertEquals(false, answer.jsonPath().getBoolean("response.allowed"), body);
        }
    }

    @Test
    void theClusterAsksOverTls() {
        Response answer =
                given().relaxedHTTPSValidation()
                        .contentType("application/json")
                        .body("{}")
                        .post(
                                "https://localhost:"
                                        + secure.getPort()
                                        + "/hooks/kubernetes/main/"
                                        + EnforcedProfile.SECRET);

        assertEquals(200, answer.statusCode());
        assertEquals(false, answer.jsonPath().getBoolean("response.allowed"));
    }

    @Test
    void manifestsAreJudgedForTheReleaseOfTheClusters() {
        String flow =
                """
                apiVersion: flowcontrol.apiserver.k8s.io/v1beta3
                kind: FlowSchema
                metadata:
                  name: web
                spec:
                  priorityLevelConfiguration:
                    name: global-default
                """;

        JsonPath answer =
                given().header("Authorization", "Bearer " + trial.with(Role.REQUESTER))
                        .contentType("application/json")
                        .body(
                                new JsonObject()
                                        .put("stack", "flows/staging")
                                        .put("environment", "staging")
                                        .put(
                                                "files",
                                                new JsonArray()
                                                        .add(
                                                                new JsonObject()
                                                                        .put("name", "flow.yaml")
                                                                        .put("content", flow)))
                                        .encode())
                        .post("/api/v1/change-sets")
                        .jsonPath();

        String security = "verdicts.find { it.gate == 'gate.security.infra' }.";
        String summary = answer.getString(security + "summary");
        assertTrue(summary.endsWith(", manifests for Kubernetes 1.31"), summary);
        assertTrue(
                answer.<String>getList(security + "findings.rule").contains("DP-K8S-SCHEMA-007"),
                answer::prettify);
    }

    @Test
    void whoDoesNotKnowTheSecretIsNotAnswered() {
        String body = "{}";

        assertEquals(
                List.of(403, 403, 403, 200),
                List.of(
                        given().contentType("application/json")
                                .body(body)
                                .post("/hooks/kubernetes/main")
                                .statusCode(),
                        given().header("Authorization", "Bearer " + trial.with(Role.PIPELINE))
                                .contentType("application/json")
                                .body(body)
                                .post("/hooks/kubernetes/main")
                                .statusCode(),
                        given().header("Authorization", "Bearer " + EnforcedProfile.SECRET)
                                .contentType("application/json")
                                .body(body)
                                .post("/hooks/kubernetes/other")
                                .statusCode(),
                        given().contentType("application/json")
                                .body(body)
                                .post("/hooks/kubernetes/main/" + EnforcedProfile.SECRET)
                                .statusCode()));
    }
}
