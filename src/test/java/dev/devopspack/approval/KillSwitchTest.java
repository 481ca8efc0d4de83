package dev.devopspack.approval;

import static dev.devopspack.approval.ApprovalHouse.HONEST;
import static dev.devopspack.approval.ApprovalHouse.PRODUCTION;
import static dev.devopspack.approval.ApprovalHouse.UNSIGNED;
import static dev.devopspack.approval.ApprovalHouse.challengeOf;
import static dev.devopspack.approval.ApprovalHouse.done;
import static dev.devopspack.approval.ApprovalHouse.pipeline;
import static dev.devopspack.approval.ApprovalHouse.refusal;
import static dev.devopspack.approval.ApprovalHouse.signed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.approval.Approval.Status;
import dev.devopspack.approval.ApprovalHouse.Somebody;
import dev.devopspack.approval.Decision.Choice;
import dev.devopspack.approval.Refusal.Code;
import dev.devopspack.approval.act.Acts;
import dev.devopspack.approval.act.Ended;
import dev.devopspack.approval.pause.Pause;
import dev.devopspack.approval.pause.PauseScope;
import dev.devopspack.change.ChangeSet;
import dev.devopspack.change.Digest;
import dev.devopspack.identity.NotAllowed;
import dev.devopspack.identity.PersonId;
import dev.devopspack.identity.Principal;
import dev.devopspack.identity.Role;
import dev.devopspack.task.Environment;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.testing.SoftPasskey;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KillSwitchTest {

    private static final PauseScope PRODUCTION_ONLY =
            new PauseScope(PauseScope.Kind.ENVIRONMENT, "production");

    private final ApprovalHouse house = new ApprovalHouse();
    private final Somebody admin = house.enrolled("Ada Admin", Role.ADMIN);
    private final Somebody alice = house.enrolled("Alice", Role.APPROVER);
    private final PersonId requester = house.enrolled("R", Role.REQUESTER).id();
    private final ChangeSet changeSet = house.changeSet(requester);

    @Test
    void whatIsPausedSaysByWhomSinceWhenAndWhy() {
        pause(PauseScope.EVERYTHING, "the agent writes nonsense");

        assertEquals(
                Optional.of(
                        new Refusal(
                                Code.PAUSED,
                                "everything is paused since 2026-11-23T10:00:00Z by Ada Admin:"
                                        + " the agent writes nonsense",
                                "Wait until an admin lifts the pause on the page /pauses, then ask"
                                        + " again.")),
                house.pauses.against("devops_kubernetes", null));
    }

    @Test
    void aPauseOfOneAgentOrEnvironmentLeavesTheOthersAlone() {
        pause(new PauseScope(PauseScope.Kind.AGENT, "devops_terraform"), "drift");
        pause(new PauseScope(PauseScope.Kind.ENVIRONMENT, "staging"), "migration");

        assertEquals(Code.PAUSED, code("devops_terraform", PRODUCTION));
        assertEquals(Code.PAUSED, code(null, new Environment("staging")));
        assertEquals(Optional.empty(), house.pauses.against("devops_kubernetes", PRODUCTION));
        assertEquals(Optional.empty(), house.pauses.against(null, null));
    }

    @Test
    void aPausedEnvironmentIsNeitherApprovedNorUsedAndWhatWaitsKeepsWaiting() {
        Approval approval = house.opened(changeSet);
        Approval approved = house.approve(house.opened(other()), alice).approval();
        pause(PRODUCTION_ONLY, "freeze");

        Decisions.Options approve =
                house.decisions.options(approval.request().id(), alice.session(), Choice.APPROVE);
        Grants.Used consumed =
                house.grants.consume(pipeline("p"), ApprovalHouse.claim(approved, other()));

        assertEquals(
                Code.PAUSED,
                assertInstanceOf(Decisions.Options.Refused.class, approve).refusal().code());
        assertEquals(Code.PAUSED, refusal(consumed));
        assertEquals(Status.PENDING, status(approval));
        assertEquals(Status.APPROVED, status(approved));
    }

    @Test
    void aPauseThatComesWhileTheGrantIsLookedAtIsSeen() {
        Approval approved = house.approve(house.opened(changeSet), alice).approval();
        house.log.beforeHeld(() -> pause(PRODUCTION_ONLY, "freeze"));

        Grants.Used consumed =
                house.grants.consume(pipeline("p"), ApprovalHouse.claim(approved, changeSet));

        assertEquals(Code.PAUSED, refusal(consumed));
        assertEquals(Status.APPROVED, status(approved));
    }

    @Test
    void whatWasPausedIsUsedAgainOnceThePauseIsLifted() {
        Approval approved = house.approve(house.opened(changeSet), alice).approval();
        Pause pause = pause(PRODUCTION_ONLY, "freeze");

        lift(pause, "over");

        assertInstanceOf(
                Grants.Used.Done.class,
                house.grants.consume(pipeline("p"), ApprovalHouse.claim(approved, changeSet)));
        assertEquals(
                List.of("pause.began", "pause.lifted"),
                house.log.kinds().stream().filter(kind -> kind.startsWith("pause.")).toList());
    }

    @Test
    void aDecisionThatWasPreparedBeforeThePauseIsRefusedAfterIt() {
        Approval approval = house.opened(changeSet);
        String challenge = challengeOf(house.options(approval, alice, Choice.APPROVE).json());
        pause(PRODUCTION_ONLY, "freeze");

        Decisions.Result result =
                house.decisions.decide(
                        approval.request().id(),
                        alice.session(),
                        Choice.APPROVE,
                        "",
                        alice.passkey().sign(challenge, HONEST),
                        ApprovalHouse.SHOWN.digest());

        assertEquals(Code.PAUSED, refusal(result));
    }

    @Test
    void denyingStaysPossible() {
        Approval approval = house.opened(changeSet);
        pause(PauseScope.EVERYTHING, "freeze");

        house.decide(approval, alice, Choice.DENY, "not during a freeze");

        assertEquals(Status.DENIED, status(approval));
    }

    @Test
    void onlyAnAdminOfThisMomentPauses() {
        Acts.Prepared prepared =
                house.killSwitch.preparePause(admin.session(), PauseScope.EVERYTHING, "x");
        house.enrolled("Another", Role.ADMIN);
        house.people.setRoles(Principal.SYSTEM, admin.id(), Set.of(Role.VIEWER));

        assertEquals(
                Code.NOT_ENTITLED,
                refusal(
                        house.killSwitch.preparePause(
                                alice.session(), PauseScope.EVERYTHING, "x")));
        assertEquals(
                Code.NOT_ENTITLED,
                refusal(house.killSwitch.pause(admin.session(), signed(admin, prepared))));
        assertEquals(List.of(), house.pauses.active());
    }

    @Test
    void noTokenPausesOrLiftsWhateverItsRoles() {
        Principal token =
                new Principal(Principal.Kind.TOKEN, "t", admin.id(), "t", Set.of(Role.values()));

        for (Principal by : List.of(token, Principal.SYSTEM)) {
            assertThrows(
                    NotAllowed.class,
                    () -> house.killSwitch.preparePause(by, PauseScope.EVERYTHING, "x"));
            assertThrows(NotAllowed.class, () -> house.killSwitch.pause(by, UNSIGNED));
            assertThrows(NotAllowed.class, () -> house.killSwitch.prepareLift(by, "x", "x"));
            assertThrows(NotAllowed.class, () -> house.killSwitch.lift(by, UNSIGNED));
        }
    }

    @Test
    void aSignatureIsUsedOnceAndOnlyForWhatItSays() {
        Acts.Prepared prepared =
                house.killSwitch.preparePause(admin.session(), PRODUCTION_ONLY, "freeze");
        Acts.Signature signature = signed(admin, prepared);
        Pause pause = done(house.killSwitch.pause(admin.session(), signature));
        lift(pause, "over");

        assertEquals(
                Code.BAD_CHALLENGE, refusal(house.killSwitch.pause(admin.session(), signature)));
        Acts.Prepared again =
                house.killSwitch.preparePause(admin.session(), PRODUCTION_ONLY, "freeze");
        assertEquals(
                Code.BAD_CHALLENGE,
                refusal(house.killSwitch.lift(admin.session(), signed(admin, again))));
    }

    @Test
    void anotherTextThanTheOneShownIsRefused() {
        Acts.Prepared prepared =
                house.killSwitch.preparePause(admin.session(), PauseScope.EVERYTHING, "x");

        assertEquals(
                Code.OTHER_TEXT_SHOWN,
                refusal(
                        house.killSwitch.pause(
                                admin.session(),
                                new Acts.Signature(
                                        signed(admin, prepared).assertion(),
                                        Digest.of("another")))));
    }

    @Test
    void anotherPersonsPasskeyOrSessionIsRefused() {
        Somebody other = house.enrolled("Other", Role.ADMIN);
        Acts.Prepared prepared =
                house.killSwitch.preparePause(admin.session(), PauseScope.EVERYTHING, "x");
        Acts.Prepared second =
                house.killSwitch.preparePause(admin.session(), PauseScope.EVERYTHING, "x");

        assertEquals(
                Code.BAD_CHALLENGE,
                refusal(house.killSwitch.pause(other.session(), signed(admin, prepared))));
        assertEquals(
                Code.BAD_ASSERTION,
                refusal(house.killSwitch.pause(admin.session(), signed(other, second))));
    }

    @Test
    void aSignatureWithoutItsPersonVerifiedIsRefused() {
        Acts.Prepared.Ready prepared =
                assertInstanceOf(
                        Acts.Prepared.Ready.class,
                        house.killSwitch.preparePause(admin.session(), PauseScope.EVERYTHING, "x"));
        String challenge = challengeOf(prepared.options());

        Acts.Signature touchedOnly =
                new Acts.Signature(
                        admin.passkey().sign(challenge, HONEST.withFlags(SoftPasskey.USER_PRESENT)),
                        Digest.of(prepared.shown()));

        assertEquals(
                Code.BAD_ASSERTION, refusal(house.killSwitch.pause(admin.session(), touchedOnly)));
    }

    @Test
    void theSameIsPausedOnceAndAnAgentThatIsNotThereNotAtAll() {
        pause(PRODUCTION_ONLY, "freeze");

        assertEquals(
                Code.WRONG_STATUS,
                refusal(house.killSwitch.preparePause(admin.session(), PRODUCTION_ONLY, "again")));
        assertEquals(
                Code.BAD_INPUT,
                refusal(
                        house.killSwitch.preparePause(
                                admin.session(),
                                new PauseScope(PauseScope.Kind.AGENT, "devops_terrafrom"),
                                "typo")));
    }

    @Test
    void ofTwoAdminsWhoSignedTheSameOnePauses() {
        Somebody other = house.enrolled("Other", Role.ADMIN);
        Acts.Prepared first =
                house.killSwitch.preparePause(admin.session(), PauseScope.EVERYTHING, "a");
        Acts.Prepared second =
                house.killSwitch.preparePause(other.session(), PauseScope.EVERYTHING, "b");

        done(house.killSwitch.pause(admin.session(), signed(admin, first)));

        assertEquals(
                Code.WRONG_STATUS,
                refusal(house.killSwitch.pause(other.session(), signed(other, second))));
        assertEquals("a", house.pauses.active().getFirst().reason());
    }

    @Test
    void aReasonIsNeededAndItsHiddenCharactersAreShown() {
        assertThrows(
                InvalidInput.class,
                () -> house.killSwitch.preparePause(admin.session(), PauseScope.EVERYTHING, " \n"));
        String reason = "stop\n  scope         \"nothing\"\u202e\u0000";

        Acts.Prepared.Ready ready =
                assertInstanceOf(
                        Acts.Prepared.Ready.class,
                        house.killSwitch.preparePause(
                                admin.session(), PauseScope.EVERYTHING, reason));

        assertTrue(
                ready.shown()
                        .contains(
                                "  reason        \"stop\\n  scope         \\\"nothing\\\"‹U+202E›‹U+0000›\"\n"),
                ready.shown());
        assertEquals(1, ready.shown().lines().filter(line -> line.startsWith("  scope")).count());
    }

    private Pause pause(PauseScope scope, String reason) {
        Acts.Prepared prepared = house.killSwitch.preparePause(admin.session(), scope, reason);
        return done(house.killSwitch.pause(admin.session(), signed(admin, prepared)));
    }

    private void lift(Pause pause, String reason) {
        Acts.Prepared prepared = house.killSwitch.prepareLift(admin.session(), pause.id(), reason);
        Pause lifted = done(house.killSwitch.lift(admin.session(), signed(admin, prepared)));
        PersonId by = assertInstanceOf(Ended.class, lifted.lifted()).by();
        assertEquals(admin.id(), by);
    }

    private ChangeSet other() {
        return house.changeSet(requester, "# another\n");
    }

    private Code code(String agent, Environment environment) {
        return house.pauses.against(agent, environment).orElseThrow().code();
    }

    private Status status(Approval approval) {
        return house.store.find(approval.request().id()).orElseThrow().status();
    }
}
