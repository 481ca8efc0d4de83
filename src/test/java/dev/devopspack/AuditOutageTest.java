package dev.devopspack;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.audit.AuditLog;
import dev.devopspack.audit.AuditQuery;
import dev.devopspack.audit.AuditVerifier;
import dev.devopspack.audit.StoredEntry;
import dev.devopspack.identity.People;
import dev.devopspack.identity.Principal;
import dev.devopspack.identity.Role;
import dev.devopspack.identity.Tokens;
import dev.devopspack.testing.PersonAtBrowser;
import dev.devopspack.testing.TrialToken;
import io.quarkiverse.mcp.server.test.McpAssured;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What the program does while the audit log takes no entries: nothing that would have to be
/// remembered.
@QuarkusTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditOutageTest {

    /// What PostgreSQL says where a table cannot grow.
    private static final String DISK_FULL =
            """
            create or replace function devopspack.no_room() returns trigger language plpgsql as $$
            begin
                raise exception 'could not extend file: No space left on device'
                    using errcode = 'disk_full';
            end $$;
            create trigger a_full_disk before insert on devopspack.audit_entries
                for each row execute function devopspack.no_room();
            alter table devopspack.audit_entries enable always trigger a_full_disk;
            """;

    private static final String ROOM_AGAIN =
            "drop trigger if exists a_full_disk on devopspack.audit_entries";

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TestHTTPResource("/")
    URI server;

    @ConfigProperty(name = "quarkus.flyway.jdbc-url")
    String url;

    @ConfigProperty(name = "quarkus.flyway.username")
    String owner;

    @ConfigProperty(name = "quarkus.flyway.password")
    String password;

    @ConfigProperty(name = "quarkus.datasource.username")
    String app;

    @Inject People people;
    @Inject Tokens tokens;
    @Inject TrialToken trial;
    @Inject AuditLog log;

    private String token = "";
    private String pipeline = "";
    private PersonAtBrowser approver;

    private record Asked(String changeSet, String digest, String approval) {}

    @BeforeAll
    void somebodyMayApprove() {
        RestAssured.port = server.getPort();
        token = trial.with(Role.VIEWER, Role.REQUESTER, Role.AUDITOR);
        pipeline =
                tokens.issue(
                                Principal.SYSTEM,
                                People.TRIAL_REQUESTER,
                                "outage",
                                Set.of(Role.PIPELINE),
                                Duration.ofHours(1))
                        .secret();
        approver =
                PersonAtBrowser.enrolled(
                        server, people, "Olga Example", Role.APPROVER, Role.VIEWER, Role.AUDITOR);
        approver.signIn();
    }

    @AfterEach
    void mend() throws SQLException {
        asOwner("grant usage on schema devopspack to " + app);
        asOwner(ROOM_AGAIN);
        asOwner("grant insert on devopspack.audit_entries to " + app);
        await(this::ready);
    }

    @Test
    void withAFullDiskNothingIsDecidedConsumedOrStoredAndEverythingCanBeRead() throws SQLException {
        Asked waiting = propose("outage-waits");
        Asked approved = propose("outage-approved");
        approver.decide(approved.changeSet(), approved.approval(), "APPROVE")
                .then()
                .statusCode(200);
        long before = log.head().orElseThrow().sequence();
        asOwner(DISK_FULL);

        assertUnavailable(approver.decide(waiting.changeSet(), waiting.approval(), "APPROVE"));
        assertUnavailable(consume(approved));
        assertUnavailable(ask("outage-new"));
        assertTrue(scanOverMcp().contains("The audit log is out of order"), scanOverMcp());
        given().get("/q/health/ready")
                .then()
                .statusCode(503)
                .body("checks.find { it.name == 'audit' }.status", equalTo("DOWN"));
        given().get("/q/health/live").then().statusCode(200);

        assertTrue(
                approver.page("/change-sets/" + waiting.changeSet()).contains("outage-waits"),
                "the page is shown");
        approver.page("/audit");
        String listed = overMcp("change_set_list", Map.of(), false);
        assertTrue(listed.contains(waiting.changeSet()), listed);
        with(token).get("/api/v1/audit/export").then().statusCode(200);
        assertEquals("PENDING", status(waiting));
        assertEquals("APPROVED", status(approved));
        assertEquals(before, log.head().orElseThrow().sequence());

        asOwner(ROOM_AGAIN);
        await(this::ready);

        // What was read meanwhile may be counted before it.
        StoredEntry resumed =
                log.read(before, 5).stream()
                        .filter(entry -> entry.entry().kind().equals("log.resumed"))
                        .findFirst()
                        .orElseThrow();
        assertTrue(
                Long.parseLong(resumed.entry().facts().getOrDefault("notTaken", "")) >= 4,
                resumed::leaf);
        approver.decide(waiting.changeSet(), waiting.approval(), "APPROVE").then().statusCode(200);
        assertEquals(200, consume(approved).statusCode());
        assertEquals(
                1,
                log.search(AuditQuery.ofChangeSet(waiting.changeSet(), 50)).stream()
                        .filter(entry -> entry.entry().kind().equals("approval.decided"))
                        .count());
        assertInstanceOf(AuditVerifier.Result.Intact.class, verify());
    }

    @Test
    void rightsThatWereTakenAwayTurnTheServerRedBeforeAnybodyDecides() throws SQLException {
        Asked waiting = propose("outage-rights");
        asOwner("revoke insert on devopspack.audit_entries from " + app);

        given().get("/q/health/ready")
                .then()
                .statusCode(503)
                .body("checks.name", hasItems("audit", "checkpoints", "database"));
        assertUnavailable(approver.decide(waiting.changeSet(), waiting.approval(), "APPROVE"));
        assertEquals("PENDING", status(waiting));

        asOwner("grant insert on devopspack.audit_entries to " + app);
        await(this::ready);
        approver.decide(waiting.changeSet(), waiting.approval(), "DENY").then().statusCode(200);
    }

    @Test
    void whereNobodyCanBeKnownTheAnswerSaysSo() throws SQLException {
        String fresh = trial.with(Role.VIEWER);
        String collector = trial.with(Role.VIEWER);
        assertEquals(1, databaseAnswers(collector));
        asOwner("revoke usage on schema devopspack from " + app);

        Response byToken = with(fresh).get("/api/v1/change-sets");
        Response byPerson = approver.open("/change-sets");

        for (Response answer : List.of(byToken, byPerson)) {
            assertEquals(503, answer.statusCode(), answer.asString());
            assertEquals("database", answer.jsonPath().getString("error.where"));
            assertEquals("5", answer.header("Retry-After"));
        }
        given().get("/q/health/ready").then().statusCode(503);
        given().get("/q/health/live").then().statusCode(200);

        // Who collected before sees the outage, and nothing else; nobody else begins to collect.
        await(() -> with(collector).get("/api/v1/change-sets").statusCode() == 503);
        await(() -> databaseAnswers(collector) == 0);
        with(fresh).get("/q/metrics").then().statusCode(503);

        asOwner("grant usage on schema devopspack to " + app);
        await(this::ready);
        with(fresh).get("/api/v1/change-sets").then().statusCode(200);
        assertEquals(200, approver.open("/change-sets").statusCode());
    }

    /// What the metrics say of the database.
    private double databaseAnswers(String token) {
        Response metrics = with(token).get("/q/metrics");
        assertEquals(200, metrics.statusCode(), metrics.asString());
        return metrics.asString()
                .lines()
                .filter(line -> line.startsWith("devopspack_database_answers "))
                .mapToDouble(line -> Double.parseDouble(line.split(" ")[1]))
                .findFirst()
                .orElseThrow();
    }

    private static void assertUnavailable(Response answer) {
        assertEquals(503, answer.statusCode(), answer.asString());
        assertEquals("audit log", answer.jsonPath().getString("error.where"), answer.asString());
        assertTrue(
                answer.jsonPath().getString("error.mend").startsWith("Try again"),
                answer.asString());
        assertEquals("5", answer.header("Retry-After"));
    }

    private Asked propose(String cluster) {
        Response answer = ask(cluster);
        assertEquals(200, answer.statusCode(), answer.asString());
        JsonPath json = answer.jsonPath();
        return new Asked(
                json.getString("changeSet.id"),
                json.getString("changeSet.digest"),
                json.getString("approval.id"));
    }

    private Response ask(String cluster) {
        JsonObject resource =
                new JsonObject()
                        .put("type", "eks_cluster")
                        .put("name", cluster)
                        .put("node_count", 3);
        JsonObject input =
                new JsonObject()
                        .put("provider", "aws")
                        .put("environment", "production")
                        .put("resources", new JsonArray().add(resource));
        JsonObject task = new JsonObject().put("type", "devops.terraform").put("input", input);
        return with(token).body(new JsonObject().put("task", task).encode()).post("/api/v1/tasks");
    }

    private Response consume(Asked asked) {
        JsonObject files = new JsonObject();
        with(token)
                .get("/api/v1/change-sets/" + asked.changeSet())
                .jsonPath()
                .<Map<String, Object>>getList("changeSet.files")
                .forEach(file ->
                        files.put(
                                String.valueOf(file.get("name")), "sha256:" + file.get("sha256")));
        return with(pipeline)
                .body(
                        new JsonObject()
                                .put("digest", asked.digest())
                                .put("environment", "production")
                                .put("files", files)
                                .encode())
                .post("/api/v1/approvals/" + asked.approval() + "/consume");
    }

    private String scanOverMcp() {
        return overMcp(
                "change_set_submit",
                Map.of(
                        "environment", "staging",
                        "stack", "outage/staging",
                        "files", List.of(Map.of("name", "main.tf", "content", "locals {}\n"))),
                true);
    }

    /// @return the text that the tool answered
    private String overMcp(String tool, Map<String, Object> arguments, boolean error) {
        StringBuilder text = new StringBuilder();
        try (var client =
                McpAssured.newStreamableClient()
                        .setBaseUri(server)
                        .setAdditionalHeaders(message ->
                                MultiMap.caseInsensitiveMultiMap()
                                        .add("Authorization", "Bearer " + token))
                        .build()
                        .connect()) {
            client.when()
                    .toolsCall(
                            tool,
                            arguments,
                            answer -> {
                                assertEquals(error, answer.isError(), answer::toString);
                                text.append(answer.firstContent().asText().text());
                            })
                    .thenAssertResults();
        }
        return text.toString();
    }

    private String status(Asked asked) {
        return with(pipeline)
                .get("/api/v1/approvals/" + asked.approval())
                .jsonPath()
                .getString("status");
    }

    private boolean ready() {
        return given().get("/q/health/ready").statusCode() == 200;
    }

    private AuditVerifier.Result verify() {
        AuditVerifier verifier = AuditVerifier.fromTheBeginning();
        List<StoredEntry> page = log.read(0, 500);
        while (!page.isEmpty()) {
            page.forEach(verifier::add);
            page = log.read(page.getLast().sequence(), 500);
        }
        return verifier.result();
    }

    private void asOwner(String statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, owner, password);
                Statement statement = connection.createStatement()) {
            statement.execute(statements);
        }
    }

    private static void await(BooleanSupplier done) {
        Instant until = Instant.now().plus(LIMIT);
        while (!done.getAsBoolean()) {
            assertTrue(Instant.now().isBefore(until), "it takes too long");
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }

    private static RequestSpecification with(String secret) {
        return given().header("Authorization", "Bearer " + secret).contentType("application/json");
    }
}
