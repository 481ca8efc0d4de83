package dev.devopspack.adapter.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.approval.Approval;
import dev.devopspack.approval.Approval.Reservation;
import dev.devopspack.approval.Approval.Status;
import dev.devopspack.approval.Approval.Window;
import dev.devopspack.approval.ApprovalId;
import dev.devopspack.approval.ApprovalRequest;
import dev.devopspack.approval.ApprovalStore;
import dev.devopspack.approval.ApprovalStore.Use;
import dev.devopspack.approval.Decision;
import dev.devopspack.approval.ReadingTimes;
import dev.devopspack.approval.Rendering;
import dev.devopspack.audit.AuditEntry;
import dev.devopspack.audit.AuditLog;
import dev.devopspack.change.ChangeSet;
import dev.devopspack.change.ChangeSetStore;
import dev.devopspack.change.Digest;
import dev.devopspack.identity.Assertion;
import dev.devopspack.identity.Person;
import dev.devopspack.identity.PersonId;
import dev.devopspack.identity.PersonStore;
import dev.devopspack.identity.Role;
import dev.devopspack.task.Environment;
import dev.devopspack.testing.Measured;
import dev.devopspack.testing.TestChangeSets;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class StoredApprovalsTest {

    private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");
    private static final Window WINDOW = new Window(NOON, NOON.plusSeconds(1_800));
    private static final AtomicInteger COUNTER = new AtomicInteger();
    private static final int CALLERS = 32;
    private static final int GRANTS_AT_ONCE = 100;

    @Inject ApprovalStore approvals;
    @Inject ReadingTimes readingTimes;
    @Inject ChangeSetStore changeSets;
    @Inject PersonStore people;
    @Inject AuditLog log;

    @Test
    void aRequestComesBackWhole() {
        ApprovalRequest request = request();

        assertTrue(approvals.insert(request));

        assertEquals(
                Optional.of(new Approval(request, Status.PENDING, List.of(), null, null, "", NOON)),
                approvals.find(request.id()));
        assertEquals(request, approvals.ofChangeSet(request.changeSet()).getFirst().request());
        assertEquals(request, approvals.newest(1).getFirst().request());
    }

    @Test
    void onlyOneLiveRequestOfADigestIsStored() {
        ApprovalRequest first = request();
        ApprovalRequest second = again(first);
        approvals.insert(first);

        assertFalse(approvals.insert(second));
        assertEquals(Optional.empty(), approvals.find(second.id()));

        assertTrue(approvals.end(first.id(), List.of(Status.PENDING), Status.DENIED, "no", NOON));
        assertTrue(approvals.insert(second));
    }

    @Test
    void aPersonDecidesOnce() {
        ApprovalRequest request = request();
        approvals.insert(request);
        Decision decision = decision(request);

        assertTrue(approvals.insertDecision(decision));
        assertFalse(approvals.insertDecision(decision));

        assertEquals(List.of(decision), approvals.find(request.id()).orElseThrow().decisions());
    }

    @Test
    void readingIsCountedFromTheFirstViewToTheDecision() {
        // Far ahead of what other tests decide.
        Instant decidedAt = Instant.parse("2099-01-01T12:00:00Z");
        for (int seconds : List.of(4, 60, 120)) {
            ApprovalRequest request = request();
            approvals.insert(request);
            Decision decision = decision(request);
            readingTimes.seen(request.id(), decision.approver(), decidedAt.minusSeconds(seconds));
            readingTimes.seen(request.id(), decision.approver(), decidedAt.minusSeconds(1));
            approvals.insertDecision(at(decision, decidedAt));
        }
        ApprovalRequest unseen = request();
        approvals.insert(unseen);
        approvals.insertDecision(at(decision(unseen), decidedAt));

        ReadingTimes.Pace pace = readingTimes.pace(decidedAt);

        assertEquals(new ReadingTimes.Pace(3, Duration.ofSeconds(60), 1), pace);
        assertEquals(34, pace.hastyPercent());
        assertEquals(
                new ReadingTimes.Pace(0, null, 0), readingTimes.pace(decidedAt.plusSeconds(1)));
    }

    @Test
    void whoAskedHowOftenIsCountedByHuman() {
        ApprovalRequest request = request();
        approvals.insert(request);
        int before = approvals.askedSince(request.requester(), NOON);
        approvals.insert(request());

        assertEquals(before + 1, approvals.askedSince(request.requester(), NOON));
        assertEquals(
                0,
                approvals.askedSince(request.requester(), Instant.parse("2099-01-01T00:00:00Z")));
    }

    private static Decision at(Decision decision, Instant at) {
        return new Decision(
                decision.approval(),
                decision.approver(),
                decision.choice(),
                decision.reason(),
                decision.challenge(),
                decision.publicKey(),
                decision.assertion(),
                at,
                decision.auditSequence());
    }

    @Test
    void aGrantIsReservedConsumedAndReportedByOneCaller() {
        ApprovalRequest request = approved();
        Use mine = use(request, "token:mine");
        Use other = use(request, "token:other");
        Instant lease = NOON.plusSeconds(300);

        assertTrue(approvals.reserve(mine, lease, NOON));
        assertFalse(approvals.reserve(other, lease, NOON.plusSeconds(1)));
        assertFalse(approvals.consume(other, NOON.plusSeconds(1)));
        assertTrue(approvals.consume(mine, NOON.plusSeconds(2)));
        assertFalse(approvals.consume(mine, NOON.plusSeconds(3)));
        assertFalse(
                approvals.reportOutcome(request.id(), "token:other", Status.SUCCEEDED, "", NOON));
        assertTrue(
                approvals.reportOutcome(
                        request.id(), "token:mine", Status.FAILED, "timeout", NOON));

        Approval approval = approvals.find(request.id()).orElseThrow();
        assertEquals(Status.FAILED, approval.status());
        assertEquals("timeout", approval.note());
        assertEquals(new Reservation("token:mine", NOON.plusSeconds(2)), approval.reservation());
    }

    @Test
    void anEndedLeaseLetsAnotherCallerIn() {
        ApprovalRequest request = approved();
        approvals.reserve(use(request, "token:slow"), NOON.plusSeconds(60), NOON);

        assertTrue(approvals.consume(use(request, "token:fast"), NOON.plusSeconds(60)));
    }

    @Test
    void anotherDigestEnvironmentOrTimeConsumesNothing() {
        ApprovalRequest request = approved();
        Use right = use(request, "token:a");

        assertFalse(
                approvals.consume(
                        new Use(
                                right.id(),
                                Digest.of("other"),
                                right.environment(),
                                right.caller()),
                        NOON));
        assertFalse(
                approvals.consume(
                        new Use(
                                right.id(),
                                right.digest(),
                                new Environment("staging"),
                                right.caller()),
                        NOON));
        assertFalse(approvals.consume(right, WINDOW.executeBy()));
        assertFalse(approvals.consume(right, NOON.minusSeconds(1)));
        assertTrue(approvals.consume(right, NOON));
    }

    @Test
    void ofManyRacingCallersExactlyOneConsumes() throws Exception {
        int grants = Measured.times("races", 5);
        try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
            for (int done = 0; done < grants; done += GRANTS_AT_ONCE) {
                int more = Math.min(GRANTS_AT_ONCE, grants - done);
                // Made together, so that they share the waits for the disk; raced for one by one.
                // Within their times: the server looks for those that ran out.
                Instant now = Instant.now();
                List<Callable<ApprovalRequest>> made =
                        Collections.nCopies(more, () -> approved(now));
                for (Future<ApprovalRequest> request : callers.invokeAll(made)) {
                    assertEquals(1, consumersOf(request.get(), now, callers));
                }
            }
        }
    }

    /// How many of those who race for the grant get it.
    private int consumersOf(ApprovalRequest request, Instant now, ExecutorService callers)
            throws Exception {
        CyclicBarrier together = new CyclicBarrier(CALLERS);
        List<Callable<Boolean>> calls =
                IntStream.range(0, CALLERS)
                        .<Callable<Boolean>>mapToObj(i ->
                                () -> {
                                    together.await();
                                    return approvals.consume(use(request, "token:" + i), now);
                                })
                        .toList();
        int won = 0;
        for (Future<Boolean> call : callers.invokeAll(calls)) {
            won += call.get() ? 1 : 0;
        }
        return won;
    }

    @Test
    void dueAreThoseWhoseClockRanOut() {
        ApprovalRequest pending = request();
        approvals.insert(pending);

        assertFalse(ids(approvals.due(NOON.plusSeconds(3_599), 1_000)).contains(pending.id()));
        assertTrue(ids(approvals.due(NOON.plusSeconds(3_600), 1_000)).contains(pending.id()));
        assertTrue(ids(approvals.pending(1_000)).contains(pending.id()));
    }

    @Test
    void aGrantIsKeptByteForByteAndOnlyOnce() {
        ApprovalRequest request = approved();
        String envelope = "{\"payload\":\"ü\\u0000\"}\n";

        approvals.insertGrant(request.id(), envelope, NOON);

        assertEquals(Optional.of(envelope), approvals.grant(request.id()));
        assertThrows(
                RuntimeException.class, () -> approvals.insertGrant(request.id(), "other", NOON));
    }

    @Test
    void aLockedApprovalIsReadAfterTheOtherTransaction() throws Exception {
        ApprovalRequest request = request();
        approvals.insert(request);
        CyclicBarrier locked = new CyclicBarrier(2);
        try (ExecutorService pool = Executors.newFixedThreadPool(1)) {
            Future<?> other =
                    pool.submit(() ->
                            QuarkusTransaction.requiringNew()
                                    .run(() -> {
                                        approvals.lock(request.id());
                                        await(locked);
                                        pause();
                                        approvals.approve(request.id(), WINDOW, NOON);
                                    }));
            locked.await();

            Status seen =
                    QuarkusTransaction.requiringNew()
                            .call(() -> approvals.lock(request.id()).orElseThrow().status());

            other.get();
            assertEquals(Status.APPROVED, seen);
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<ApprovalId> ids(List<Approval> approvals) {
        return approvals.stream().map(approval -> approval.request().id()).toList();
    }

    private Use use(ApprovalRequest request, String caller) {
        return new Use(request.id(), request.digest(), request.environment(), caller);
    }

    private ApprovalRequest approved() {
        return approved(NOON);
    }

    private ApprovalRequest approved(Instant now) {
        ApprovalRequest request = request(now);
        approvals.insert(request);
        Window window = new Window(now, now.plusSeconds(1_800));
        assertTrue(approvals.approve(request.id(), window, now));
        return request;
    }

    private ApprovalRequest request() {
        return request(NOON);
    }

    private ApprovalRequest request(Instant now) {
        ChangeSet changeSet =
                changeSets.store(
                        TestChangeSets.of("approvals", "content " + COUNTER.incrementAndGet()));
        return new ApprovalRequest(
                id(),
                changeSet.id(),
                changeSet.digest(),
                Digest.of("verdicts"),
                new Rendering("v1", "what is shown\n"),
                changeSet.target().environment(),
                changeSet.target().stack(),
                changeSet.manifest().requester(),
                Digest.of("policy"),
                2,
                now,
                now.plusSeconds(3_600),
                Duration.ofMinutes(30));
    }

    private static ApprovalRequest again(ApprovalRequest request) {
        return new ApprovalRequest(
                id(),
                request.changeSet(),
                request.digest(),
                request.verdicts(),
                request.rendering(),
                request.environment(),
                request.stack(),
                request.requester(),
                request.policy(),
                request.quorum(),
                request.createdAt(),
                request.decideBy(),
                request.executeWithin());
    }

    private static ApprovalId id() {
        String hex = Digest.of("approval " + COUNTER.incrementAndGet()).hex();
        String letters =
                hex.chars()
                        .map(c -> Character.isDigit(c) ? 'g' + (c - '0') : c)
                        .limit(26)
                        .collect(
                                StringBuilder::new,
                                StringBuilder::appendCodePoint,
                                StringBuilder::append)
                        .toString();
        return new ApprovalId("ap-" + letters);
    }

    private Decision decision(ApprovalRequest request) {
        PersonId approver = new PersonId(UUID.randomUUID());
        people.insert(new Person(approver, "Ada", Set.of(Role.APPROVER), NOON, true));
        long sequence = log.append(AuditEntry.of("approval.decided", "system", Map.of()));
        return new Decision(
                request.id(),
                approver,
                Decision.Choice.APPROVE,
                "looks right",
                "{}",
                "key",
                new Assertion("credential", "data", "client", "signature"),
                NOON,
                sequence);
    }
}
