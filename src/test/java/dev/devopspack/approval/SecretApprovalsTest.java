package dev.devopspack.approval;

import static dev.devopspack.approval.ApprovalHouse.done;
import static dev.devopspack.approval.ApprovalHouse.refusal;
import static dev.devopspack.approval.ApprovalHouse.signed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.approval.ApprovalHouse.Somebody;
import dev.devopspack.approval.Refusal.Code;
import dev.devopspack.approval.act.Acts;
import dev.devopspack.approval.act.Acts.Result;
import dev.devopspack.approval.pause.PauseScope;
import dev.devopspack.approval.secret.AgeRecipient;
import dev.devopspack.approval.secret.AskedSecret;
import dev.devopspack.approval.secret.SecretFlow;
import dev.devopspack.approval.secret.SecretOperation;
import dev.devopspack.approval.secret.SecretRequestId;
import dev.devopspack.approval.secret.SecretRequests;
import dev.devopspack.change.Digest;
import dev.devopspack.identity.NotAllowed;
import dev.devopspack.identity.Principal;
import dev.devopspack.identity.Role;
import dev.devopspack.task.Environment;
import dev.devopspack.task.InvalidInput;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Who asks for a secret, who approves it, and what ends the question.
class SecretApprovalsTest {

    private final SecretHouse house = new SecretHouse();

    @Test
    void aSecretIsMadeWhenTheLastOfTwoPeopleApproves() {
        SecretRequestId id = house.asked(SecretHouse.sealed());

        assertEquals(AskedSecret.Status.PENDING, house.approved(id, house.ada).status());
        assertEquals(List.of(), house.store.versions(SecretHouse.DATABASE));
        assertEquals(List.of(), house.requests.files(id));
        assertEquals(Code.DECIDED_BEFORE, house.barred(id, house.ada));
        assertEquals(AskedSecret.Status.DONE, house.approved(id, house.bob).status());

        assertEquals(1, house.store.versions(SecretHouse.DATABASE).size());
        assertEquals("database.age", house.requests.files(id).getFirst().name());
        assertEquals(
                List.of(house.ada.id(), house.bob.id()),
                house.store.find(id).orElseThrow().approvers());
    }

    @Test
    void neitherTheRequesterNorWhoApprovesElsewhereCounts() {
        SecretRequestId id = house.asked(SecretHouse.sealed());
        Somebody carl = house.core.enrolled("Carl", Role.VIEWER, Role.ADMIN);
        Somebody dana = house.core.enrolled("Dana", Role.APPROVER);
        house.core.identity.people.update(
                dana.person().withApproves(Set.of(new Environment("staging"))));

        assertEquals(Code.OWN_REQUEST, house.barred(id, house.requester));
        assertEquals(Code.NOT_ENTITLED, house.barred(id, carl));
        assertEquals(Code.NOT_ENTITLED, house.barred(id, dana));
        assertThrows(
                NotAllowed.class,
                () -> house.approvals.prepareApproval(ApprovalHouse.pipeline("p"), id));
    }

    @Test
    void whoLosesTheRoleBetweenReadingAndSigningDoesNotApprove() {
        SecretRequestId id = house.asked(SecretHouse.sealed());
        Acts.Prepared prepared = house.approvals.prepareApproval(house.ada.session(), id);
        house.core.identity.people.update(house.ada.person().withRoles(Set.of(Role.VIEWER)));

        assertEquals(Code.NOT_ENTITLED, refusal(house.sign(house.ada, prepared)));
        assertEquals(List.of(), house.store.find(id).orElseThrow().approvers());
    }

    @Test
    void anotherTextThanTheOneThatWasShownIsNotSigned() {
        SecretRequestId id = house.asked(SecretHouse.sealed());
        Acts.Prepared prepared = house.approvals.prepareApproval(house.ada.session(), id);

        Result<AskedSecret> result =
                house.approvals.approve(
                        house.ada.session(),
                        new Acts.Signature(
                                signed(house.ada, prepared).assertion(),
                                Digest.of("another text")));

        assertEquals(Code.OTHER_TEXT_SHOWN, refusal(result));
        assertEquals(
                Code.BAD_CHALLENGE,
                refusal(house.sign(house.ada, prepared)),
                "the attempt used it up");
    }

    @Test
    void aRecipientWhoseKeyWasChangedGetsNothing() {
        SecretRequestId id = house.asked(SecretHouse.sealed());
        house.approved(id, house.ada);
        house.recipients.set(
                0,
                new AgeRecipient(
                        "ops", "age1lggyhqrw2nlhcxprm67z43rta597azn8gknawjehu9d9dl0jq3yqqvfafg"));

        assertThrows(InvalidInput.class, () -> house.approved(id, house.bob));
        assertEquals(List.of(), house.store.versions(SecretHouse.DATABASE));
    }

    @Test
    void oneDenialIsFinalAndSaysWhy() {
        SecretRequestId id = house.asked(SecretHouse.sealed());
        house.approved(id, house.ada);
        Acts.Prepared prepared =
                house.approvals.prepareDenial(house.bob.session(), id, "use the shared one");

        done(house.approvals.deny(house.bob.session(), signed(house.bob, prepared)));

        AskedSecret denied = house.store.find(id).orElseThrow();
        assertEquals(AskedSecret.Status.DENIED, denied.status());
        assertEquals("use the shared one", denied.note());
        assertEquals(Code.WRONG_STATUS, house.barred(id, house.bob));
    }

    @Test
    void timeEndsARequestAndThenItCanBeAskedAgain() {
        SecretRequestId id = house.asked(SecretHouse.sealed());
        assertEquals(
                Code.WRONG_STATUS,
                house.refusedToAsk(SecretHouse.sealed(), house.requester.session()));
        Acts.Prepared prepared = house.approvals.prepareApproval(house.ada.session(), id);
        house.core.clock.move(Duration.ofHours(24));

        assertEquals(Code.BAD_CHALLENGE, refusal(house.sign(house.ada, prepared)));
        assertEquals(Code.WRONG_STATUS, house.barred(id, house.ada));
        house.asked(SecretHouse.sealed());
        assertTrue(
                house.core.log.read(0, 1_000).stream()
                        .anyMatch(entry -> entry.entry().kind().equals("secret.expired")));
    }

    @Test
    void aPausedEnvironmentIsNeitherAskedForNorApproved() {
        SecretRequestId id = house.asked(SecretHouse.sealed());
        Somebody admin = house.core.enrolled("Ann", Role.ADMIN);
        Acts.Prepared prepared =
                house.core.killSwitch.preparePause(
                        admin.session(),
                        new PauseScope(PauseScope.Kind.ENVIRONMENT, "production"),
                        "incident");
        house.core.killSwitch.pause(admin.session(), signed(admin, prepared));

        assertEquals(Code.PAUSED, house.barred(id, house.ada));
        assertTrue(
                house.approvals.waitsFor(house.store.find(id).orElseThrow(), house.ada.id()),
                "a pause only makes it wait longer");
        assertEquals(
                Code.PAUSED,
                house.refusedToAsk(
                        SecretHouse.spec(SecretOperation.CREATE, SecretFlow.CLUSTER, null),
                        house.requester.session()));
    }

    @Test
    void aPersonHasSoManyQuestionsOpenAndNoMore() {
        for (int i = 0; i < 20; i++) {
            house.asked(SecretHouse.cluster("s" + i));
        }

        assertEquals(
                Code.WRONG_STATUS,
                house.refusedToAsk(SecretHouse.sealed(), house.requester.session()));
        house.core.people.setRoles(Principal.SYSTEM, house.ada.id(), Set.of(Role.REQUESTER));
        assertInstanceOf(
                SecretRequests.Asked.New.class,
                house.requests.ask(
                        SecretHouse.sealed(),
                        SecretHouse.session(house.ada, Role.REQUESTER),
                        "mine"));
    }

    @Test
    void onlyWhoMayRequestAsks() {
        assertThrows(
                NotAllowed.class,
                () ->
                        house.requests.ask(
                                SecretHouse.sealed(),
                                SecretHouse.session(house.ada, Role.VIEWER),
                                "why"));
        assertThrows(
                NotAllowed.class,
                () -> house.requests.ask(SecretHouse.sealed(), Principal.SYSTEM, "why"));
    }

    @Test
    void whoLosesTheRoleBeforeTheLastApprovalDoesNotCount() {
        SecretRequestId id = house.asked(SecretHouse.sealed());
        house.approved(id, house.ada);
        house.core.identity.people.update(house.ada.person().withRoles(Set.of(Role.VIEWER)));

        AskedSecret after = house.approved(id, house.bob);

        assertEquals(AskedSecret.Status.PENDING, after.status());
        assertEquals(1, house.requests.counted(after));
    }

    @Test
    void whoLosesThePasskeyBeforeTheLastApprovalDoesNotCount() {
        SecretRequestId id = house.asked(SecretHouse.sealed());
        house.approved(id, house.ada);
        house.core.people.removePasskey(house.ada.session(), house.ada.passkey().credentialId());

        AskedSecret after = house.approved(id, house.bob);

        assertEquals(AskedSecret.Status.PENDING, after.status());
        assertEquals(1, house.requests.counted(after));
    }
}
