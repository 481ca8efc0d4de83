package dev.devopspack.web;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.change.Digest;
import dev.devopspack.identity.People;
import dev.devopspack.identity.Principal;
import dev.devopspack.identity.Role;
import dev.devopspack.testing.PersonAtBrowser;
import dev.devopspack.testing.TogetherPage;
import dev.devopspack.testing.TogetherPage.Chosen;
import dev.devopspack.testing.TrialToken;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Several requests under one signature, over HTTP on a real PostgreSQL.
@QuarkusTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // who enrols too often is refused
class BatchDoorTest {

    private static final int ROUNDS = 5;

    @TestHTTPResource("/")
    URI server;

    @Inject People people;
    @Inject TrialToken trial;

    private PersonAtBrowser alice;
    private PersonAtBrowser bob;
    private PersonAtBrowser viewer;
    private String token = "";

    @BeforeAll
    void anApproverAndSomebodyElse() {
        alice = enrolled("Alice", Role.APPROVER, Role.VIEWER);
        bob = enrolled("Bob", Role.APPROVER, Role.VIEWER);
        viewer = enrolled("Vera", Role.VIEWER);
        token = trial.with(Role.VIEWER, Role.REQUESTER, Role.PIPELINE);
    }

    private PersonAtBrowser enrolled(String name, Role... roles) {
        return PersonAtBrowser.enrolled(
                server, people.add(Principal.SYSTEM, name, Set.of(roles)).secret(), name);
    }

    @Test
    void oneSignatureApprovesTwoAndEachGrantIsUsedOnce() {
        Waiting first = waiting();
        Waiting second = waiting();
        String page = alice.page("/together?stack=" + first.stack());
        assertTrue(page.contains(first.id()) && !page.contains(second.id()), page);

        Response decided = decide(alice, first, second);

        decided.then().statusCode(200);
        assertEquals(
                List.of("APPROVED", "APPROVED"),
                decided.jsonPath().getList("decided.status"),
                decided.asString());
        for (Waiting each : List.of(first, second)) {
            consume(each).then().statusCode(200);
            consume(each).then().statusCode(409).body("error.code", equalTo("WRONG_STATUS"));
        }
    }

    @Test
    void ofPeopleWhoApproveTheSameOnesAtOnceOneDecidesAllAndNobodyWaitsInACircle()
            throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            List<Waiting> three = List.of(waiting(), waiting(), waiting());
            List<Chosen> chosen = three.stream().map(Waiting::chosen).toList();
            JsonObject first = TogetherPage.honest(alice, chosen);
            JsonObject second = TogetherPage.honest(bob, chosen.reversed());

            List<Integer> answers =
                    atOnce(
                            () -> alice.postJson(TogetherPage.PATH, first),
                            () -> bob.postJson(TogetherPage.PATH, second));

            assertEquals(List.of(200, 409), answers.stream().sorted().toList());
            assertEquals(
                    List.of("APPROVED", "APPROVED", "APPROVED"),
                    three.stream().map(this::status).toList());
        }
    }

    @Test
    void oneAloneAndSeveralAtOnceAreDecidedOnceEach() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Waiting one = waiting();
            Waiting other = waiting();
            JsonObject both = TogetherPage.honest(alice, chosen(one, other));
            PersonAtBrowser.Asked asked = bob.ask(other.changeSet(), other.id(), "DENY");
            JsonObject no = bob.signature(asked, how -> how);
            Digest read = TogetherPage.shown(bob, other.chosen());

            List<Integer> answers =
                    atOnce(
                            () -> alice.postJson(TogetherPage.PATH, both),
                            () -> bob.answer(asked, no, read));

            assertEquals(
                    1, answers.stream().filter(code -> code == 200).count(), answers::toString);
            assertEquals(
                    1, answers.stream().filter(code -> code == 409).count(), answers::toString);
            assertEquals(
                    answers.getFirst() == 200
                            ? List.of("APPROVED", "APPROVED")
                            : List.of("PENDING", "DENIED"),
                    List.of(status(one), status(other)));
        }
    }

    @SafeVarargs
    private static List<Integer> atOnce(Callable<Response>... calls) throws Exception {
        List<Integer> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(calls.length)) {
            for (Future<Response> answer : threads.invokeAll(List.of(calls))) {
                answers.add(answer.get().statusCode());
            }
        }
        return answers;
    }

    @Test
    void anotherTextForOneDecidesNeitherAndSaysWhich() {
        Waiting first = waiting();
        Waiting second = waiting();
        Response options = options(alice, first, second);

        Response refused =
                answer(
                        alice,
                        options,
                        shown(first, Digest.of(alice.shownText(first.changeSet()))),
                        shown(second, Digest.of("creates nothing\n")));

        refused.then()
                .statusCode(409)
                .body("error.code", equalTo("OTHER_TEXT_SHOWN"))
                .body("error.problem", containsString(second.id()));
        assertEquals("PENDING", status(first));
        assertEquals("PENDING", status(second));
    }

    @Test
    void oneThatWasDeniedBeforeTheSignatureArrivesDecidesNeither() {
        Waiting first = waiting();
        Waiting second = waiting();
        Response options = options(alice, first, second);
        alice.decide(second.changeSet(), second.id(), "DENY").then().statusCode(200);

        answer(
                        alice,
                        options,
                        shown(first, Digest.of(alice.shownText(first.changeSet()))),
                        shown(second, Digest.of(alice.shownText(second.changeSet()))))
                .then()
                .statusCode(409)
                .body("error.code", equalTo("WRONG_STATUS"))
                .body("error.problem", containsString(second.id()));
        assertEquals("PENDING", status(first));
    }

    @Test
    void theSameAnswerIsNotTakenTwiceNorOneRequestTwice() {
        Waiting first = waiting();
        Waiting second = waiting();
        Response options = options(alice, first, second);
        JsonObject[] shown = {
            shown(first, Digest.of(alice.shownText(first.changeSet()))),
            shown(second, Digest.of(alice.shownText(second.changeSet())))
        };
        answer(alice, options, shown).then().statusCode(200);

        answer(alice, options, shown)
                .then()
                .statusCode(409)
                .body("error.code", equalTo("BAD_CHALLENGE"));
        Waiting third = waiting();
        options(alice, third, third).then().statusCode(400);
        answer(alice, options, shown[0], shown[0]).then().statusCode(400);
    }

    @Test
    void whoIsNoApproverNeitherSeesThePageNorSigns() {
        Waiting first = waiting();
        Waiting second = waiting();

        assertEquals(403, viewer.open("/together").statusCode());
        assertEquals(403, options(viewer, first, second).statusCode());
        assertEquals(
                403, alice.postWithoutCsrf("/together", new JsonObject()).statusCode(), "no CSRF");
    }

    private static Response decide(PersonAtBrowser who, Waiting... waiting) {
        return TogetherPage.approved(who, chosen(waiting));
    }

    private static Response options(PersonAtBrowser who, Waiting... waiting) {
        return TogetherPage.options(who, chosen(waiting));
    }

    private static List<Chosen> chosen(Waiting... waiting) {
        return Stream.of(waiting).map(Waiting::chosen).toList();
    }

    private static JsonObject shown(Waiting waiting, Digest displayed) {
        return TogetherPage.said(waiting.chosen(), displayed);
    }

    private static Response answer(PersonAtBrowser who, Response options, JsonObject... shown) {
        return who.postJson(
                TogetherPage.PATH,
                TogetherPage.answer(who.signature(options, how -> how), List.of(shown)));
    }

    private record Waiting(String changeSet, String id, String digest, String stack, String text) {

        Chosen chosen() {
            return new Chosen(changeSet, id);
        }
    }

    private Waiting waiting() {
        String text = UUID.randomUUID() + "\n";
        String stack = "together/" + text.substring(0, 8);
        JsonPath result =
                withToken()
                        .contentType("application/json")
                        .body(
                                new JsonObject()
                                        .put("stack", stack)
                                        .put("environment", "production")
                                        .put(
                                                "files",
                                                List.of(
                                                        new JsonObject()
                                                                .put("name", "notes.md")
                                                                .put("content", text)))
                                        .encode())
                        .post("/api/v1/change-sets")
                        .then()
                        .statusCode(200)
                        .extract()
                        .jsonPath();
        return new Waiting(
                result.getString("changeSet.id"),
                result.getString("approval.id"),
                result.getString("changeSet.digest"),
                stack,
                text);
    }

    private String status(Waiting waiting) {
        return withToken()
                .get("/api/v1/change-sets/" + waiting.changeSet())
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getString("approval.status");
    }

    private Response consume(Waiting waiting) {
        return withToken()
                .contentType("application/json")
                .body(
                        new JsonObject()
                                .put("digest", waiting.digest())
                                .put("environment", "production")
                                .put(
                                        "files",
                                        new JsonObject()
                                                .put("notes.md", Digest.of(waiting.text()).value()))
                                .encode())
                .post("/api/v1/approvals/" + waiting.id() + "/consume");
    }

    private RequestSpecification withToken() {
        return given().header("Authorization", "Bearer " + token);
    }
}
