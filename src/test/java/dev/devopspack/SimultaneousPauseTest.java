package dev.devopspack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.devopspack.audit.AuditEntry;
import dev.devopspack.audit.AuditLog;
import dev.devopspack.audit.AuditQuery;
import dev.devopspack.audit.StoredEntry;
import dev.devopspack.change.Digest;
import dev.devopspack.identity.People;
import dev.devopspack.identity.Role;
import dev.devopspack.testing.LockQueue;
import dev.devopspack.testing.PersonAtBrowser;
import dev.devopspack.testing.SubmittedChange;
import dev.devopspack.testing.TrialToken;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
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

    private static final Pattern PAUSE = Pattern.compile("value=\"(pause-[a-z2-7]{16})\"");

    @TestHTTPResource("/")
    URI server;

    @Inject People people;
    @Inject TrialToken trial;
    @Inject AuditLog log;
    @Inject LockQueue waiting;

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
        pipeline = trial.with(Role.PIPELINE);
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
                                waiting.await(1, "lock_audit_head");
                                Future<Response> two = threads.submit(second::get);
                                waiting.await(2, "lock_audit_head");
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
