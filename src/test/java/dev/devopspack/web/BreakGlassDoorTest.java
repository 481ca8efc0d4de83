package dev.devopspack.web;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.change.Digest;
import dev.devopspack.identity.People;
import dev.devopspack.identity.Role;
import dev.devopspack.testing.PersonAtBrowser;
import dev.devopspack.testing.SubmittedChange;
import dev.devopspack.testing.TrialToken;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Breaking the glass and reviewing it, over HTTP on a real PostgreSQL.
@QuarkusTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // who enrols too often is refused
class BreakGlassDoorTest {

    @TestHTTPResource("/")
    URI server;

    @Inject People people;
    @Inject TrialToken trial;

    private PersonAtBrowser alice;
    private PersonAtBrowser bob;
    private PersonAtBrowser auditor;
    private String token = "";

    @BeforeAll
    void theHouse() {
        alice = PersonAtBrowser.enrolled(server, people, "Alice Alone", Role.APPROVER, Role.VIEWER);
        bob = PersonAtBrowser.enrolled(server, people, "Bob", Role.APPROVER, Role.VIEWER);
        auditor = PersonAtBrowser.enrolled(server, people, "Audrey", Role.AUDITOR, Role.VIEWER);
        token = trial.with(Role.VIEWER, Role.REQUESTER, Role.PIPELINE);
    }

    @Test
    void onePersonLetsItThroughEverybodyIsToldAndItIsReviewedBeforeTheNextTime() {
        SubmittedChange waiting = waiting();
        Response used = breakGlass(alice, waiting);
        assertEquals(200, used.statusCode(), used.asString());

        assertTrue(grantOf(waiting).contains("\"breakGlass\":{\"approver\":"));
        assertTrue(auditor.page("/").contains("Alice Alone let a change through alone"));
        assertTrue(auditor.page("/audit?kind=break_glass.skipped").contains("break_glass.skipped"));
        assertTrue(
                alice.page("/change-sets/" + waiting.changeSet())
                        .contains("broke the glass for INC-4711"));
        SubmittedChange second = waiting();
        breakGlass(bob, second).then().statusCode(409).body("error.code", equalTo("NOT_REVIEWED"));
        assertEquals(200, waiting.consume(token).statusCode());

        review(alice, waiting).then().statusCode(403);
        assertEquals(200, review(auditor, waiting).statusCode());
        assertFalse(auditor.page("/").contains("let a change through alone at"));
        assertEquals(200, breakGlass(bob, second).statusCode());
        assertEquals(200, review(auditor, second).statusCode());
    }

    @Test
    void ofTwoWhoBreakItAtOnceOneDoes() throws Exception {
        SubmittedChange first = waiting();
        SubmittedChange second = waiting();
        CyclicBarrier start = new CyclicBarrier(2);
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Future<Response> one =
                    threads.submit(() -> {
                        start.await();
                        return breakGlass(alice, first);
                    });
            Future<Response> other =
                    threads.submit(() -> {
                        start.await();
                        return breakGlass(bob, second);
                    });
            List<Integer> statuses =
                    Stream.of(one.get(), other.get()).map(Response::statusCode).sorted().toList();

            assertEquals(200, statuses.getFirst());
            assertTrue(List.of(400, 409).contains(statuses.getLast()), statuses.toString());
        }
        int reviewed =
                Stream.of(first, second)
                        .mapToInt(each -> review(auditor, each).statusCode() == 200 ? 1 : 0)
                        .sum();
        assertEquals(1, reviewed);
    }

    @Test
    void noTokenAndNobodyElseBreaksIt() {
        SubmittedChange waiting = waiting();

        assertEquals(403, breakGlass(auditor, waiting).statusCode());
        Doors.areShut(alice, token, "/break-glass", "/break-glass/review");
    }

    private Response breakGlass(PersonAtBrowser who, SubmittedChange waiting) {
        return who.act(
                "/break-glass",
                new JsonObject()
                        .put("request", waiting.approval())
                        .put("incident", "INC-4711")
                        .put("reason", "the shop is down")
                        .put("rendering", Digest.of(who.shownText(waiting.changeSet())).value()));
    }

    private static Response review(PersonAtBrowser who, SubmittedChange waiting) {
        return who.act(
                "/break-glass/review",
                new JsonObject()
                        .put("request", waiting.approval())
                        .put("justified", "yes")
                        .put("finding", "the shop was down"));
    }

    private String grantOf(SubmittedChange waiting) {
        JsonPath envelope =
                withToken().get("/api/v1/approvals/" + waiting.approval() + "/grant").jsonPath();
        return new String(
                Base64.getDecoder().decode(envelope.getString("payload")), StandardCharsets.UTF_8);
    }

    private SubmittedChange waiting() {
        return SubmittedChange.ofNotes(token, "glass/door");
    }

    private RequestSpecification withToken() {
        return given().header("Authorization", "Bearer " + token);
    }
}
