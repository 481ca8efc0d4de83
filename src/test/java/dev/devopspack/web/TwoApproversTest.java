package dev.devopspack.web;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.devopspack.change.CommitAuthor;
import dev.devopspack.identity.People;
import dev.devopspack.identity.Principal;
import dev.devopspack.identity.Role;
import dev.devopspack.task.Environment;
import dev.devopspack.testing.PersonAtBrowser;
import dev.devopspack.testing.TrialToken;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// People who decide at the same moment or where they may not, over HTTP on a real PostgreSQL.
@QuarkusTest
class TwoApproversTest {

    private static final int ROUNDS = 5;

    @TestHTTPResource("/")
    URI server;

    @Inject People people;
    @Inject TrialToken trial;

    @Test
    void ofTwoWhoSignAtOnceOneMakesTheGrant() throws Exception {
        PersonAtBrowser ada =
                PersonAtBrowser.enrolled(server, people, "Ada", Role.APPROVER, Role.VIEWER);
        PersonAtBrowser bert =
                PersonAtBrowser.enrolled(server, people, "Bert", Role.APPROVER, Role.VIEWER);
        for (int round = 0; round < ROUNDS; round++) {
            JsonPath waiting = waiting("production");
            String changeSet = waiting.getString("changeSet.id");
            String approval = waiting.getString("approval.id");

            List<Integer> statuses =
                    both(
                            () -> ada.decide(changeSet, approval, "APPROVE"),
                            () -> bert.decide(changeSet, approval, "APPROVE"));

            assertEquals(List.of(200, 409), statuses.stream().sorted().toList());
            given().header("Authorization", "Bearer " + trial.with(Role.VIEWER))
                    .get("/api/v1/approvals/" + approval)
                    .then()
                    .body("status", equalTo("APPROVED"));
        }
    }

    @Test
    void whoApprovesElsewhereIsToldWhere() {
        People.Invitation invited =
                people.add(Principal.SYSTEM, "Cleo", Set.of(Role.APPROVER, Role.VIEWER));
        people.setRoles(
                Principal.SYSTEM,
                invited.person().id(),
                invited.person().roles(),
                Set.of(new Environment("staging")));
        PersonAtBrowser cleo = PersonAtBrowser.enrolled(server, invited.secret(), "Cleo");
        JsonPath waiting = waiting("production");

        cleo.decide(waiting.getString("changeSet.id"), waiting.getString("approval.id"), "APPROVE")
                .then()
                .statusCode(403)
                .body("error.problem", containsString("you approve in staging, not in production"));
    }

    @Test
    void whoWroteACommitOfItIsToldSo() {
        // Beside the author there must be enough people.
        people.add(Principal.SYSTEM, "Dina", Set.of(Role.APPROVER));
        people.add(Principal.SYSTEM, "Emma", Set.of(Role.APPROVER));
        People.Invitation invited =
                people.add(Principal.SYSTEM, "Carl", Set.of(Role.APPROVER, Role.VIEWER));
        people.setRoles(
                Principal.SYSTEM,
                invited.person().id(),
                invited.person().roles(),
                Set.of(),
                Set.of(new CommitAuthor("carl@example.com")));
        PersonAtBrowser carl = PersonAtBrowser.enrolled(server, invited.secret(), "Carl");
        JsonPath waiting = waiting("production", ", \"authors\": [\"Carl@Example.com\"]");

        carl.decide(waiting.getString("changeSet.id"), waiting.getString("approval.id"), "APPROVE")
                .then()
                .statusCode(403)
                .body("error.problem", containsString("you wrote a commit of it"));
    }

    private interface Deciding {
        Response decide();
    }

    private static List<Integer> both(Deciding first, Deciding second) throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<Integer>> answers =
                    List.of(first, second).stream()
                            .map(each ->
                                    threads.submit(() -> {
                                        start.await();
                                        return each.decide().statusCode();
                                    }))
                            .toList();
            return List.of(answers.get(0).get(), answers.get(1).get());
        }
    }

    private JsonPath waiting(String environment) {
        return waiting(environment, "");
    }

    private JsonPath waiting(String environment, String more) {
        return given().header("Authorization", "Bearer " + trial.with(Role.VIEWER, Role.REQUESTER))
                .contentType("application/json")
                .body(
                        """
                        {"stack": "two/approvers", "environment": "%s"%s,
                         "files": [{"name": "notes.md", "content": "%s\\n"}]}
                        """
                                .formatted(environment, more, UUID.randomUUID()))
                .post("/api/v1/change-sets")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
