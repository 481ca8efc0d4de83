package dev.devopspack.approval;

import static dev.devopspack.approval.ApprovalHouse.PRODUCTION;
import static dev.devopspack.approval.ApprovalHouse.UNSIGNED;
import static dev.devopspack.approval.ApprovalHouse.VERDICTS;
import static dev.devopspack.approval.ApprovalHouse.done;
import static dev.devopspack.approval.ApprovalHouse.pipeline;
import static dev.devopspack.approval.ApprovalHouse.refusal;
import static dev.devopspack.approval.ApprovalHouse.signed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.devopspack.approval.ApprovalHouse.Somebody;
import dev.devopspack.approval.Decision.Choice;
import dev.devopspack.approval.Refusal.Code;
import dev.devopspack.approval.act.Acts.Prepared;
import dev.devopspack.approval.act.Acts.Signature;
import dev.devopspack.approval.waiver.Waiver;
import dev.devopspack.approval.waiver.WaiverScope;
import dev.devopspack.change.ChangeSet;
import dev.devopspack.change.CommitAuthor;
import dev.devopspack.change.Requester;
import dev.devopspack.identity.NotAllowed;
import dev.devopspack.identity.Principal;
import dev.devopspack.identity.Role;
import dev.devopspack.task.Environment;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.task.StackName;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WaiverTest {

    private static final StackName STACK = new StackName("payments/production");
    private static final LocalDate LAST_DAY = LocalDate.parse("2026-12-01");
    private static final WaiverScope SCOPE = scope("ssh is open");

    private final ApprovalHouse house = new ApprovalHouse();
    private final Somebody requester =
            house.enrolled("Requester", Role.REQUESTER, Role.APPROVER, Role.ADMIN);
    private final Somebody alice = house.enrolled("Alice", Role.APPROVER);
    private final Somebody bob = house.enrolled("Bob", Role.APPROVER);
    private final ChangeSet changeSet = house.changeSet(requester.id());

    @Test
    void aWaiverCountsForItsStackAndEnvironmentUntilItsDayIsOver() {
        Waiver waiver = waive(alice);

        assertEquals(List.of(waiver), counting());
        assertEquals(
                List.of(),
                house.waivers.counting(new StackName("other/stack"), PRODUCTION, asked()));
        assertEquals(List.of(), house.waivers.counting(STACK, new Environment("staging"), asked()));

        house.clock.move(Duration.between(house.clock.instant(), waiver.until()).minusSeconds(1));
        assertEquals(List.of(waiver), counting());
        house.clock.move(Duration.ofSeconds(1));
        assertEquals(List.of(), counting());
    }

    @Test
    void theHumanWhoAskedWaivesNothingOfHisOwn() {
        assertEquals(Code.OWN_REQUEST, refusal(prepare(requester, SCOPE, LAST_DAY)));

        // Signed for a change set of somebody else, it does not count for one of his own.
        Prepared other =
                house.waiverSigning.prepare(
                        requester.session(),
                        changeSet.id(),
                        new Requester("token:x", null),
                        SCOPE,
                        "why",
                        LAST_DAY);
        done(house.waiverSigning.waive(requester.session(), signed(requester, other)));
        assertEquals(List.of(), counting());
    }

    @Test
    void whoDoesNotApproveThereWaivesNothing() {
        house.people.setRoles(
                Principal.SYSTEM,
                alice.id(),
                Set.of(Role.APPROVER),
                Set.of(new Environment("staging")));
        Somebody admin = house.enrolled("Admin", Role.ADMIN, Role.AUDITOR);

        assertEquals(Code.NOT_ENTITLED, refusal(prepare(alice, SCOPE, LAST_DAY)));
        assertEquals(Code.NOT_ENTITLED, refusal(prepare(admin, SCOPE, LAST_DAY)));
    }

    @Test
    void whoWroteACommitOfItExcusesNothingInIt() {
        Waiver waiver = waive(alice);
        house.waivers.used(changeSet.id(), VERDICTS, List.of(waiver.id()));
        Approval approval = house.opened(changeSet);
        house.people.setRoles(
                Principal.SYSTEM,
                alice.id(),
                Set.of(Role.APPROVER),
                Set.of(),
                Set.of(new CommitAuthor("alice@example.com")));
        house.approvals.author(changeSet.id(), Set.of(new CommitAuthor("alice@example.com")));

        assertEquals(Code.OWN_REQUEST, refusal(prepare(alice, SCOPE, LAST_DAY)));
        assertEquals(
                Code.WAIVER_ENDED,
                assertInstanceOf(
                                Decisions.Options.Refused.class,
                                house.decisions.options(
                                        approval.request().id(), bob.session(), Choice.APPROVE))
                        .refusal()
                        .code());
    }

    @Test
    void aWaiverOfWhoLostTheRoleOrThePasskeyDoesNotCount() {
        waive(alice);
        Waiver bobs = waive(bob);
        house.people.removePasskey(alice.session(), alice.passkey().credentialId());
        assertEquals(List.of(bobs), counting());

        house.people.setRoles(Principal.SYSTEM, bob.id(), Set.of(Role.VIEWER));
        assertEquals(List.of(), counting());
    }

    @Test
    void aRoleThatWasLostBetweenReadingAndSigningIsSeen() {
        Prepared prepared = prepare(alice, SCOPE, LAST_DAY);
        house.people.disable(Principal.SYSTEM, alice.id());

        assertEquals(
                Code.NOT_ENTITLED,
                refusal(house.waiverSigning.waive(alice.session(), signed(alice, prepared))));
    }

    @Test
    void aWaiverEndsWithinNinetyDaysAndHasAReason() {
        LocalDate today = LocalDate.parse("2026-11-23");

        assertEquals(Code.BAD_INPUT, refusal(prepare(alice, SCOPE, today.plusDays(91))));
        assertEquals(Code.BAD_INPUT, refusal(prepare(alice, SCOPE, today.minusDays(1))));
        assertInstanceOf(Prepared.Ready.class, prepare(alice, SCOPE, today.plusDays(90)));
        assertInstanceOf(Prepared.Ready.class, prepare(alice, SCOPE, today));
        assertThrows(
                InvalidInput.class,
                () ->
                        house.waiverSigning.prepare(
                                alice.session(), changeSet.id(), asked(), SCOPE, " ", LAST_DAY));
    }

    @Test
    void whatCannotBeReadCannotBeWaived() {
        assertThrows(
                InvalidInput.class, () -> prepare(alice, scope("port \u202e22 is open"), LAST_DAY));
        // Not in normal form C, and longer than anybody reads.
        assertThrows(
                InvalidInput.class, () -> prepare(alice, scope("Cafe\u0301 is open"), LAST_DAY));
        assertThrows(InvalidInput.class, () -> prepare(alice, scope("x".repeat(2_001)), LAST_DAY));
        assertInstanceOf(Prepared.Ready.class, prepare(alice, scope("\"".repeat(2_000)), LAST_DAY));
    }

    @Test
    void noTokenWaivesOrTakesBackWhateverItsRoles() {
        Principal token =
                new Principal(Principal.Kind.TOKEN, "t", alice.id(), "t", Set.of(Role.values()));

        for (Principal by : List.of(token, Principal.SYSTEM)) {
            assertThrows(
                    NotAllowed.class,
                    () ->
                            house.waiverSigning.prepare(
                                    by, changeSet.id(), asked(), SCOPE, "x", LAST_DAY));
            assertThrows(NotAllowed.class, () -> house.waiverSigning.waive(by, UNSIGNED));
            assertThrows(NotAllowed.class, () -> house.waiverSigning.prepareEnd(by, "x", "x"));
            assertThrows(NotAllowed.class, () -> house.waiverSigning.end(by, UNSIGNED));
        }
    }

    @Test
    void aSignatureWaivesOnce() {
        Prepared prepared = prepare(alice, SCOPE, LAST_DAY);
        Signature signature = signed(alice, prepared);
        done(house.waiverSigning.waive(alice.session(), signature));

        assertEquals(
                Code.BAD_CHALLENGE, refusal(house.waiverSigning.waive(alice.session(), signature)));
        assertEquals(1, counting().size());
    }

    @Test
    void whatWasJudgedWithAWaiverIsNotApprovedOnceItWasTakenBack() {
        Waiver waiver = waive(alice);
        house.waivers.used(changeSet.id(), VERDICTS, List.of(waiver.id()));
        Approval approval = house.opened(changeSet);
        takeBack(bob, waiver);

        Decisions.Options options =
                house.decisions.options(approval.request().id(), bob.session(), Choice.APPROVE);

        assertEquals(
                Code.WAIVER_ENDED,
                assertInstanceOf(Decisions.Options.Refused.class, options).refusal().code());
        assertInstanceOf(
                Decisions.Options.Ready.class,
                house.decisions.options(approval.request().id(), bob.session(), Choice.DENY));
    }

    @Test
    void aGrantIsNotUsedOnceAWaiverThatItRestsOnHasEnded() {
        Waiver waiver = waive(alice);
        house.waivers.used(changeSet.id(), VERDICTS, List.of(waiver.id()));
        Approval approved = house.approve(house.opened(changeSet), bob).approval();
        takeBack(alice, waiver);

        assertEquals(
                Code.WAIVER_ENDED,
                refusal(
                        house.grants.consume(
                                pipeline("p"), ApprovalHouse.claim(approved, changeSet))));
        assertEquals(List.of(), counting());
    }

    @Test
    void aWaiverThatIsTakenBackWhileTheGrantIsLookedAtIsSeen() {
        Waiver waiver = waive(alice);
        house.waivers.used(changeSet.id(), VERDICTS, List.of(waiver.id()));
        Approval approved = house.approve(house.opened(changeSet), bob).approval();
        house.log.beforeHeld(() -> takeBack(alice, waiver));

        assertEquals(
                Code.WAIVER_ENDED,
                refusal(
                        house.grants.consume(
                                pipeline("p"), ApprovalHouse.claim(approved, changeSet))));
    }

    @Test
    void whatRestsOnAWaiverThatRunsIsUsed() {
        Waiver waiver = waive(alice);
        house.waivers.used(changeSet.id(), VERDICTS, List.of(waiver.id()));
        Approval approved = house.approve(house.opened(changeSet), bob).approval();

        assertInstanceOf(
                Grants.Used.Done.class,
                house.grants.consume(pipeline("p"), ApprovalHouse.claim(approved, changeSet)));
    }

    private Waiver waive(Somebody who) {
        Prepared prepared = prepare(who, SCOPE, LAST_DAY);
        return done(house.waiverSigning.waive(who.session(), signed(who, prepared))).waiver();
    }

    private void takeBack(Somebody who, Waiver waiver) {
        Prepared prepared = house.waiverSigning.prepareEnd(who.session(), waiver.id(), "mended");
        done(house.waiverSigning.end(who.session(), signed(who, prepared)));
    }

    private Prepared prepare(Somebody who, WaiverScope scope, LocalDate until) {
        return house.waiverSigning.prepare(
                who.session(), changeSet.id(), asked(), scope, "a VPN comes", until);
    }

    private List<Waiver> counting() {
        return house.waivers.counting(STACK, PRODUCTION, asked());
    }

    private Requester asked() {
        return changeSet.manifest().requester();
    }

    private static WaiverScope scope(String message) {
        return new WaiverScope(
                "DP-AWS-SG-001", "main.tf", "aws_security_group.web", message, STACK, PRODUCTION);
    }
}
