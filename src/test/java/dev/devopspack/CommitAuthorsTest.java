package dev.devopspack;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devopspack.approval.Approvals;
import dev.devopspack.change.ChangeSetId;
import dev.devopspack.change.CommitAuthor;
import dev.devopspack.identity.People;
import dev.devopspack.identity.Person;
import dev.devopspack.identity.PersonStore;
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
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who is named as an author of commits may not approve them, through every door, and gains
/// nothing.
@QuarkusTest
class CommitAuthorsTest {

    private static final String WROTE = "you wrote a commit of it";

    @TestHTTPResource("/")
    URI server;

    @Inject People people;
    @Inject PersonStore persons;
    @Inject Approvals approvals;
    @Inject TrialToken trial;
    @Inject ObjectMapper json;

    @BeforeEach
    void somebodyWhoWroteNothingCouldApprove() {
        people.add(Principal.SYSTEM, "Zoe", Set.of(Role.APPROVER));
    }

    @Test
    void whoIsNamedOverMcpMayNotApproveAndThePageSaysThatNobodyCheckedIt() throws IOException {
        PersonAtBrowser kate = committer("Kate", "kate@example.com", Role.APPROVER);
        PersonAtBrowser luis = committer("Luis", "luis@example.com", Role.APPROVER);
        JsonNode asked = overMcp(List.of(" KATE@Example.COM", "kate@example.com", "x@example.com"));
        assertFalse(asked.path("isError").asBoolean(true), asked::toString);
        String changeSet = asked.at("/structuredContent/changeSet/id").asText();
        String approval = asked.at("/structuredContent/approval/id").asText();

        String page = luis.page("/change-sets/" + changeSet);
        assertTrue(page.contains("claimed by who asked and not checked"), page);
        assertTrue(
                page.contains("<code>kate@example.com</code>, <code>x@example.com</code>"), page);
        kate.decide(changeSet, approval, "APPROVE")
                .then()
                .statusCode(403)
                .body("error.problem", containsString(WROTE));
        luis.decide(changeSet, approval, "APPROVE").then().statusCode(200);
    }

    @Test
    void whoIsNamedWhenTheSameFilesAreSubmittedAgainStopsCountingAndTheLogSaysWho() {
        PersonAtBrowser mona = committer("Mona", "mona@example.com", Role.APPROVER, Role.AUDITOR);
        String file = UUID.randomUUID().toString();
        String token = trial.with(Role.VIEWER, Role.REQUESTER);
        JsonPath first = submitted(token, file, List.of("first@example.com")).jsonPath();
        JsonPath again = submitted(token, file, List.of("mona@example.com")).jsonPath();
        submitted(token, file, List.of()).then().statusCode(200);
        String changeSet = first.getString("changeSet.id");

        assertEquals(changeSet, again.getString("changeSet.id"));
        mona.decide(changeSet, again.getString("approval.id"), "APPROVE")
                .then()
                .statusCode(403)
                .body("error.problem", containsString(WROTE));
        String page = mona.page("/change-sets/" + changeSet);
        assertTrue(page.contains("1 authors named by "), page);
    }

    @Test
    void whoIsNamedCanStillDenyBecauseNobodyCheckedIt() {
        PersonAtBrowser olga = committer("Olga", "olga@example.com", Role.APPROVER);
        JsonPath asked =
                submitted(
                                trial.with(Role.VIEWER, Role.REQUESTER),
                                UUID.randomUUID().toString(),
                                List.of("olga@example.com"))
                        .jsonPath();
        String changeSet = asked.getString("changeSet.id");

        String page = olga.page("/change-sets/" + changeSet);
        assertTrue(page.contains("id=\"deny\""), page);
        assertFalse(page.contains("id=\"approve\""), page);
        olga.decide(changeSet, asked.getString("approval.id"), "DENY").then().statusCode(200);
        assertTrue(olga.page("/change-sets/" + changeSet).contains("Denied"));
    }

    @Test
    void namesThatLeaveNobodyToApproveAreRefusedAtBothDoorsAndNothingIsStored() throws IOException {
        committer("Pia", "pia@example.com", Role.APPROVER);
        committer("Quinn", "quinn@example.com", Role.APPROVER);
        List<String> everybody = addressesOfAllApprovers();
        String token = trial.with(Role.VIEWER, Role.REQUESTER);
        String file = UUID.randomUUID().toString();

        submitted(token, file, everybody)
                .then()
                .statusCode(400)
                .body("error.where", equalTo("authors"))
                .body("error.problem", containsString("0 people could approve in production"))
                .body("error.mend", containsString("Name only who wrote these commits"));
        String text = overMcp(everybody).at("/content/0/text").asText();
        assertTrue(text.contains("0 people could approve in production"), text);

        List<String> allButOne = everybody.subList(1, everybody.size());
        String changeSet =
                submitted(token, file, allButOne)
                        .then()
                        .statusCode(200)
                        .extract()
                        .path("changeSet.id");
        submitted(token, file, everybody.subList(0, 1)).then().statusCode(400);
        assertEquals(
                Set.copyOf(CommitAuthor.of(allButOne)),
                approvals.authorsOf(new ChangeSetId(changeSet)),
                "who was refused was not named");
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

    @Test
    void toBeNamedGivesNobodyTheRightToDecide() {
        PersonAtBrowser nils = committer("Nils", "nils@example.com");
        JsonPath asked =
                submitted(
                                trial.with(Role.VIEWER, Role.REQUESTER),
                                UUID.randomUUID().toString(),
                                List.of("nils@example.com"))
                        .jsonPath();

        nils.decide(asked.getString("changeSet.id"), asked.getString("approval.id"), "APPROVE")
                .then()
                .statusCode(403);
    }

    @Test
    void whatIsNoAddressIsRefusedAtBothDoorsAndNeverPrinted() throws IOException {
        String token = trial.with(Role.VIEWER, Role.REQUESTER);
        for (String address :
                List.of(
                        "",
                        "ada",
                        "ada@",
                        "ada\u202e@example.com",
                        "ada@exa\u200bmple.com",
                        "ada@example.com\u0000",
                        "ada\n@example.com",
                        "ada\u001b[2J@example.com",
                        "<script>@example.com",
                        "a@example.com,b@example.com",
                        "a".repeat(100_000) + "@example.com")) {
            submitted(token, "x", List.of(address))
                    .then()
                    .statusCode(400)
                    .body("error.problem", containsString("no e-mail address"));
            JsonNode answer = overMcp(List.of(address));
            assertTrue(answer.path("isError").asBoolean(), answer::toString);
            String text = answer.at("/content/0/text").asText();
            assertTrue(text.contains("no e-mail address"), text);
            assertTrue(text.chars().noneMatch(c -> c == 0x202e || c == 0x200b || c == 0x1b), text);
        }
    }

    @Test
    void aListIsBoundedAndTheSameAddressCountsOnce() {
        String token = trial.with(Role.VIEWER, Role.REQUESTER);
        List<String> many =
                IntStream.range(0, 10_000).mapToObj(i -> "u" + i + "@example.com").toList();
        List<String> same = IntStream.range(0, 10_000).mapToObj(_ -> "Ada@example.com").toList();

        submitted(token, "x", many)
                .then()
                .statusCode(400)
                .body("error.problem", containsString("more than 100"));
        submitted(token, UUID.randomUUID().toString(), same).then().statusCode(200);
    }

    @Test
    void whatIsNoListIsRefusedRatherThanPassedOver() {
        String token = trial.with(Role.VIEWER, Role.REQUESTER);
        for (Object authors : List.of("ada@example.com", Map.of("a", "ada@example.com"), 1)) {
            submitted(token, "x", authors)
                    .then()
                    .statusCode(400)
                    .body("error.problem", containsString("it is no list"));
        }
    }

    private PersonAtBrowser committer(String name, String address, Role... roles) {
        Set<Role> all = new HashSet<>(List.of(roles));
        all.add(Role.VIEWER);
        People.Invitation invited = people.add(Principal.SYSTEM, name, all);
        people.setRoles(
                Principal.SYSTEM,
                invited.person().id(),
                invited.person().roles(),
                Set.of(),
                Set.of(new CommitAuthor(address)));
        return PersonAtBrowser.enrolled(server, invited.secret(), name);
    }

    private Response submitted(String token, String file, Object authors) {
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

    private JsonNode overMcp(List<String> authors) throws IOException {
        Map<String, Object> arguments =
                Map.of(
                        "stack",
                        "commit/authors",
                        "environment",
                        "production",
                        "authors",
                        authors,
                        "files",
                        List.of(
                                Map.of(
                                        "name",
                                        "notes.md",
                                        "content",
                                        UUID.randomUUID().toString() + "\n")));
        String text =
                given().header("Authorization", "Bearer " + trial.with(Role.VIEWER, Role.REQUESTER))
                        .header("Accept", "application/json, text/event-stream")
                        .contentType("application/json")
                        .body(
                                Map.of(
                                        "jsonrpc",
                                        "2.0",
                                        "id",
                                        1,
                                        "method",
                                        "tools/call",
                                        "params",
                                        Map.of(
                                                "name",
                                                "change_set_submit",
                                                "arguments",
                                                arguments)))
                        .post("/mcp")
                        .asString();
        return json.readTree(text.substring(text.indexOf('{'))).path("result");
    }
}
