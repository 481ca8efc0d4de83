package dev.devopspack;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.approval.ApprovalId;
import dev.devopspack.approval.ApprovalStore;
import dev.devopspack.approval.Approvals;
import dev.devopspack.audit.AuditLog;
import dev.devopspack.audit.AuditQuery;
import dev.devopspack.change.ChangeSetId;
import dev.devopspack.change.CommitAuthor;
import dev.devopspack.identity.People;
import dev.devopspack.identity.Person;
import dev.devopspack.identity.PersonStore;
import dev.devopspack.identity.Principal;
import dev.devopspack.identity.Role;
import dev.devopspack.task.Environment;
import dev.devopspack.testing.TrialToken;
import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// Two submissions of the same files name one of the last two approvers each, at the same moment:
/// each would leave one, both together leave nobody.
@QuarkusTest
class SimultaneousAuthorsTest {

    /// A busy machine is slow; nothing here waits so long where all is well.
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @TestHTTPResource("/")
    URI server;

    @Inject People people;
    @Inject PersonStore persons;
    @Inject Approvals approvals;
    @Inject ApprovalStore store;
    @Inject AuditLog log;
    @Inject TrialToken trial;
    @Inject AgroalDataSource database;

    @Test
    void ofTwoThatTogetherLeaveNobodyOneIsTakenAndTheOtherLeavesNoTrace() throws Exception {
        RestAssured.port = server.getPort();
        people.add(Principal.SYSTEM, "Ida", Set.of(Role.APPROVER));
        people.add(Principal.SYSTEM, "Ugo", Set.of(Role.APPROVER));
        List<String> everybody = addressesOfAllApprovers();
        int last = everybody.size() - 1;
        String token = trial.with(Role.VIEWER, Role.REQUESTER);
        String file = UUID.randomUUID().toString();
        JsonPath first = submitted(token, file, everybody.subList(0, last - 1)).jsonPath();
        ChangeSetId changeSet = new ChangeSetId(first.getString("changeSet.id"));
        ApprovalId approval = new ApprovalId(first.getString("approval.id"));

        List<Response> answers;
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<Response>> asked =
                    QuarkusTransaction.requiringNew()
                            .call(() -> {
                                store.lock(approval).orElseThrow();
                                Future<Response> one =
                                        threads.submit(() ->
                                                submitted(
                                                        token,
                                                        file,
                                                        List.of(everybody.get(last - 1))));
                                Future<Response> other =
                                        threads.submit(() ->
                                                submitted(
                                                        token, file, List.of(everybody.get(last))));
                                awaitBothAtTheStore();
                                return List.of(one, other);
                            });
            answers = List.of(asked.getFirst().get(), asked.getLast().get());
        }

        Response taken = answers.get(answers.getFirst().statusCode() == 200 ? 0 : 1);
        Response refused = answers.get(answers.getFirst().statusCode() == 200 ? 1 : 0);
        assertEquals(200, taken.statusCode(), taken.asString());
        assertEquals(400, refused.statusCode(), refused.asString());
        assertTrue(
                refused.asString().contains("0 people could approve in production"),
                refused.asString());
        assertEquals(everybody.size() - 1, approvals.authorsOf(changeSet).size());
        assertEquals(
                1,
                log.search(AuditQuery.ofChangeSet(changeSet.value(), 100)).stream()
                        .filter(entry -> entry.entry().kind().equals("change_set.authors_named"))
                        .count());
    }

    /// An address for each of them, the same for tests that ran before.
    private List<String> addressesOfAllApprovers() {
        List<String> addresses = new ArrayList<>();
        for (Person person : persons.all()) {
            if (person.active() && person.approvesIn(new Environment("production"))) {
                CommitAuthor address = new CommitAuthor(person.id() + "@everybody.example");
                Set<CommitAuthor> all = new HashSet<>(person.commitsAs());
                all.add(address);
                persons.update(person.withCommitsAs(all));
                addresses.add(address.value());
            }
        }
        return addresses;
    }

    private static Response submitted(String token, String file, List<String> authors) {
        return given().header("Authorization", "Bearer " + token)
                .contentType("application/json")
                .body(
                        Map.of(
                                "stack",
                                "commit/authors",
                                "environment",
                                "production",
                                "authors",
                                authors,
                                "files",
                                List.of(Map.of("name", "notes.md", "content", file + "\n"))))
                .post("/api/v1/change-sets");
    }

    private void awaitBothAtTheStore() throws InterruptedException {
        Instant until = Instant.now().plus(LIMIT);
        while (waiting() < 2) {
            if (Instant.now().isAfter(until)) {
                throw new AssertionError(waiting() + " wait, not two");
            }
            Thread.sleep(10);
        }
    }

    /// Looked at outside the transaction: within one it is looked up once and remembered.
    private int waiting() {
        return QuarkusTransaction.suspendingExisting().call(this::waitingNow);
    }

    private int waitingNow() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                """
                                select count(*) from pg_stat_activity
                                where wait_event_type = 'Lock' and datname = current_database()
                                """)) {
            row.next();
            return row.getInt(1);
        }
    }
}
