package dev.devopspack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.devopspack.audit.AuditEntry;
import dev.devopspack.audit.AuditLog;
import dev.devopspack.audit.AuditQuery;
import dev.devopspack.audit.StoredEntry;
import dev.devopspack.change.Digest;
import dev.devopspack.identity.People;
import dev.devopspack.identity.Principal;
import dev.devopspack.identity.Role;
import dev.devopspack.identity.Tokens;
import dev.devopspack.testing.PersonAtBrowser;
import dev.devopspack.testing.SubmittedChange;
import dev.devopspack.testing.TrialToken;
import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// An admin pauses at the moment at which a pipeline uses its grant, on a real PostgreSQL: the log
/// tells who came first, and what is done follows it.
@QuarkusTest
class SimultaneousPauseTest {

    /// A busy machine is slow; nothing here waits so long where all is well.
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private static final Pattern PAUSE = Pattern.compile("value=\"(pause-[a-z2-7]{16})\"");

    @TestHTTPResource("/")
    URI server;

    @Inject People people;
    @Inject Tokens tokens;
    @Inject TrialToken trial;
    @Inject AuditLog log;
    @Inject AgroalDataSource database;

    private PersonAtBrowser admin;
    private SubmittedChange change;
    private String pipeline = "";
    private Response prepared;
    private JsonObject signature = new JsonObject();

    @BeforeEach
    void aGrantAndAPauseThatIsReadyToBeSigned() {
        admin = PersonAtBrowser.enrolled(server, people, "Ada Admin", Role.ADMIN, Role.VIEWER);
        PersonAtBrowser grace =
                PersonAtBrowser.enrolled(server, people, "Grace", Role.APPROVER, Role.VIEWER);
        change = SubmittedChange.ofNotes(trial.with(Role.REQUESTER), "simultaneous/production");
        change.approvedBy(grace);
        pipeline =
                tokens.issue(
                                Principal.SYSTEM,
                                People.TRIAL_REQUESTER,
                                "pipeline",
                                Set.of(Role.PIPELINE),
                                Duration.ofHours(1))
                        .secret();
        prepared =
                admin.prepare(
                        "/pauses",
                        new JsonObject()
                                .put("scope", "environment")
                                .put("environment", "production")
                                .put("reason", "something is wrong"));
        signature = admin.signature(prepared, how -> how);
    }

    @AfterEach
    void nothingStaysPaused() {
        Matcher ids = PAUSE.matcher(admin.page("/pauses"));
        while (ids.find()) {
            admin.act(
                            "/pauses/lift",
                            new JsonObject().put("pause", ids.group(1)).put("reason", "over"))
                    .then()
                    .statusCode(200);
        }
    }

    @Test
    void aUseThatComesAfterThePauseInTheLogWasRefused() throws Exception {
        List<Response> answers = inThisOrder(this::pause, this::consume);

        assertEquals(200, answers.getFirst().statusCode(), answers.getFirst().asString());
        assertEquals(409, answers.getLast().statusCode(), answers.getLast().asString());
        assertEquals("PAUSED", answers.getLast().jsonPath().getString("error.code"));
        assertEquals(List.of("pause.began", "grant.use_refused"), lastTwo());
    }

    @Test
    void aUseThatComesBeforeThePauseInTheLogIsDone() throws Exception {
        List<Response> answers = inThisOrder(this::consume, this::pause);

        assertEquals(200, answers.getFirst().statusCode(), answers.getFirst().asString());
        assertEquals(200, answers.getLast().statusCode(), answers.getLast().asString());
        assertEquals(List.of("grant.consumed", "pause.began"), lastTwo());
    }

    /// Both have looked at everything and wait for the log when it is let go.
    private List<Response> inThisOrder(Supplier<Response> first, Supplier<Response> second)
            throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<Response>> asked =
                    QuarkusTransaction.requiringNew()
                            .call(() -> {
                                log.hold();
                                Future<Response> one = threads.submit(first::get);
                                awaitWaiting(1);
                                Future<Response> two = threads.submit(second::get);
                                awaitWaiting(2);
                                return List.of(one, two);
                            });
            return List.of(asked.getFirst().get(), asked.getLast().get());
        }
    }

    private Response pause() {
        return admin.post("/pauses", signature, Digest.of(prepared.jsonPath().getString("text")));
    }

    private Response consume() {
        return change.consume(pipeline);
    }

    private void awaitWaiting(int number) throws InterruptedException {
        Instant until = Instant.now().plus(LIMIT);
        while (waiting() < number) {
            if (Instant.now().isAfter(until)) {
                throw new AssertionError(waiting() + " wait for the log, not " + number);
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
                                where wait_event_type = 'Lock' and query like '%lock_audit_head%'
                                """)) {
            row.next();
            return row.getInt(1);
        }
    }

    private List<String> lastTwo() {
        List<String> kinds =
                log.search(AuditQuery.newest(20)).reversed().stream()
                        .map(StoredEntry::entry)
                        .filter(entry -> "production".equals(entry.facts().get("environment")))
                        .map(AuditEntry::kind)
                        .toList();
        return kinds.subList(kinds.size() - 2, kinds.size());
    }
}
