package dev.devopspack.approval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.approval.Approval.Status;
import dev.devopspack.approval.ApprovalHouse.Somebody;
import dev.devopspack.approval.Decision.Choice;
import dev.devopspack.approval.Refusal.Code;
import dev.devopspack.approval.act.Acts;
import dev.devopspack.approval.act.PasskeyCeremony;
import dev.devopspack.approval.pause.PauseScope;
import dev.devopspack.change.ChangeSet;
import dev.devopspack.change.CommitAuthor;
import dev.devopspack.change.Digest;
import dev.devopspack.identity.NotAllowed;
import dev.devopspack.identity.Principal;
import dev.devopspack.identity.Role;
import dev.devopspack.testing.InMemorySealing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BatchDecisionsTest {

    private final ApprovalHouse house = new ApprovalHouse();
    private final GrantChecks checks = new GrantChecks(house);
    private Somebody requester;
    private Somebody alice;
    private Somebody bob;
    private List<ChangeSet> changeSets;
    private Approval first;
    private Approval second;
    private Approval third;

    @BeforeEach
    void peopleAndThreeRequests() {
        requester = house.enrolled("Requester", Role.REQUESTER, Role.APPROVER);
        alice = house.enrolled("Alice", Role.APPROVER);
        bob = house.enrolled("Bob", Role.APPROVER);
        changeSets =
                IntStream.range(0, 3)
                        .mapToObj(i -> house.changeSet(requester.id(), "# change " + i + "\n"))
                        .toList();
        first = opened(0);
        second = opened(1);
        third = opened(2);
    }

    private Approval opened(int number) {
        return assertInstanceOf(
                        Approvals.Opened.New.class,
                        house.approvals.open(
                                changeSets.get(number),
                                ApprovalHouse.VERDICTS,
                                new Rendering("devops-pack/review/v1", "change " + number + "\n"),
                                Principal.SYSTEM))
                .approval();
    }

    @Test
    void oneSignatureGivesEachRequestItsOwnGrantThatHolds() {
        BatchDecisions.Result.Recorded recorded =
                house.approveTogether(alice, first, second, third);

        assertEquals(3, recorded.each().size());
        for (int i = 0; i < 3; i++) {
            Approval approval = current(List.of(first, second, third).get(i));
            assertEquals(Status.APPROVED, approval.status());
            assertInstanceOf(Verification.Verified.class, verified(approval, changeSets.get(i)));
            assertInstanceOf(
                    Grants.Used.Done.class,
                    house.grants.consume(
                            ApprovalHouse.pipeline("p"),
                            ApprovalHouse.claim(approval, changeSets.get(i))));
        }
    }

    @Test
    void eachGrantCarriesTheSameAssertionAndAnotherPlaceInTheTree() {
        house.approveTogether(alice, first, second, third);

        List<Grant.Approved> decisions =
                Stream.of(first, second, third)
                        .map(this::grant)
                        .map(BatchDecisionsTest::one)
                        .toList();
        assertEquals(1, decisions.stream().map(Grant.Approved::assertion).distinct().count());
        assertEquals(3, decisions.stream().map(Grant.Approved::challenge).distinct().count());
        assertEquals(
                Set.of(0L, 1L, 2L),
                Set.copyOf(decisions.stream().map(d -> d.batch().index()).toList()));
    }

    @Test
    void theGrantIsOfATypeThatOlderVerifiersRefuse() {
        house.approveTogether(alice, first, second);

        assertEquals(Grant.BATCH_TYPE, grant(first).type());
        assertEquals(grant(first), Grant.parse(grant(first).payload()));
    }

    @Test
    void eachRequestHasItsOwnEntryInTheLogThatNamesTheRoot() {
        house.approveTogether(alice, first, second);

        String root = one(grant(first)).batch().root().value();
        List<Map<String, String>> entries =
                house.log.read(0, 1_000).stream()
                        .map(stored -> stored.entry())
                        .filter(entry -> entry.kind().equals("approval.decided"))
                        .map(entry -> entry.facts())
                        .toList();
        assertEquals(
                Set.of(first.request().id().value(), second.request().id().value()),
                Set.copyOf(entries.stream().map(facts -> facts.get("approval")).toList()));
        assertEquals(
                List.of(root, root), entries.stream().map(facts -> facts.get("batch")).toList());
    }

    @Test
    void oneCheckpointOfTheLogServesEveryGrantOfABatch() {
        house.approveTogether(alice, first, second, third);

        List<Grant> grants = Stream.of(first, second, third).map(this::grant).toList();
        assertEquals(1, house.sealing.sealed());
        assertEquals(1, grants.stream().map(Grant::checkpoint).distinct().count());
        for (Grant grant : grants) {
            assertEquals(List.of(), LogEvidence.within(grant));
            assertEquals(
                    List.of(),
                    LogEvidence.of(
                            grant,
                            List.of(),
                            new LogEvidence.Signers(InMemorySealing.KEY.open(), null)));
        }
    }

    @Test
    void whereABatchCompletesNothingNoCheckpointIsSigned() {
        Approval one = house.opened(house.changeSet(null, "# one\n"));
        Approval other = house.opened(house.changeSet(null, "# other\n"));

        house.approveTogether(alice, one, other);

        assertEquals(0, house.sealing.sealed());
        assertEquals(Status.PENDING, current(one).status());
        house.approveTogether(bob, one, other);
        assertEquals(1, house.sealing.sealed());
        assertEquals(Status.APPROVED, current(other).status());
        assertEquals(grant(one).checkpoint(), grant(other).checkpoint());
    }

    @Test
    void aQuorumIsCompletedByOneAloneAndOneTogether() {
        Approval anonymous = house.opened(house.changeSet(null));
        house.approve(anonymous, bob);

        house.approveTogether(alice, anonymous, first);

        assertEquals(Status.APPROVED, current(anonymous).status());
        assertEquals(2, grant(anonymous).decisions().size());
    }

    @Test
    void aBatchIsAnsweredOnce() {
        String answer = house.signed(alice, first, second);
        Map<ApprovalId, Digest> displayed = ApprovalHouse.displayed(first, second);
        assertInstanceOf(
                BatchDecisions.Result.Recorded.class,
                house.decisions.together().decide(displayed, alice.session(), answer));

        refused(
                Code.BAD_CHALLENGE,
                house.decisions.together().decide(displayed, alice.session(), answer));
    }

    @Test
    void aBatchEndsAfterThreeMinutes() {
        String answer = house.signed(alice, first, second);
        house.clock.move(PasskeyCeremony.VALID);

        refused(
                Code.BAD_CHALLENGE,
                house.decisions
                        .together()
                        .decide(ApprovalHouse.displayed(first, second), alice.session(), answer));
    }

    @Test
    void anAnswerForABatchIsNoneForOneRequestNorTheOtherWayRound() {
        String together = house.signed(alice, first, second);
        assertEquals(
                Code.BAD_CHALLENGE,
                ApprovalHouse.refusal(
                        house.decisions.decide(
                                first.request().id(),
                                alice.session(),
                                Choice.APPROVE,
                                "",
                                together,
                                first.request().rendering().digest())));

        String alone =
                alice.passkey()
                        .sign(
                                ApprovalHouse.challengeOf(
                                        house.options(first, alice, Choice.APPROVE).json()),
                                ApprovalHouse.HONEST);
        refused(
                Code.BAD_CHALLENGE,
                house.decisions
                        .together()
                        .decide(ApprovalHouse.displayed(first, second), alice.session(), alone));
    }

    @Test
    void aBatchCannotBeAnsweredForOtherRequests() {
        String answer = house.signed(alice, first, second);

        refused(
                Code.BAD_CHALLENGE,
                house.decisions
                        .together()
                        .decide(ApprovalHouse.displayed(first, third), alice.session(), answer));
    }

    @Test
    void aBatchCannotBeAnsweredForFewerOrMore() {
        refused(
                Code.BAD_CHALLENGE,
                house.decisions
                        .together()
                        .decide(
                                ApprovalHouse.displayed(first, second),
                                alice.session(),
                                house.signed(alice, first, second, third)));
        refused(
                Code.BAD_CHALLENGE,
                house.decisions
                        .together()
                        .decide(
                                ApprovalHouse.displayed(first, second, third),
                                alice.session(),
                                house.signed(alice, first, second)));
    }

    @Test
    void somebodyElsesBatchIsRefused() {
        String answer = house.signed(alice, first, second);

        refused(
                Code.BAD_CHALLENGE,
                house.decisions
                        .together()
                        .decide(ApprovalHouse.displayed(first, second), bob.session(), answer));
    }

    @Test
    void anotherTextShownForOneRefusesAllAndSaysWhich() {
        String answer = house.signed(alice, first, second);
        Map<ApprovalId, Digest> displayed = new HashMap<>(ApprovalHouse.displayed(first, second));
        displayed.put(second.request().id(), Digest.of("something harmless"));

        Refusal refusal =
                refused(
                        Code.OTHER_TEXT_SHOWN,
                        house.decisions.together().decide(displayed, alice.session(), answer));

        assertTrue(refusal.problem().contains(second.request().id().value()), refusal.problem());
    }

    @Test
    void textsShownInEachOthersPlaceAreRefused() {
        String answer = house.signed(alice, first, second);
        Map<ApprovalId, Digest> swapped =
                Map.of(
                        first.request().id(), second.request().rendering().digest(),
                        second.request().id(), first.request().rendering().digest());

        refused(
                Code.OTHER_TEXT_SHOWN,
                house.decisions.together().decide(swapped, alice.session(), answer));
    }

    @Test
    void oneThatWasDecidedMeanwhileRefusesAllAndSaysWhich() {
        String answer = house.signed(alice, first, second);
        house.decide(second, bob, Choice.DENY, "not today");

        Refusal refusal =
                refused(
                        Code.WRONG_STATUS,
                        house.decisions
                                .together()
                                .decide(
                                        ApprovalHouse.displayed(first, second),
                                        alice.session(),
                                        answer));

        assertTrue(refusal.problem().contains(second.request().id().value()), refusal.problem());
        assertEquals(List.of(), current(first).decisions());
    }

    @Test
    void oneThatRanOutOfTimeMeanwhileRefusesAll() {
        house.clock.move(ApprovalPolicy.STRICT.decideWithin().minus(Duration.ofMinutes(1)));
        String answer = house.signed(alice, first, second);
        house.clock.move(Duration.ofMinutes(2));

        refused(
                Code.OUT_OF_TIME,
                house.decisions
                        .together()
                        .decide(ApprovalHouse.displayed(first, second), alice.session(), answer));
    }

    @Test
    void aPauseMeanwhileRefusesAll() {
        Somebody admin = house.enrolled("Admin", Role.ADMIN);
        String answer = house.signed(alice, first, second);
        Acts.Prepared prepared =
                house.killSwitch.preparePause(admin.session(), PauseScope.EVERYTHING, "freeze");
        house.killSwitch.pause(admin.session(), ApprovalHouse.signed(admin, prepared));

        refused(
                Code.PAUSED,
                house.decisions
                        .together()
                        .decide(ApprovalHouse.displayed(first, second), alice.session(), answer));
    }

    @Test
    void whoAskedForOneOfThemApprovesNoneOfThem() {
        Approval foreign = house.opened(house.changeSet(alice.id()));

        assertOptionsRefused(Code.OWN_REQUEST, alice, foreign, first, foreign);
    }

    @Test
    void whoWroteACommitOfOneOfThemApprovesNoneOfThem() {
        CommitAuthor author = new CommitAuthor("alice@acme.example");
        house.people.setRoles(
                Principal.SYSTEM, alice.id(), Set.of(Role.APPROVER), Set.of(), Set.of(author));
        house.approvals.author(changeSets.get(1).id(), Set.of(author));

        assertOptionsRefused(Code.OWN_REQUEST, alice, second, first, second);
    }

    @Test
    void whoApprovedOneOfThemBeforeApprovesNoneOfThemAgain() {
        Approval anonymous = house.opened(house.changeSet(null));
        house.approve(anonymous, alice);

        assertOptionsRefused(Code.DECIDED_BEFORE, alice, anonymous, first, anonymous);
    }

    @Test
    void whoIsNoApproverGetsNoChallenge() {
        Somebody viewer = house.enrolled("Viewer", Role.VIEWER);

        assertOptionsRefused(Code.NOT_ENTITLED, viewer, first, first, second);
    }

    @Test
    void aRequestNamedTwiceOneAloneAndTooManyAreRefused() {
        List<ApprovalId> same = List.of(first.request().id(), first.request().id());
        List<ApprovalId> one = List.of(first.request().id());
        List<ApprovalId> many = Collections.nCopies(BatchProof.MOST + 1, first.request().id());

        for (List<ApprovalId> ids : List.of(same, one, many, List.<ApprovalId>of())) {
            assertEquals(
                    Code.BAD_INPUT,
                    assertInstanceOf(
                                    BatchDecisions.Options.Refused.class,
                                    house.decisions.together().options(ids, alice.session()))
                            .refusal()
                            .code());
        }
    }

    @Test
    void noTokenDecidesTogether() {
        Principal token = ApprovalHouse.pipeline("p");

        assertThrows(
                NotAllowed.class,
                () ->
                        house.decisions
                                .together()
                                .options(
                                        List.of(first.request().id(), second.request().id()),
                                        token));
        assertThrows(
                NotAllowed.class,
                () ->
                        house.decisions
                                .together()
                                .decide(ApprovalHouse.displayed(first, second), token, "{}"));
    }

    @Test
    void somebodyElsesPasskeyIsRefused() {
        BatchDecisions.Options.Ready ready =
                assertInstanceOf(
                        BatchDecisions.Options.Ready.class,
                        house.decisions
                                .together()
                                .options(
                                        List.of(first.request().id(), second.request().id()),
                                        alice.session()));
        String forged =
                bob.passkey().sign(ApprovalHouse.challengeOf(ready.json()), ApprovalHouse.HONEST);

        refused(
                Code.BAD_ASSERTION,
                house.decisions
                        .together()
                        .decide(ApprovalHouse.displayed(first, second), alice.session(), forged));
    }

    @Test
    void aGrantWithTheLeafOfAnotherRequestIsRefused() {
        house.approveTogether(alice, first, second, third);

        assertForged(replaced(grant(first), one(grant(second))));
    }

    @Test
    void aGrantWithAnotherPlaceOrPathIsRefused() {
        house.approveTogether(alice, first, second, third);
        Grant.Approved signed = one(grant(first));
        BatchProof right = signed.batch();
        List<Digest> longer = new ArrayList<>(right.path());
        longer.add(Digest.of("one more"));

        for (BatchProof wrong :
                List.of(
                        new BatchProof(right.root(), 3, (right.index() + 1) % 3, right.path()),
                        new BatchProof(
                                right.root(), 3, right.index(), one(grant(second)).batch().path()),
                        new BatchProof(right.root(), 3, right.index(), List.of()),
                        new BatchProof(right.root(), 3, right.index(), longer),
                        new BatchProof(right.root(), 2, 0, right.path()),
                        new BatchProof(
                                Digest.of("another root"), 3, right.index(), right.path()))) {
            assertNotEquals(right, wrong);
            assertForged(replaced(grant(first), ChangedDecision.placed(signed, wrong)));
        }
    }

    @Test
    void aGrantWhoseLeafWasNeverSignedIsRefused() {
        house.approveTogether(alice, first, second);
        Grant.Approved signed = one(grant(first));
        Challenge challenge = Challenge.parse(signed.challenge());
        Challenge forged =
                new Challenge(
                        third.request().id(),
                        third.request().digest(),
                        third.request().verdicts(),
                        third.request().rendering().digest(),
                        challenge.decision(),
                        challenge.environment(),
                        challenge.approver(),
                        1,
                        challenge.notBefore(),
                        challenge.executeBy(),
                        challenge.policy(),
                        challenge.nonce());
        // A tree of the server's own making, whose root nobody signed.
        Batch own = new Batch(List.of(forged, challenge));
        Grant.Approved planted =
                ChangedDecision.placed(
                        ChangedDecision.challenged(signed, forged.text()),
                        own.proof(own.challenges().indexOf(forged)));

        assertForged(replaced(grant(first), planted));
        assertForged(replaced(grant(first), ChangedDecision.placed(planted, signed.batch())));
    }

    @Test
    void aGrantThatLeavesItsPlaceOutIsRefused() {
        house.approveTogether(alice, first, second);

        assertForged(replaced(grant(first), ChangedDecision.placed(one(grant(first)), null)));
    }

    private void assertForged(Grant forged) {
        List<Verification.Code> problems = checks.problems(forged, changeSets.getFirst());
        assertTrue(problems.contains(Verification.Code.BAD_ASSERTION), problems::toString);
    }

    private static Grant replaced(Grant grant, Grant.Approved decision) {
        return ChangedGrant.of(grant).decisions(decision).grant();
    }

    private void assertOptionsRefused(
            Code code, Somebody who, Approval about, Approval... approvals) {
        Refusal refusal =
                assertInstanceOf(
                                BatchDecisions.Options.Refused.class,
                                house.decisions
                                        .together()
                                        .options(
                                                Stream.of(approvals)
                                                        .map(a -> a.request().id())
                                                        .toList(),
                                                who.session()))
                        .refusal();
        assertEquals(code, refusal.code());
        assertTrue(refusal.problem().contains(about.request().id().value()), refusal.problem());
    }

    private static Refusal refused(Code code, BatchDecisions.Result result) {
        Refusal refusal = ApprovalHouse.refusal(result);
        assertEquals(code, refusal.code());
        return refusal;
    }

    private Approval current(Approval approval) {
        return house.store.find(approval.request().id()).orElseThrow();
    }

    private Grant grant(Approval approval) {
        return checks.of(approval);
    }

    private static Grant.Approved one(Grant grant) {
        return grant.decisions().getFirst();
    }

    private Verification verified(Approval approval, ChangeSet changeSet) {
        return checks.verify(
                house.grants.envelope(approval.request().id()).orElseThrow(), changeSet);
    }
}
