package dev.devopspack.approval;

import static dev.devopspack.approval.ApprovalHouse.HONEST;
import static dev.devopspack.approval.ApprovalHouse.PRODUCTION;
import static dev.devopspack.approval.ApprovalHouse.SHOWN;
import static dev.devopspack.approval.ApprovalHouse.VERDICTS;
import static dev.devopspack.approval.ApprovalHouse.challengeOf;
import static dev.devopspack.approval.ApprovalHouse.refusal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.devopspack.approval.Approval.Status;
import dev.devopspack.approval.ApprovalHouse.Somebody;
import dev.devopspack.approval.Decision.Choice;
import dev.devopspack.approval.Refusal.Code;
import dev.devopspack.approval.act.PasskeyCeremony;
import dev.devopspack.change.ChangeSet;
import dev.devopspack.change.CommitAuthor;
import dev.devopspack.change.Digest;
import dev.devopspack.change.StoreUnavailable;
import dev.devopspack.identity.Ceremony;
import dev.devopspack.identity.NotAllowed;
import dev.devopspack.identity.Principal;
import dev.devopspack.identity.Role;
import dev.devopspack.identity.Secrets;
import dev.devopspack.task.Environment;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.testing.SoftPasskey;
import dev.devopspack.testing.SoftPasskey.Circumstances;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class DecisionsTest {

    private final ApprovalHouse house = new ApprovalHouse();
    private Somebody requester;
    private Somebody alice;
    private Somebody bob;
    private ChangeSet changeSet;
    private Approval approval;

    @BeforeEach
    void peopleAndARequest() {
        requester = house.enrolled("Requester", Role.REQUESTER, Role.APPROVER, Role.ADMIN);
        alice = house.enrolled("Alice", Role.APPROVER);
        bob = house.enrolled("Bob", Role.APPROVER);
        changeSet = house.changeSet(requester.id());
        approval = house.opened(changeSet);
    }

    @Test
    void oneApproverSufficesWhereTheRequesterIsKnown() {
        Decisions.Result.Recorded recorded = house.approve(approval, alice);

        assertEquals(Status.APPROVED, recorded.approval().status());
        assertNotNull(recorded.grant());
        assertEquals(
                List.of("approval.opened", "approval.decided", "grant.issued"),
                house.log.kinds().stream().filter(kind -> !kind.startsWith("person.")).toList());
    }

    @Test
    void anAnonymousRequestInProductionNeedsTwoPeople() {
        Approval anonymous = house.opened(house.changeSet(null));

        Decisions.Result.Recorded first = house.approve(anonymous, alice);
        Decisions.Result.Recorded second = house.approve(anonymous, bob);

        assertEquals(Status.PENDING, first.approval().status());
        assertNull(first.grant());
        assertEquals(Status.APPROVED, second.approval().status());
        assertNotNull(second.grant());
    }

    @Test
    void theSamePersonCountsOnce() {
        Approval anonymous = house.opened(house.changeSet(null));
        house.approve(anonymous, alice);

        Decisions.Options again =
                house.decisions.options(anonymous.request().id(), alice.session(), Choice.APPROVE);

        assertEquals(
                Code.DECIDED_BEFORE,
                assertInstanceOf(Decisions.Options.Refused.class, again).refusal().code());
    }

    @Test
    void theGrantsTimeLiesWithinWhatEverybodySigned() {
        Approval anonymous = house.opened(house.changeSet(null));
        house.approve(anonymous, alice);
        house.clock.move(Duration.ofHours(5));

        Approval approved = house.approve(anonymous, bob).approval();

        assertEquals(
                new Approval.Window(
                        ApprovalHouse.START.plus(Duration.ofHours(5)),
                        ApprovalHouse.START.plus(Duration.ofHours(5)).plus(Duration.ofMinutes(30))),
                approved.window());
    }

    @Test
    void theHumanWhoAskedNeverDecides() {
        Decisions.Options options =
                house.decisions.options(
                        approval.request().id(), requester.session(), Choice.APPROVE);

        assertEquals(
                Code.OWN_REQUEST,
                assertInstanceOf(Decisions.Options.Refused.class, options).refusal().code());
    }

    @Test
    void theHumanWhoAskedDoesNotDecideWithAChallengeMadeForHim() {
        // Put a challenge in place as if options() had not looked.
        Challenge challenge = challenge(requester, Choice.APPROVE);
        plant(challenge, requester);

        assertEquals(Code.OWN_REQUEST, refusal(decideWith(requester, challenge, HONEST)));
    }

    @Test
    void aPersonWithoutTheRoleDoesNotDecide() {
        Somebody viewer = house.enrolled("Viewer", Role.VIEWER, Role.ADMIN);
        Challenge challenge = challenge(viewer, Choice.APPROVE);
        plant(challenge, viewer);

        assertEquals(Code.NOT_ENTITLED, refusal(decideWith(viewer, challenge, HONEST)));
    }

    @Test
    void anApproverOfAnotherEnvironmentDoesNotDecide() {
        house.people.setRoles(
                Principal.SYSTEM,
                alice.id(),
                Set.of(Role.APPROVER),
                Set.of(new Environment("staging")));
        Challenge challenge = challenge(alice, Choice.APPROVE);
        plant(challenge, alice);

        assertEquals(Code.NOT_ENTITLED, refusal(decideWith(alice, challenge, HONEST)));

        house.people.setRoles(
                Principal.SYSTEM, alice.id(), Set.of(Role.APPROVER), Set.of(PRODUCTION));
        assertEquals(Status.APPROVED, house.approve(approval, alice).approval().status());
    }

    @Test
    void whoDoesNotApproveThereAnyMoreDoesNotCountWhenTheGrantIsUsed() {
        Approval approved = house.approve(approval, alice).approval();
        house.people.setRoles(
                Principal.SYSTEM,
                alice.id(),
                Set.of(Role.APPROVER),
                Set.of(new Environment("staging")));

        assertEquals(
                Code.APPROVER_LOST,
                refusal(
                        house.grants.consume(
                                ApprovalHouse.pipeline("p"),
                                ApprovalHouse.claim(approved, changeSet))));
    }

    @Test
    void aPersonWhoIsSwitchedOffDoesNotDecide() {
        String signed = challengeOf(house.options(approval, alice, Choice.APPROVE).json());
        house.people.disable(Principal.SYSTEM, alice.id());

        Decisions.Result result = decide(alice, Choice.APPROVE, signed, HONEST, SHOWN.digest());

        assertEquals(Code.NOT_ENTITLED, refusal(result));
    }

    @Test
    void noTokenDecidesWhateverItsRoles() {
        Principal token =
                new Principal(Principal.Kind.TOKEN, "t", alice.id(), "t", Set.of(Role.values()));
        ApprovalId id = approval.request().id();

        assertThrows(NotAllowed.class, () -> house.decisions.options(id, token, Choice.APPROVE));
        assertThrows(
                NotAllowed.class,
                () -> house.decisions.decide(id, token, Choice.APPROVE, "", "{}", SHOWN.digest()));
        assertThrows(
                NotAllowed.class,
                () -> house.decisions.options(id, Principal.SYSTEM, Choice.APPROVE));
    }

    @Test
    void aDecisionIsRecordedOnceForItsSignature() {
        Approval anonymous = house.opened(house.changeSet(null));
        String signed = challengeOf(house.options(anonymous, alice, Choice.APPROVE).json());
        String assertion = alice.passkey().sign(signed, HONEST);
        ApprovalId id = anonymous.request().id();
        assertInstanceOf(
                Decisions.Result.Recorded.class,
                house.decisions.decide(
                        id, alice.session(), Choice.APPROVE, "", assertion, SHOWN.digest()));

        Decisions.Result replayed =
                house.decisions.decide(
                        id, alice.session(), Choice.APPROVE, "", assertion, SHOWN.digest());

        assertEquals(Code.BAD_CHALLENGE, refusal(replayed));
    }

    @Test
    void aRefusedAnswerUsesTheChallengeUp() {
        String signed = challengeOf(house.options(approval, alice, Choice.APPROVE).json());
        decide(alice, Choice.APPROVE, signed, HONEST, Digest.of("another text"));

        Decisions.Result again = decide(alice, Choice.APPROVE, signed, HONEST, SHOWN.digest());

        assertEquals(Code.BAD_CHALLENGE, refusal(again));
    }

    @Test
    void aChallengeEndsAfterThreeMinutes() {
        String signed = challengeOf(house.options(approval, alice, Choice.APPROVE).json());
        house.clock.move(PasskeyCeremony.VALID);

        assertEquals(
                Code.BAD_CHALLENGE,
                refusal(decide(alice, Choice.APPROVE, signed, HONEST, SHOWN.digest())));
    }

    @Test
    void anotherTextThanTheOneShownIsRefused() {
        String signed = challengeOf(house.options(approval, alice, Choice.APPROVE).json());

        assertEquals(
                Code.OTHER_TEXT_SHOWN,
                refusal(decide(alice, Choice.APPROVE, signed, HONEST, Digest.of("other"))));
    }

    @Test
    void aDenialIsNoApproval() {
        String signed = challengeOf(house.options(approval, alice, Choice.DENY).json());

        assertEquals(
                Code.BAD_CHALLENGE,
                refusal(decide(alice, Choice.APPROVE, signed, HONEST, SHOWN.digest())));
    }

    @Test
    void anApprovalForAnotherRequestIsRefused() {
        Approval other = house.opened(house.changeSet(requester.id(), "# other\n"));
        String signed = challengeOf(house.options(other, alice, Choice.APPROVE).json());

        assertEquals(
                Code.BAD_CHALLENGE,
                refusal(decide(alice, Choice.APPROVE, signed, HONEST, SHOWN.digest())));
    }

    @Test
    void somebodyElsesChallengeIsRefused() {
        String signed = challengeOf(house.options(approval, alice, Choice.APPROVE).json());

        assertEquals(
                Code.BAD_CHALLENGE,
                refusal(decide(bob, Choice.APPROVE, signed, HONEST, SHOWN.digest())));
    }

    @Test
    void somebodyElsesPasskeyIsRefused() {
        String signed = challengeOf(house.options(approval, alice, Choice.APPROVE).json());

        Decisions.Result result =
                house.decisions.decide(
                        approval.request().id(),
                        alice.session(),
                        Choice.APPROVE,
                        "",
                        bob.passkey().sign(signed, HONEST),
                        SHOWN.digest());

        assertEquals(Code.BAD_ASSERTION, refusal(result));
    }

    @TestFactory
    Stream<DynamicTest> whatAForgerChangesIsRefused() {
        return Map.<String, Circumstances>of(
                        "another origin", HONEST.withOrigin("http://localhost.evil.example"),
                        "another port", HONEST.withOrigin("http://localhost:9090"),
                        "another site", HONEST.withRpId("evil.example"),
                        "no user verification", HONEST.withFlags(SoftPasskey.USER_PRESENT),
                        "no user presence", HONEST.withFlags(SoftPasskey.USER_VERIFIED),
                        "a registration", HONEST.withType("webauthn.create"),
                        "a frame of another site", HONEST.withCrossOrigin())
                .entrySet()
                .stream()
                .map(forged ->
                        DynamicTest.dynamicTest(
                                forged.getKey(), () -> refusedWhen(forged.getValue())));
    }

    private void refusedWhen(Circumstances forged) {
        String signed = challengeOf(house.options(approval, alice, Choice.APPROVE).json());

        assertEquals(
                Code.BAD_ASSERTION,
                refusal(decide(alice, Choice.APPROVE, signed, forged, SHOWN.digest())));
        assertEquals(Status.PENDING, house.store.find(approval.request().id()).get().status());
    }

    @Test
    void aCounterThatGoesBackIsRefused() {
        Approval anonymous = house.opened(house.changeSet(null));
        String first = challengeOf(house.options(approval, alice, Choice.APPROVE).json());
        decide(alice, Choice.APPROVE, first, HONEST.withCount(7), SHOWN.digest());
        String second = challengeOf(house.options(anonymous, alice, Choice.APPROVE).json());

        Decisions.Result result =
                house.decisions.decide(
                        anonymous.request().id(),
                        alice.session(),
                        Choice.APPROVE,
                        "",
                        alice.passkey().sign(second, HONEST.withCount(7)),
                        SHOWN.digest());

        assertEquals(Code.BAD_ASSERTION, refusal(result));
    }

    @TestFactory
    Stream<DynamicTest> aChallengeWithAnyOtherFieldIsRefused() {
        Challenge right = challenge(alice, Choice.APPROVE);
        return Map.<String, Challenge>of(
                        "digest", other(right, Digest.of("x"), VERDICTS, SHOWN.digest()),
                        "verdicts", other(right, right.digest(), Digest.of("x"), SHOWN.digest()),
                        "rendering", other(right, right.digest(), VERDICTS, Digest.of("x")))
                .entrySet()
                .stream()
                .map(changed ->
                        DynamicTest.dynamicTest(
                                changed.getKey(),
                                () -> {
                                    plant(changed.getValue(), alice);
                                    assertEquals(
                                            Code.BAD_CHALLENGE,
                                            refusal(decideWith(alice, changed.getValue(), HONEST)));
                                }));
    }

    private static Challenge other(Challenge c, Digest digest, Digest verdicts, Digest rendering) {
        return new Challenge(
                c.request(),
                digest,
                verdicts,
                rendering,
                c.decision(),
                c.environment(),
                c.approver(),
                c.uses(),
                c.notBefore(),
                c.executeBy(),
                c.policy(),
                c.nonce());
    }

    @Test
    void aDenialNeedsAReasonAndIsFinal() {
        assertEquals(Code.BAD_INPUT, refusal(house.decide(approval, alice, Choice.DENY, "  ")));

        Decisions.Result.Recorded denied =
                assertInstanceOf(
                        Decisions.Result.Recorded.class,
                        house.decide(approval, alice, Choice.DENY, "make the bucket private"));

        assertEquals(Status.DENIED, denied.approval().status());
        assertEquals("make the bucket private", denied.approval().note());
        Approvals.Opened again = house.approvals.open(changeSet, VERDICTS, SHOWN, Principal.SYSTEM);
        assertEquals(
                Code.DENIED_BEFORE,
                assertInstanceOf(Approvals.Opened.Refused.class, again).refusal().code());
    }

    @Test
    void nobodyDecidesAfterTheTimeToDecide() {
        house.clock.move(Duration.ofHours(24));

        Decisions.Options options =
                house.decisions.options(approval.request().id(), alice.session(), Choice.APPROVE);

        assertEquals(
                Code.OUT_OF_TIME,
                assertInstanceOf(Decisions.Options.Refused.class, options).refusal().code());
    }

    @Test
    void askingTwiceIsAskingOnce() {
        Approvals.Opened again = house.approvals.open(changeSet, VERDICTS, SHOWN, Principal.SYSTEM);

        assertEquals(new Approvals.Opened.Existing(approval), again);
    }

    @Test
    void otherVerdictsTakeTheOlderRequestsPlace() {
        Approvals.Opened.New newer =
                assertInstanceOf(
                        Approvals.Opened.New.class,
                        house.approvals.open(
                                changeSet, Digest.of("judged again"), SHOWN, Principal.SYSTEM));

        assertEquals(Status.REVOKED, house.store.find(approval.request().id()).get().status());
        assertEquals(Status.PENDING, newer.approval().status());
    }

    @Test
    void textWithInvisibleCharactersIsNeverAsked() {
        Rendering hidden = new Rendering("devops-pack/review/v1", "creates\u202e nothing\n");

        assertThrows(
                IllegalArgumentException.class,
                () -> house.approvals.open(changeSet, VERDICTS, hidden, Principal.SYSTEM));
    }

    @Test
    void whatRanOutOfTimeIsEndedAndRemembered() {
        house.clock.move(Duration.ofHours(24));

        assertEquals(1, house.approvals.sweep());
        assertEquals(0, house.approvals.sweep());
        assertEquals(Status.EXPIRED, house.store.find(approval.request().id()).get().status());
        assertEquals("approval.expired", house.log.kinds().getLast());
    }

    private Challenge challenge(Somebody who, Choice choice) {
        ApprovalRequest request = approval.request();
        return new Challenge(
                request.id(),
                request.digest(),
                request.verdicts(),
                SHOWN.digest(),
                choice,
                PRODUCTION,
                who.id(),
                1,
                house.clock.instant(),
                house.clock.instant().plus(Duration.ofMinutes(30)),
                request.policy(),
                new Secrets().secret());
    }

    private void plant(Challenge challenge, Somebody who) {
        house.identity.ceremonies.insert(
                new Ceremony(
                        Secrets.base64(challenge.hash()),
                        Ceremony.Purpose.DECIDE,
                        who.id(),
                        challenge.text(),
                        house.clock.instant().plus(Duration.ofMinutes(3))));
    }

    private Decisions.Result decideWith(Somebody who, Challenge challenge, Circumstances how) {
        return decide(
                who, challenge.decision(), Secrets.base64(challenge.hash()), how, SHOWN.digest());
    }

    private Decisions.Result decide(
            Somebody who, Choice choice, String signed, Circumstances how, Digest displayed) {
        return house.decisions.decide(
                approval.request().id(),
                who.session(),
                choice,
                "",
                who.passkey().sign(signed, how),
                displayed);
    }

    @Test
    void whoAsksTooOftenIsNotHeardForAnHour() {
        for (int i = 1; i < ApprovalHouse.MOST_AN_HOUR; i++) {
            house.opened(house.changeSet(requester.id(), "# " + i + "\n"));
        }
        ChangeSet oneMore = house.changeSet(requester.id(), "# one more\n");

        Approvals.Opened refused = house.approvals.open(oneMore, VERDICTS, SHOWN, Principal.SYSTEM);

        assertEquals(
                Code.ASKED_TOO_OFTEN,
                assertInstanceOf(Approvals.Opened.Refused.class, refused).refusal().code());
        assertEquals("approval.not_opened", house.log.kinds().getLast());
        // The same again is no new question, and another requester is heard.
        assertInstanceOf(
                Approvals.Opened.Existing.class,
                house.approvals.open(changeSet, VERDICTS, SHOWN, Principal.SYSTEM));
        house.opened(house.changeSet(bob.id(), "# another\n"));
        house.clock.move(Duration.ofHours(1).plusSeconds(1));
        house.opened(oneMore);
    }

    @Test
    void whileTheKeyOfGrantsIsKnownToBeAwayNothingBeginsAndTheSameSignatureServesLater() {
        Challenge challenge = challenge(alice, Choice.APPROVE);
        plant(challenge, alice);
        house.keys.away(true);
        List<String> before = house.log.kinds();

        assertThrows(StoreUnavailable.class, () -> decideWith(alice, challenge, HONEST));
        assertEquals(before, house.log.kinds());
        house.keys.away(false);

        assertInstanceOf(Decisions.Result.Recorded.class, decideWith(alice, challenge, HONEST));
    }

    @Test
    void aNoAndAYesThatCompletesNothingNeedNoKey() {
        Approval anonymous = house.opened(house.changeSet(null, "# two people\n"));
        house.keys.away(true);

        house.approve(anonymous, alice);
        house.decide(approval, bob, Choice.DENY, "not like this");

        assertEquals(
                Status.DENIED, house.store.find(approval.request().id()).orElseThrow().status());
    }

    @Test
    void whoWroteACommitOfItNeitherDecidesNorBreaksTheGlass() {
        commitsAs(alice, "Alice@Example.com");
        house.approvals.author(changeSet.id(), Set.of(new CommitAuthor("alice@example.com")));
        Challenge challenge = challenge(alice, Choice.APPROVE);
        plant(challenge, alice);

        assertEquals(Code.OWN_REQUEST, refusal(decideWith(alice, challenge, HONEST)));
        assertEquals(
                Code.OWN_REQUEST,
                refusal(
                        house.breakGlass.prepare(
                                approval.request().id(),
                                alice.session(),
                                SHOWN.digest(),
                                "INC-1",
                                "why")));
        assertEquals(Status.APPROVED, house.approve(approval, bob).approval().status());
    }

    @Test
    void anAuthorWhoIsKnownLaterDoesNotCountWhenTheGrantIsUsed() {
        Approval approved = house.approve(approval, alice).approval();
        commitsAs(alice, "alice@example.com");
        house.approvals.author(changeSet.id(), Set.of(new CommitAuthor("alice@example.com")));

        assertEquals(
                Code.APPROVER_LOST,
                refusal(
                        house.grants.consume(
                                ApprovalHouse.pipeline("p"),
                                ApprovalHouse.claim(approved, changeSet))));
    }

    @Test
    void namingAuthorsAgainAndAgainComesToAnEndAndForgetsNobody() {
        Set<CommitAuthor> all = new HashSet<>();
        for (int i = 0; i < 10; i++) {
            Set<CommitAuthor> hundred = new HashSet<>();
            for (int j = 0; j < 100; j++) {
                hundred.add(new CommitAuthor("u" + i + "." + j + "@example.com"));
            }
            assertEquals(hundred, house.approvals.author(changeSet.id(), hundred));
            assertEquals(Set.of(), house.approvals.author(changeSet.id(), hundred));
            all.addAll(hundred);
        }

        assertThrows(
                InvalidInput.class,
                () ->
                        house.approvals.author(
                                changeSet.id(), Set.of(new CommitAuthor("more@example.com"))));
        assertEquals(all, house.approvals.authorsOf(changeSet.id()));
    }

    private void commitsAs(Somebody who, String address) {
        house.people.setRoles(
                Principal.SYSTEM,
                who.id(),
                Set.of(Role.APPROVER),
                Set.of(),
                Set.of(new CommitAuthor(address)));
    }
}
