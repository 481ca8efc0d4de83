package dev.devopspack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.approval.Approval;
import dev.devopspack.approval.ApprovalId;
import dev.devopspack.approval.ApprovalRequest;
import dev.devopspack.approval.ApprovalStore;
import dev.devopspack.approval.Approvals;
import dev.devopspack.audit.AuditEntry;
import dev.devopspack.audit.AuditLog;
import dev.devopspack.change.Digest;
import dev.devopspack.identity.Role;
import dev.devopspack.identity.Secrets;
import dev.devopspack.testing.LockQueue;
import dev.devopspack.testing.SubmittedChange;
import dev.devopspack.testing.TrialToken;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Requests end while somebody who has the row of one of them is about to write into the log, on a
/// real PostgreSQL: one waits for the other, and never in a circle.
@QuarkusTest
class SimultaneousEndingTest {

    /// Long enough to take the row before the server itself ends the request.
    private static final Duration STILL_OPEN = Duration.ofSeconds(3);

    @TestHTTPResource("/")
    URI server;

    @Inject TrialToken trial;
    @Inject AuditLog log;
    @Inject Approvals approvals;
    @Inject ApprovalStore store;
    @Inject Secrets secrets;
    @Inject LockQueue waiting;

    private String requester = "";

    @BeforeEach
    void oneWhoAsks() {
        RestAssured.port = server.getPort();
        requester = trial.with(Role.REQUESTER);
    }

    @Test
    void requestsWhoseTimeRanOutEndWhileOneOfThemIsBeingDecidedOn() throws Exception {
        Instant end = Instant.now().plus(STILL_OPEN).truncatedTo(ChronoUnit.SECONDS);
        ApprovalId first = askedAnew(submitted("first"), end.minusSeconds(1));
        ApprovalId second = askedAnew(submitted("second"), end);

        whileSomebodyHas(
                second,
                () -> {
                    Thread.sleep(Duration.between(Instant.now(), end.plusMillis(100)));
                    return approvals.sweep();
                });

        assertEquals(Approval.Status.EXPIRED, status(first));
        assertEquals(Approval.Status.EXPIRED, status(second));
    }

    @Test
    void aRequestGivesWayToANewerOneWhileItIsBeingDecidedOn() throws Exception {
        String text = UUID.randomUUID() + "\n";
        ApprovalId older =
                askedAnew(submitted("again", text), Instant.now().plus(Duration.ofHours(1)));

        whileSomebodyHas(older, () -> submitted("again", text));

        assertEquals(Approval.Status.REVOKED, status(older));
    }

    /// Takes the row, waits until the other one waits for it, and then writes into the log.
    private void whileSomebodyHas(ApprovalId id, Callable<?> other) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(1)) {
            Future<?> done =
                    QuarkusTransaction.requiringNew()
                            .call(() -> {
                                store.lock(id).orElseThrow();
                                Future<?> asked = threads.submit(other);
                                waiting.await(1, "approval_states");
                                log.append(AuditEntry.of("test.decided", "system", Map.of()));
                                return asked;
                            });
            done.get();
        }
    }

    private SubmittedChange submitted(String name) {
        return submitted(name, UUID.randomUUID() + "\n");
    }

    private SubmittedChange submitted(String name, String text) {
        return SubmittedChange.submitted(
                requester,
                "ending-" + name + "/production",
                Map.of("notes.md", text),
                new JsonObject());
    }

    /// The same question about other verdicts, as it is where a rule changed meanwhile.
    private ApprovalId askedAnew(SubmittedChange change, Instant decideBy) {
        return QuarkusTransaction.requiringNew()
                .call(() -> {
                    ApprovalRequest asked =
                            store.find(new ApprovalId(change.approval())).orElseThrow().request();
                    ApprovalRequest other =
                            new ApprovalRequest(
                                    new ApprovalId("ap-" + secrets.id(26)),
                                    asked.changeSet(),
                                    asked.digest(),
                                    Digest.of("other verdicts"),
                                    asked.rendering(),
                                    asked.environment(),
                                    asked.stack(),
                                    asked.requester(),
                                    asked.policy(),
                                    asked.quorum(),
                                    asked.createdAt(),
                                    decideBy,
                                    asked.executeWithin());
                    assertTrue(
                            store.end(
                                    asked.id(),
                                    List.of(Approval.Status.PENDING),
                                    Approval.Status.REVOKED,
                                    "asked anew",
                                    Instant.now()));
                    assertTrue(store.insert(other));
                    return other.id();
                });
    }

    private Approval.Status status(ApprovalId id) {
        return QuarkusTransaction.requiringNew().call(() -> store.find(id).orElseThrow().status());
    }
}
