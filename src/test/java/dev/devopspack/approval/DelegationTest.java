package dev.devopspack.approval;

import static dev.devopspack.approval.ApprovalHouse.PRODUCTION;
import static dev.devopspack.approval.ApprovalHouse.UNSIGNED;
import static dev.devopspack.approval.ApprovalHouse.done;
import static dev.devopspack.approval.ApprovalHouse.pipeline;
import static dev.devopspack.approval.ApprovalHouse.refusal;
import static dev.devopspack.approval.ApprovalHouse.signed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.approval.Approval.Status;
import dev.devopspack.approval.ApprovalHouse.Somebody;
import dev.devopspack.approval.Decision.Choice;
import dev.devopspack.approval.Refusal.Code;
import dev.devopspack.approval.act.Acts.Prepared;
import dev.devopspack.approval.act.Acts.Signature;
import dev.devopspack.approval.delegation.Delegation;
import dev.devopspack.approval.pause.PauseScope;
import dev.devopspack.change.ChangeSet;
import dev.devopspack.change.CommitAuthor;
import dev.devopspack.identity.NotAllowed;
import dev.devopspack.identity.PersonId;
import dev.devopspack.identity.Principal;
import dev.devopspack.identity.Role;
import dev.devopspack.task.Environment;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DelegationTest {

    private static final LocalDate LAST_DAY = LocalDate.parse("2026-12-01");
    private static final Environment STAGING = new Environment("staging");

    private final ApprovalHouse house = new ApprovalHouse();
    private final Somebody requester = house.enrolled("Requester", Role.REQUESTER, Role.APPROVER);
    private final Somebody alice = house.enrolled("Alice", Role.APPROVER);
    private final Somebody dora = house.enrolled("Dora", Role.VIEWER);
    private final ChangeSet changeSet = house.changeSet(requester.id());
    private final Approval approval = house.opened(changeSet);

    @Test
    void whoStandsInForAnApproverDecidesAndTheLogSaysInWhosePlace() {
        assertEquals(Code.NOT_ENTITLED, asked(dora));
        Delegation delegation = delegate(alice, dora);

        Approval approved = house.approve(approval, dora).approval();

        assertEquals(Status.APPROVED, approved.status());
        var decided =
                house.log.read(0, 100).stream()
                        .map(stored -> stored.entry())
                        .filter(entry -> entry.kind().equals("approval.decided"))
                        .findFirst()
                        .orElseThrow();
        assertEquals(delegation.id(), decided.facts().get("delegation"));
        assertEquals(alice.id().toString(), decided.facts().get("inPlaceOf"));
    }

    @Test
    void aRequestWaitsForThoseWhoseYesBringsItFurther() {
        Approval anonymous = house.opened(house.changeSet(null, "# nobody\n"));
        assertEquals(
                List.of(true, false, false),
                List.of(
                        house.decisions.waitsFor(approval, alice.id()),
                        house.decisions.waitsFor(approval, requester.id()),
                        house.decisions.waitsFor(approval, dora.id())));
        delegate(alice, dora);
        assertTrue(house.decisions.waitsFor(anonymous, dora.id()));

        Approval after = house.approve(anonymous, alice).approval();

        assertFalse(house.decisions.waitsFor(after, alice.id()));
        assertFalse(house.decisions.waitsFor(after, dora.id()));
    }

    @Test
    void whoCouldApproveIsKnownWhetherOrNotItWaits() {
        assertEquals(List.of(alice.id()), entitled(approval));
        delegate(alice, dora);
        assertEquals(List.of(alice.id(), dora.id()), entitled(approval));

        Approval after = house.approve(approval, alice).approval();

        assertEquals(List.of(), entitled(after), "neither again nor a second time by her right");
    }

    private List<PersonId> entitled(Approval approval) {
        return Stream.of(requester, alice, dora)
                .map(Somebody::id)
                .filter(person -> house.decisions.isEntitled(approval, person))
                .toList();
    }

    @Test
    void aPauseOnlyMakesARequestWaitLonger() {
        Somebody admin = house.enrolled("Ann", Role.ADMIN);
        house.killSwitch.pause(
                admin.session(),
                signed(
                        admin,
                        house.killSwitch.preparePause(
                                admin.session(),
                                new PauseScope(PauseScope.Kind.ENVIRONMENT, "production"),
                                "incident")));

        assertTrue(house.decisions.waitsFor(approval, alice.id()));
    }

    @Test
    void itCountsInItsEnvironmentUntilItsDayIsOver() {
        Delegation delegation = delegate(alice, dora);
        assertEquals(Set.of(), Set.copyOf(house.delegations.to(dora.id(), inStaging())));

        // A request that is open when the day ends.
        house.clock.move(
                Duration.between(house.clock.instant(), delegation.until())
                        .minus(Duration.ofHours(1)));
        Approval late = house.opened(house.changeSet(requester.id(), "# late\n"));
        assertInstanceOf(Decisions.Options.Ready.class, options(late, dora));
        house.clock.move(Duration.ofHours(1));

        assertEquals(
                Code.NOT_ENTITLED,
                assertInstanceOf(Decisions.Options.Refused.class, options(late, dora))
                        .refusal()
                        .code());
    }

    @Test
    void theHumanWhoAskedIsNeitherStoodInForNorStandsIn() {
        delegate(requester, dora);
        assertEquals(Code.NOT_ENTITLED, asked(dora));

        delegate(alice, requester);
        assertEquals(Code.OWN_REQUEST, asked(requester));
    }

    @Test
    void whoWroteACommitOfItIsNotStoodInFor() {
        delegate(alice, dora);
        house.people.setRoles(
                Principal.SYSTEM,
                alice.id(),
                Set.of(Role.APPROVER),
                Set.of(),
                Set.of(new CommitAuthor("alice@example.com")));
        house.approvals.author(changeSet.id(), Set.of(new CommitAuthor("alice@example.com")));

        assertEquals(Code.NOT_ENTITLED, asked(dora));
    }

    @Test
    void whatWasDelegatedIsNotPassedOn() {
        Somebody emil = house.enrolled("Emil", Role.VIEWER);
        delegate(alice, dora);

        assertEquals(Code.NOT_ENTITLED, refusal(prepare(dora, emil, PRODUCTION, LAST_DAY)));
    }

    @Test
    void whoDelegatedAndWhoStandsInCountAsOne() {
        Approval anonymous = house.opened(house.changeSet(null, "# nobody\n"));
        delegate(alice, dora);
        house.approve(anonymous, dora);

        // Alice decides herself: the right is hers, and it is one.
        Approval after = house.approve(anonymous, alice).approval();

        assertEquals(Status.PENDING, after.status());
        Somebody bob = house.enrolled("Bob", Role.APPROVER);
        assertEquals(Status.APPROVED, house.approve(anonymous, bob).approval().status());
    }

    @Test
    void aSecondYesByTheSameRightIsRefusedBeforeItIsSigned() {
        Approval anonymous = house.opened(house.changeSet(null, "# nobody\n"));
        delegate(alice, dora);
        house.approve(anonymous, alice);

        assertEquals(
                Code.DECIDED_BEFORE,
                assertInstanceOf(Decisions.Options.Refused.class, options(anonymous, dora))
                        .refusal()
                        .code());
    }

    @Test
    void twoWhoStandInForTwoApproversAreTwo() {
        Somebody bob = house.enrolled("Bob", Role.APPROVER);
        Somebody emil = house.enrolled("Emil", Role.VIEWER);
        Approval anonymous = house.opened(house.changeSet(null, "# nobody\n"));
        delegate(alice, dora);
        delegate(bob, emil);
        house.approve(anonymous, dora);

        assertEquals(Status.APPROVED, house.approve(anonymous, emil).approval().status());
    }

    @Test
    void whatWasApprovedInSomebodysPlaceFallsWithTheDelegation() {
        Delegation delegation = delegate(alice, dora);
        Approval approved = house.approve(approval, dora).approval();
        takeBack(alice, delegation);

        assertEquals(
                Code.APPROVER_LOST,
                refusal(
                        house.grants.consume(
                                pipeline("p"), ApprovalHouse.claim(approved, changeSet))));
        assertEquals(
                List.of("delegation.signed", "delegation.ended"),
                house.log.kinds().stream().filter(k -> k.startsWith("delegation.")).toList());
    }

    @Test
    void itFallsWithTheRoleOrThePasskeyOfWhoDelegated() {
        delegate(alice, dora);
        Approval approved = house.approve(approval, dora).approval();
        house.people.setRoles(Principal.SYSTEM, alice.id(), Set.of(Role.APPROVER), Set.of(STAGING));

        assertEquals(
                Code.APPROVER_LOST,
                refusal(
                        house.grants.consume(
                                pipeline("p"), ApprovalHouse.claim(approved, changeSet))));
    }

    @Test
    void aDelegationIsShortAndToAnotherActivePerson() {
        LocalDate today = LocalDate.parse("2026-11-23");
        house.people.disable(Principal.SYSTEM, dora.id());
        Somebody emil = house.enrolled("Emil", Role.VIEWER);

        assertEquals(Code.BAD_INPUT, refusal(prepare(alice, dora, PRODUCTION, LAST_DAY)));
        assertEquals(Code.BAD_INPUT, refusal(prepare(alice, alice, PRODUCTION, LAST_DAY)));
        assertEquals(Code.BAD_INPUT, refusal(prepare(alice, emil, PRODUCTION, today.plusDays(31))));
        assertEquals(Code.BAD_INPUT, refusal(prepare(alice, emil, PRODUCTION, today.minusDays(1))));
    }

    @Test
    void nobodyElseTakesItBack() {
        Delegation delegation = delegate(alice, dora);

        assertEquals(
                Code.NOT_ENTITLED,
                refusal(
                        house.delegationSigning.prepareEnd(
                                dora.session(), delegation.id(), "mine now")));
        takeBack(house.enrolled("Admin", Role.ADMIN), delegation);
    }

    @Test
    void noTokenDelegatesWhateverItsRoles() {
        Principal token =
                new Principal(Principal.Kind.TOKEN, "t", alice.id(), "t", Set.of(Role.values()));

        assertThrows(
                NotAllowed.class,
                () -> house.delegationSigning.prepare(token, dora.id(), PRODUCTION, "x", LAST_DAY));
        assertThrows(NotAllowed.class, () -> house.delegationSigning.delegate(token, UNSIGNED));
        assertThrows(NotAllowed.class, () -> house.delegationSigning.prepareEnd(token, "x", "x"));
        assertThrows(NotAllowed.class, () -> house.delegationSigning.end(token, UNSIGNED));
    }

    @Test
    void aSignatureDelegatesOnce() {
        Prepared prepared = prepare(alice, dora, PRODUCTION, LAST_DAY);
        Signature signature = signed(alice, prepared);
        house.delegationSigning.delegate(alice.session(), signature);

        assertEquals(
                Code.BAD_CHALLENGE,
                refusal(house.delegationSigning.delegate(alice.session(), signature)));
    }

    private ApprovalRequest inStaging() {
        ApprovalRequest request = approval.request();
        return new ApprovalRequest(
                request.id(),
                request.changeSet(),
                request.digest(),
                request.verdicts(),
                request.rendering(),
                STAGING,
                request.stack(),
                request.requester(),
                request.policy(),
                request.quorum(),
                request.createdAt(),
                request.decideBy(),
                request.executeWithin());
    }

    private Code asked(Somebody who) {
        return assertInstanceOf(Decisions.Options.Refused.class, options(approval, who))
                .refusal()
                .code();
    }

    private Decisions.Options options(Approval about, Somebody who) {
        return house.decisions.options(about.request().id(), who.session(), Choice.APPROVE);
    }

    private Prepared prepare(Somebody from, Somebody to, Environment where, LocalDate until) {
        return house.delegationSigning.prepare(from.session(), to.id(), where, "on holiday", until);
    }

    private Delegation delegate(Somebody from, Somebody to) {
        Prepared prepared = prepare(from, to, PRODUCTION, LAST_DAY);
        return done(house.delegationSigning.delegate(from.session(), signed(from, prepared)));
    }

    private void takeBack(Somebody who, Delegation delegation) {
        Prepared prepared =
                house.delegationSigning.prepareEnd(who.session(), delegation.id(), "back again");
        done(house.delegationSigning.end(who.session(), signed(who, prepared)));
    }
}
