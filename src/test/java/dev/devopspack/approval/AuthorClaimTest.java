package dev.devopspack.approval;

import static dev.devopspack.approval.ApprovalHouse.PRODUCTION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.approval.Approval.Status;
import dev.devopspack.approval.ApprovalHouse.Somebody;
import dev.devopspack.approval.Decision.Choice;
import dev.devopspack.approval.Refusal.Code;
import dev.devopspack.change.ChangeSet;
import dev.devopspack.change.CommitAuthor;
import dev.devopspack.identity.Principal;
import dev.devopspack.identity.Role;
import dev.devopspack.task.Environment;
import dev.devopspack.task.InvalidInput;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A claim of who wrote the commits pushes nobody aside whom the others cannot stand in for.
class AuthorClaimTest {

    private static final CommitAuthor ALICE = new CommitAuthor("alice@example.com");
    private static final CommitAuthor BOB = new CommitAuthor("bob@example.com");

    private final ApprovalHouse house = new ApprovalHouse();
    private final NamedAuthors named =
            new NamedAuthors(house.policy, house.store, house.identity.people);
    private Somebody requester;
    private Somebody alice;
    private Somebody bob;
    private ChangeSet changeSet;

    @BeforeEach
    void twoWhoCommitAndApproveAndOneWhoAsks() {
        requester = house.enrolled("Requester", Role.REQUESTER, Role.APPROVER);
        alice = house.enrolled("Alice", Role.APPROVER);
        bob = house.enrolled("Bob", Role.APPROVER);
        approves(alice, Set.of(), ALICE);
        approves(bob, Set.of(), BOB);
        changeSet = house.changeSet(requester.id());
    }

    @Test
    void oneOfTwoMayBeNamedAndNotBothAtOnceNorOneAfterTheOther() {
        assertEquals(Optional.empty(), named.against(changeSet, Set.of(ALICE)));
        assertEquals(
                Optional.of(
                        "an author approves nothing, and beside the named ones 0 people could"
                                + " approve in production, where 1 is needed"),
                named.against(changeSet, Set.of(ALICE, BOB)).map(InvalidInput::problem));

        house.approvals.author(changeSet.id(), Set.of(ALICE));

        assertEquals(
                Optional.of("authors"),
                named.against(changeSet, Set.of(BOB)).map(InvalidInput::where));
        assertEquals(Optional.empty(), named.against(changeSet, Set.of(ALICE)));
    }

    @Test
    void whereTwoMustApproveOneMayNotBeNamed() {
        ChangeSet anonymous = house.changeSet(null, "# two people\n");
        approves(requester, Set.of(new Environment("staging")));

        assertEquals(
                Optional.of("authors"),
                named.against(anonymous, Set.of(ALICE)).map(InvalidInput::where));
    }

    @Test
    void onlyWhoCouldApproveThereIsCounted() {
        Somebody carol = house.enrolled("Carol", Role.APPROVER);
        assertEquals(Optional.empty(), named.against(changeSet, Set.of(ALICE, BOB)));

        approves(carol, Set.of(new Environment("staging")));
        assertEquals(
                Optional.of("authors"),
                named.against(changeSet, Set.of(ALICE, BOB)).map(InvalidInput::where));

        approves(carol, Set.of(PRODUCTION));
        assertEquals(Optional.empty(), named.against(changeSet, Set.of(ALICE, BOB)));
        house.people.disable(Principal.SYSTEM, carol.id());
        assertEquals(
                Optional.of("authors"),
                named.against(changeSet, Set.of(ALICE, BOB)).map(InvalidInput::where));
    }

    @Test
    void whereTooFewCouldApproveAnywayTheNamesAreTaken() {
        approves(alice, Set.of(new Environment("staging")), ALICE);
        approves(bob, Set.of(new Environment("staging")), BOB);

        assertEquals(Optional.empty(), named.against(changeSet, Set.of(ALICE, BOB)));
    }

    @Test
    void whoIsNamedCannotApproveAndCanDeny() {
        house.approvals.author(changeSet.id(), Set.of(ALICE));
        Approval approval = house.opened(changeSet);

        assertEquals(Code.OWN_REQUEST, refused(approval, alice, Choice.APPROVE));
        assertFalse(house.decisions.waitsFor(approval, alice.id()));
        assertTrue(house.decisions.waitsFor(approval, bob.id()));
        house.decide(approval, alice, Choice.DENY, "it drops the logs");

        assertEquals(
                Status.DENIED, house.store.find(approval.request().id()).orElseThrow().status());
    }

    @Test
    void whoAskedDeniesNothingWhetherNamedOrNot() {
        approves(requester, Set.of(), new CommitAuthor("requester@example.com"));
        house.approvals.author(changeSet.id(), Set.of(new CommitAuthor("requester@example.com")));
        Approval approval = house.opened(changeSet);

        assertEquals(Code.OWN_REQUEST, refused(approval, requester, Choice.DENY));
    }

    private Code refused(Approval approval, Somebody who, Choice choice) {
        return assertInstanceOf(
                        Decisions.Options.Refused.class,
                        house.decisions.options(approval.request().id(), who.session(), choice))
                .refusal()
                .code();
    }

    private void approves(Somebody who, Set<Environment> where, CommitAuthor... as) {
        house.people.setRoles(
                Principal.SYSTEM,
                who.id(),
                Set.of(Role.APPROVER, Role.REQUESTER),
                where,
                Set.of(as));
    }
}
