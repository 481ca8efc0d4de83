package dev.devopspack.approval;

import static dev.devopspack.approval.ApprovalHouse.done;
import static dev.devopspack.approval.ApprovalHouse.refusal;
import static dev.devopspack.approval.ApprovalHouse.signed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.approval.ApprovalHouse.Somebody;
import dev.devopspack.approval.Refusal.Code;
import dev.devopspack.approval.act.Acts;
import dev.devopspack.approval.delegation.Delegation;
import dev.devopspack.approval.secret.AskedSecret;
import dev.devopspack.approval.secret.SecretRequestId;
import dev.devopspack.approval.secret.SecretRequests;
import dev.devopspack.identity.Role;
import dev.devopspack.task.Environment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Who decides on secrets in somebody's place, and for whom a secret waits.
class SecretDelegationTest {

    private final SecretHouse house = new SecretHouse();

    @Test
    void whoStandsInForAnApproverApprovesAndTheLogSaysInWhosePlace() {
        SecretRequestId id = house.asked(SecretHouse.sealed());
        Somebody dora = house.core.enrolled("Dora", Role.VIEWER);
        assertEquals(Code.NOT_ENTITLED, house.barred(id, dora));
        Delegation delegation = house.delegate(house.ada, dora);

        house.approved(id, dora);
        assertEquals(AskedSecret.Status.DONE, house.approved(id, house.bob).status());

        Map<String, String> facts = house.logged("secret.approved");
        assertEquals(delegation.id(), facts.get("delegation"));
        assertEquals(house.ada.id().toString(), facts.get("inPlaceOf"));
    }

    @Test
    void whoDelegatedAndWhoStandsInAreOneForASecret() {
        SecretRequestId id = house.asked(SecretHouse.sealed());
        Somebody dora = house.core.enrolled("Dora", Role.VIEWER);
        house.delegate(house.ada, dora);
        house.approved(id, dora);

        AskedSecret after = house.approved(id, house.ada);

        assertEquals(AskedSecret.Status.PENDING, after.status());
        assertEquals(1, house.requests.counted(after));
        assertEquals(AskedSecret.Status.DONE, house.approved(id, house.bob).status());
    }

    @Test
    void aSecondYesToASecretByTheSameRightIsRefusedBeforeItIsSignedAndANoIsNot() {
        SecretRequestId id = house.asked(SecretHouse.sealed());
        Somebody dora = house.core.enrolled("Dora", Role.VIEWER);
        Delegation delegation = house.delegate(house.ada, dora);
        Acts.Prepared prepared = house.approvals.prepareApproval(dora.session(), id);
        house.approved(id, house.ada);

        assertEquals(Code.DECIDED_BEFORE, house.barred(id, dora));
        assertEquals(Code.DECIDED_BEFORE, refusal(house.sign(dora, prepared)));
        Acts.Prepared no = house.approvals.prepareDenial(dora.session(), id, "not now");
        assertEquals(
                AskedSecret.Status.DENIED,
                done(house.approvals.deny(dora.session(), signed(dora, no))).status());
        assertEquals(delegation.id(), house.logged("secret.denied").get("delegation"));
    }

    @Test
    void twoWhoStandInForTwoApproversMakeASecret() {
        SecretRequestId id = house.asked(SecretHouse.sealed());
        Somebody dora = house.core.enrolled("Dora", Role.VIEWER);
        Somebody emil = house.core.enrolled("Emil", Role.VIEWER);
        house.delegate(house.ada, dora);
        house.delegate(house.bob, emil);
        house.approved(id, dora);

        assertEquals(AskedSecret.Status.DONE, house.approved(id, emil).status());
    }

    @Test
    void theHumanWhoAskedForASecretIsNeitherStoodInForNorStandsIn() {
        SecretRequestId id = house.asked(SecretHouse.sealed());
        Somebody dora = house.core.enrolled("Dora", Role.VIEWER);
        house.delegate(house.requester, dora);
        assertEquals(Code.NOT_ENTITLED, house.barred(id, dora));

        Somebody rudi = house.core.enrolled("Rudi", Role.REQUESTER);
        SecretRequestId own =
                assertInstanceOf(
                                SecretRequests.Asked.New.class,
                                house.requests.ask(
                                        SecretHouse.cluster("other"), rudi.session(), "mine"))
                        .secret()
                        .request()
                        .id();
        house.delegate(house.ada, rudi);
        assertEquals(Code.OWN_REQUEST, house.barred(own, rudi));
    }

    @Test
    void whatWasDelegatedForSecretsIsNeitherPassedOnNorForAnotherEnvironmentNorForLonger() {
        SecretRequestId id = house.asked(SecretHouse.sealed());
        Somebody dora = house.core.enrolled("Dora", Role.VIEWER);
        Somebody emil = house.core.enrolled("Emil", Role.VIEWER);
        house.delegate(house.ada, dora, new Environment("staging"));
        assertEquals(Code.NOT_ENTITLED, house.barred(id, dora));

        house.delegate(house.ada, dora);
        assertEquals(
                Code.NOT_ENTITLED,
                refusal(
                        house.core.delegationSigning.prepare(
                                dora.session(),
                                emil.id(),
                                ApprovalHouse.PRODUCTION,
                                "too",
                                SecretHouse.LAST_DAY)));

        house.core.clock.move(Duration.ofDays(9));
        SecretRequestId late = house.asked(SecretHouse.cluster("late"));
        assertEquals(Code.NOT_ENTITLED, house.barred(late, dora));
    }

    @Test
    void whatWasApprovedInSomebodysPlaceDoesNotMakeASecretOnceThatIsTakenBack() {
        SecretRequestId id = house.asked(SecretHouse.sealed());
        Somebody dora = house.core.enrolled("Dora", Role.VIEWER);
        Delegation delegation = house.delegate(house.ada, dora);
        house.approved(id, dora);
        Acts.Prepared prepared =
                house.core.delegationSigning.prepareEnd(
                        house.ada.session(), delegation.id(), "back again");
        done(house.core.delegationSigning.end(house.ada.session(), signed(house.ada, prepared)));

        assertEquals(AskedSecret.Status.PENDING, house.approved(id, house.bob).status());
        assertEquals(List.of(), house.store.versions(SecretHouse.DATABASE));
        assertEquals(AskedSecret.Status.DONE, house.approved(id, house.ada).status());
    }

    @Test
    void whoStandsInTypesTheValueAndOthersDoNot() {
        AskedSecret asked = house.store.find(house.asked(SecretHouse.sealed())).orElseThrow();
        Somebody dora = house.core.enrolled("Dora", Role.VIEWER);
        assertFalse(house.approvals.mayType(asked, dora.session()));

        house.delegate(house.ada, dora);

        assertTrue(house.approvals.mayType(asked, dora.session()));
    }

    @Test
    void aSecretWaitsForThoseWhoseYesBringsItFurther() {
        SecretRequestId id = house.asked(SecretHouse.sealed());
        Somebody dora = house.core.enrolled("Dora", Role.VIEWER);
        AskedSecret asked = house.store.find(id).orElseThrow();
        assertEquals(List.of(asked), house.requests.pending(10));
        assertEquals(
                List.of(true, false, false),
                List.of(
                        house.approvals.waitsFor(asked, house.ada.id()),
                        house.approvals.waitsFor(asked, house.requester.id()),
                        house.approvals.waitsFor(asked, dora.id())));
        house.delegate(house.ada, dora);
        assertTrue(house.approvals.waitsFor(asked, dora.id()));

        AskedSecret after = house.approved(id, house.ada);

        assertFalse(house.approvals.waitsFor(after, house.ada.id()));
        assertFalse(house.approvals.waitsFor(after, dora.id()));
        house.core.clock.move(Duration.ofHours(24));
        assertEquals(List.of(), house.requests.pending(10));
    }
}
