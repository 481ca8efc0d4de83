package dev.devopspack.approval;

import static dev.devopspack.approval.ApprovalHouse.PLAN;
import static dev.devopspack.approval.ApprovalHouse.PRODUCTION;
import static dev.devopspack.approval.ApprovalHouse.pipeline;
import static dev.devopspack.approval.ApprovalHouse.refusal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.devopspack.approval.Approval.Status;
import dev.devopspack.approval.ApprovalHouse.Somebody;
import dev.devopspack.approval.Refusal.Code;
import dev.devopspack.change.ChangeSet;
import dev.devopspack.change.Digest;
import dev.devopspack.change.Target;
import dev.devopspack.identity.Principal;
import dev.devopspack.identity.Role;
import dev.devopspack.identity.Workload;
import dev.devopspack.task.Environment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GrantsTest {

    private static final Principal PIPELINE = pipeline("main");
    private static final Principal OTHER = pipeline("other");

    private final ApprovalHouse house = new ApprovalHouse();
    private Somebody alice;
    private ChangeSet changeSet;
    private Approval approval;
    private ApprovalId id;

    @BeforeEach
    void anApprovedChangeSet() {
        alice = house.enrolled("Alice", Role.APPROVER);
        Somebody requester = house.enrolled("Requester", Role.REQUESTER);
        changeSet = house.changeSet(requester.id());
        approval = house.approve(house.opened(changeSet), alice).approval();
        id = approval.request().id();
    }

    @Test
    void aPipelineReservesConsumesAndReports() {
        assertEquals(Status.RESERVED, done(house.grants.reserve(PIPELINE, claim())));
        assertEquals(Status.CONSUMED, done(house.grants.consume(PIPELINE, claim())));
        assertEquals(
                Optional.of(changeSet.id()),
                house.changeSets.lastReleased(changeSet.target().stack()));
        assertEquals(
                Status.SUCCEEDED,
                done(house.grants.report(PIPELINE, id, Grants.Outcome.SUCCEEDED, "")));
        List<String> kinds = house.log.kinds();
        assertEquals(
                List.of("grant.issued", "grant.reserved", "grant.consumed", "grant.outcome"),
                kinds.subList(kinds.size() - 4, kinds.size()));
    }

    @Test
    void aGrantIsConsumedOnce() {
        house.grants.consume(PIPELINE, claim());

        assertEquals(Code.WRONG_STATUS, refusal(house.grants.consume(PIPELINE, claim())));
        assertEquals(Code.WRONG_STATUS, refusal(house.grants.reserve(PIPELINE, claim())));
    }

    @Test
    void exactlyOneOfRacingCallersConsumes() throws Exception {
        int callers = 32;
        CyclicBarrier together = new CyclicBarrier(callers);
        List<Future<Boolean>> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
            for (int i = 0; i < callers; i++) {
                Principal caller = pipeline("caller-" + i);
                results.add(
                        threads.submit(() -> {
                            together.await();
                            return house.grants.consume(caller, claim())
                                    instanceof Grants.Used.Done;
                        }));
            }
        }
        List<Boolean> won = new ArrayList<>();
        for (Future<Boolean> result : results) {
            won.add(result.get());
        }

        assertEquals(1, Collections.frequency(won, true));
    }

    @Test
    void aReservedGrantIsNobodyElses() {
        house.grants.reserve(PIPELINE, claim());

        assertEquals(Code.HELD_BY_ANOTHER, refusal(house.grants.reserve(OTHER, claim())));
        assertEquals(Code.HELD_BY_ANOTHER, refusal(house.grants.consume(OTHER, claim())));
        assertEquals(Status.RESERVED, done(house.grants.reserve(PIPELINE, claim())));
    }

    @Test
    void aLeaseEnds() {
        house.grants.reserve(PIPELINE, claim());
        house.clock.move(Grants.LEASE);

        assertEquals(Status.CONSUMED, done(house.grants.consume(OTHER, claim())));
    }

    @Test
    void aReservationIsGivenBack() {
        house.grants.reserve(PIPELINE, claim());

        assertEquals(Code.WRONG_STATUS, refusal(house.grants.release(OTHER, id)));
        assertEquals(Status.APPROVED, done(house.grants.release(PIPELINE, id)));
    }

    @Test
    void aGrantEndsWithItsTime() {
        house.clock.move(Duration.ofMinutes(30));

        assertEquals(Code.OUT_OF_TIME, refusal(house.grants.consume(PIPELINE, claim())));
    }

    @Test
    void aFailureTakesTheReleaseBack() {
        house.grants.consume(PIPELINE, claim());

        house.grants.report(PIPELINE, id, Grants.Outcome.FAILED, "quota exceeded");

        assertEquals(Optional.empty(), house.changeSets.lastReleased(changeSet.target().stack()));
        assertEquals("quota exceeded", house.store.find(id).orElseThrow().note());
    }

    @Test
    void onlyTheConsumerReportsAndOnlyOnce() {
        house.grants.consume(PIPELINE, claim());

        assertEquals(
                Code.WRONG_STATUS,
                refusal(house.grants.report(OTHER, id, Grants.Outcome.SUCCEEDED, "")));
        done(house.grants.report(PIPELINE, id, Grants.Outcome.UNKNOWN, ""));
        assertEquals(
                Code.WRONG_STATUS,
                refusal(house.grants.report(PIPELINE, id, Grants.Outcome.SUCCEEDED, "")));
    }

    @Test
    void aCallerWithoutTheRoleUsesNothing() {
        Principal assistant =
                new Principal(
                        Principal.Kind.TOKEN,
                        "assistant",
                        alice.id(),
                        "assistant",
                        Set.of(Role.REQUESTER, Role.VIEWER));

        assertEquals(Code.NOT_ENTITLED, refusal(house.grants.consume(assistant, claim())));
    }

    @Test
    void theJobThatIsConfiguredUsesTheGrantAndNoOtherDoes() {
        Workload right = job("acme/payments", "refs/heads/main", "production");

        assertEquals(
                List.of(Code.OTHER_CALLER, Code.OTHER_CALLER, Code.OTHER_CALLER, Code.OTHER_CALLER),
                Stream.of(
                                job("mallory/payments", "refs/heads/main", "production"),
                                job("acme/payments", "refs/pull/7/merge", "production"),
                                job("acme/payments", "refs/heads/main", "staging"),
                                job("acme/payments", "refs/heads/main", null))
                        .map(other -> refusal(house.grants.consume(other.principal(), claim())))
                        .toList());
        assertEquals(Status.APPROVED, done(house.grants.check(right.principal(), claim())));
        assertEquals(Status.CONSUMED, done(house.grants.consume(right.principal(), claim())));
        assertEquals(Code.WRONG_STATUS, refusal(house.grants.consume(right.principal(), claim())));
        assertEquals(
                Optional.of("workload:github-run-1-1"),
                Optional.ofNullable(house.store.find(id).orElseThrow().reservation())
                        .map(Approval.Reservation::caller));
    }

    @Test
    void aJobUsesTheGrantAtTheApprovedCommitAlone() {
        Target target =
                new Target(
                        ApprovalHouse.PRODUCTION,
                        changeSet.target().stack(),
                        "https://github.com/acme/payments.git",
                        "b".repeat(40));
        Workload job = job("acme/payments", "refs/heads/main", "production");

        assertEquals(
                Optional.of(
                        "the job's commit is '"
                                + "a".repeat(40)
                                + "' and must be '"
                                + "b".repeat(40)
                                + "'"),
                ApprovalHouse.BINDINGS.refusal(
                        target.stack(), ApprovalHouse.PRODUCTION, target, job));
    }

    private static Workload job(String repository, String ref, @Nullable String environment) {
        return new Workload(
                "github",
                "run-1-1",
                repository,
                ref,
                "a".repeat(40),
                ".github/workflows/deploy.yml",
                ref,
                environment);
    }

    @Test
    void whatIsPresentedMustBeWhatWasApproved() {
        Grants.Claim right = claim();
        Map<String, Digest> files = new TreeMap<>(right.files().digests());
        files.put("main.tf", Digest.of("one byte changed"));

        assertEquals(
                List.of(
                        Code.OTHER_DIGEST,
                        Code.OTHER_ENVIRONMENT,
                        Code.OTHER_FILES,
                        Code.OTHER_FILES,
                        Code.OTHER_FILES),
                List.of(
                        consume(Digest.of("x"), PRODUCTION, right.files(), PLAN),
                        consume(
                                changeSet.digest(),
                                new Environment("staging"),
                                right.files(),
                                PLAN),
                        consume(changeSet.digest(), PRODUCTION, PresentedFiles.of(files), PLAN),
                        consume(changeSet.digest(), PRODUCTION, right.files(), null),
                        consume(
                                changeSet.digest(),
                                PRODUCTION,
                                right.files(),
                                Digest.of("another plan"))));
        assertEquals(Status.CONSUMED, done(house.grants.consume(PIPELINE, right)));
    }

    private Code consume(
            Digest digest, Environment environment, PresentedFiles files, Digest plan) {
        return refusal(
                house.grants.consume(
                        PIPELINE, new Grants.Claim(id, digest, environment, files, plan)));
    }

    @Test
    void anApproverWhoIsSwitchedOffDoesNotCountAnyMore() {
        house.people.disable(Principal.SYSTEM, alice.id());

        assertEquals(Code.APPROVER_LOST, refusal(house.grants.consume(PIPELINE, claim())));
    }

    @Test
    void anApproverWithoutTheRoleDoesNotCountAnyMore() {
        house.people.setRoles(Principal.SYSTEM, alice.id(), Set.of(Role.VIEWER));

        assertEquals(Code.APPROVER_LOST, refusal(house.grants.consume(PIPELINE, claim())));
    }

    @Test
    void whatIsLeftOfAUseThatHasBegunNeedsItsApproverAsWell() {
        house.grants.consume(PIPELINE, claim());
        assertEquals(Optional.empty(), house.grants.changed(claim().id()));

        house.log.beforeHeld(
                () -> house.people.setRoles(Principal.SYSTEM, alice.id(), Set.of(Role.VIEWER)));

        assertEquals(
                Optional.of(Code.APPROVER_LOST),
                house.grants.changed(claim().id()).map(Refusal::code));
    }

    @Test
    void aRemovedPasskeyDoesNotCountAnyMore() {
        house.people.removePasskey(Principal.SYSTEM, alice.passkey().credentialId());

        assertEquals(Code.APPROVER_LOST, refusal(house.grants.consume(PIPELINE, claim())));
    }

    @Test
    void whatAnApproverLosesWhileTheGrantIsLookedAtStillCounts() {
        house.log.beforeHeld(
                () -> house.people.setRoles(Principal.SYSTEM, alice.id(), Set.of(Role.VIEWER)));

        assertEquals(Code.APPROVER_LOST, refusal(house.grants.consume(PIPELINE, claim())));
        assertEquals(
                List.of("person.roles_changed", "grant.use_refused"),
                house.log.kinds().subList(house.log.kinds().size() - 2, house.log.kinds().size()));
    }

    @Test
    void aPasskeyThatIsRemovedWhileTheGrantIsReservedIsSeen() {
        house.log.beforeHeld(
                () -> house.people.removePasskey(Principal.SYSTEM, alice.passkey().credentialId()));

        assertEquals(Code.APPROVER_LOST, refusal(house.grants.reserve(PIPELINE, claim())));
    }

    @Test
    void whatIsTakenBackWhileTheGrantIsLookedAtIsNotConsumed() {
        house.log.beforeHeld(() -> house.approvals.revoke(id, alice.session(), "wrong window"));

        assertEquals(Code.WRONG_STATUS, refusal(house.grants.consume(PIPELINE, claim())));
    }

    @Test
    void timeThatRunsOutWhileTheLogIsBusyIsOver() {
        house.log.beforeHeld(() -> house.clock.move(Duration.ofMinutes(31)));

        assertEquals(Code.OUT_OF_TIME, refusal(house.grants.consume(PIPELINE, claim())));
    }

    @Test
    void whatWasTakenBackIsNotConsumed() {
        assertEquals(Optional.empty(), house.approvals.revoke(id, alice.session(), "wrong window"));

        assertEquals(Code.WRONG_STATUS, refusal(house.grants.consume(PIPELINE, claim())));
    }

    @Test
    void whatNobodyDecidedIsNotConsumed() {
        ChangeSet other = house.changeSet(null, "# other\n");
        Approval pending = house.opened(other);

        assertEquals(
                Code.WRONG_STATUS,
                refusal(house.grants.consume(PIPELINE, ApprovalHouse.claim(pending, other))));
    }

    @Test
    void aChangedPolicyClosesWhatWasApprovedUnderTheOldOne() {
        ApprovalHouse changed = new ApprovalHouse(ApprovalPolicy.TRIAL);
        Grants grants =
                new Grants(
                        ApprovalPolicy.TRIAL,
                        house.verifier,
                        ApprovalHouse.BINDINGS,
                        house.store,
                        house.changeSets,
                        house.quorum,
                        house.keys,
                        house.pauses,
                        house.waivers,
                        house.emergencies,
                        changed.log,
                        new dev.devopspack.change.Transactions() {
                            @Override
                            public <T> T inOne(java.util.function.Supplier<T> work) {
                                return work.get();
                            }
                        },
                        house.clock);

        assertEquals(Code.POLICY_CHANGED, refusal(grants.consume(PIPELINE, claim())));
    }

    private Grants.Claim claim() {
        return ApprovalHouse.claim(approval, changeSet);
    }

    private static Status done(Grants.Used used) {
        return assertInstanceOf(Grants.Used.Done.class, used).approval().status();
    }
}
