package dev.devopspack.approval;

import static dev.devopspack.approval.ApprovalHouse.done;
import static dev.devopspack.approval.ApprovalHouse.refusal;
import static dev.devopspack.approval.ApprovalHouse.signed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.approval.ApprovalHouse.Somebody;
import dev.devopspack.approval.ApprovalPolicy.Terms;
import dev.devopspack.approval.Refusal.Code;
import dev.devopspack.approval.act.Acts;
import dev.devopspack.approval.act.Acts.Result;
import dev.devopspack.approval.delegation.Delegation;
import dev.devopspack.approval.pause.PauseScope;
import dev.devopspack.approval.secret.AgeRecipient;
import dev.devopspack.approval.secret.AskedSecret;
import dev.devopspack.approval.secret.Recipient;
import dev.devopspack.approval.secret.SecretApprovals;
import dev.devopspack.approval.secret.SecretFlow;
import dev.devopspack.approval.secret.SecretMaker;
import dev.devopspack.approval.secret.SecretName;
import dev.devopspack.approval.secret.SecretOperation;
import dev.devopspack.approval.secret.SecretQuorum;
import dev.devopspack.approval.secret.SecretRequestId;
import dev.devopspack.approval.secret.SecretRequests;
import dev.devopspack.approval.secret.SecretSpec;
import dev.devopspack.audit.StoredEntry;
import dev.devopspack.change.Digest;
import dev.devopspack.change.Transactions;
import dev.devopspack.identity.NotAllowed;
import dev.devopspack.identity.Principal;
import dev.devopspack.identity.Role;
import dev.devopspack.identity.Secrets;
import dev.devopspack.task.Environment;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.testing.InMemorySecrets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SecretApprovalsTest {

    private static final Environment PRODUCTION = ApprovalHouse.PRODUCTION;
    private static final LocalDate LAST_DAY = LocalDate.parse("2026-12-01");
    private static final SecretName DATABASE =
            new SecretName(PRODUCTION, "payments", "database", "password");
    private static final String KEY =
            "age1cy0su9fwf3gf9mw868g5yut09p6nytfmmnktexz2ya5uqg9vl9sss4euqm";

    private final ApprovalHouse house = new ApprovalHouse(two());
    private final InMemorySecrets store = new InMemorySecrets();
    private final List<Recipient> recipients = new ArrayList<>();
    private SecretRequests requests;
    private SecretApprovals approvals;
    private Somebody requester;
    private Somebody ada;
    private Somebody bob;

    /// Two people in production.
    private static ApprovalPolicy two() {
        return new ApprovalPolicy(
                "two",
                false,
                Map.of(PRODUCTION, ApprovalPolicy.Kind.PRODUCTION),
                1,
                2,
                Duration.ofHours(24),
                Duration.ofMinutes(30),
                ApprovalPolicy.TerraformCli.REQUIRED,
                Map.of(PRODUCTION, new Terms(2, 2, Duration.ofHours(24), Duration.ofMinutes(30))));
    }

    @BeforeEach
    void people() {
        recipients.add(new AgeRecipient("ops", KEY));
        Recipient.Directory directory =
                new Recipient.Directory() {
                    @Override
                    public Optional<Recipient> find(String name) {
                        return recipients.stream()
                                .filter(each -> each.name().equals(name))
                                .findFirst();
                    }

                    @Override
                    public List<Recipient> all() {
                        return List.copyOf(recipients);
                    }
                };
        Transactions transactions =
                new Transactions() {
                    @Override
                    public <T> T inOne(Supplier<T> work) {
                        return work.get();
                    }
                };
        Secrets secrets = new Secrets();
        SecretQuorum quorum =
                new SecretQuorum(
                        house.identity.people,
                        house.identity.passkeys,
                        house.delegations,
                        house.acts);
        requests =
                new SecretRequests(
                        house.policy,
                        store,
                        directory,
                        quorum,
                        house.pauses,
                        house.log,
                        transactions,
                        secrets,
                        house.clock);
        approvals =
                new SecretApprovals(
                        house.signing,
                        store,
                        new SecretMaker(store, directory, house.log, secrets, house.clock),
                        quorum,
                        house.pauses,
                        transactions,
                        house.clock);
        requester = house.enrolled("Rita", Role.REQUESTER, Role.APPROVER);
        ada = house.enrolled("Ada", Role.APPROVER);
        bob = house.enrolled("Bob", Role.APPROVER);
    }

    @Test
    void aSecretIsMadeWhenTheLastOfTwoPeopleApproves() {
        SecretRequestId id = asked(sealed());

        assertEquals(AskedSecret.Status.PENDING, approved(id, ada).status());
        assertEquals(List.of(), store.versions(DATABASE));
        assertEquals(List.of(), requests.files(id));
        assertEquals(Code.DECIDED_BEFORE, barred(id, ada));
        assertEquals(AskedSecret.Status.DONE, approved(id, bob).status());

        assertEquals(1, store.versions(DATABASE).size());
        assertEquals("database.age", requests.files(id).getFirst().name());
        assertEquals(List.of(ada.id(), bob.id()), store.find(id).orElseThrow().approvers());
    }

    @Test
    void neitherTheRequesterNorWhoApprovesElsewhereCounts() {
        SecretRequestId id = asked(sealed());
        Somebody carl = house.enrolled("Carl", Role.VIEWER, Role.ADMIN);
        Somebody dana = house.enrolled("Dana", Role.APPROVER);
        house.identity.people.update(
                dana.person().withApproves(Set.of(new Environment("staging"))));

        assertEquals(Code.OWN_REQUEST, barred(id, requester));
        assertEquals(Code.NOT_ENTITLED, barred(id, carl));
        assertEquals(Code.NOT_ENTITLED, barred(id, dana));
        assertThrows(
                NotAllowed.class, () -> approvals.prepareApproval(ApprovalHouse.pipeline("p"), id));
    }

    @Test
    void whoLosesTheRoleBetweenReadingAndSigningDoesNotApprove() {
        SecretRequestId id = asked(sealed());
        Acts.Prepared prepared = approvals.prepareApproval(ada.session(), id);
        house.identity.people.update(ada.person().withRoles(Set.of(Role.VIEWER)));

        assertEquals(Code.NOT_ENTITLED, refusal(sign(ada, prepared)));
        assertEquals(List.of(), store.find(id).orElseThrow().approvers());
    }

    @Test
    void anotherTextThanTheOneThatWasShownIsNotSigned() {
        SecretRequestId id = asked(sealed());
        Acts.Prepared prepared = approvals.prepareApproval(ada.session(), id);

        Result<AskedSecret> result =
                approvals.approve(
                        ada.session(),
                        new Acts.Signature(
                                signed(ada, prepared).assertion(), Digest.of("another text")));

        assertEquals(Code.OTHER_TEXT_SHOWN, refusal(result));
        assertEquals(Code.BAD_CHALLENGE, refusal(sign(ada, prepared)), "the attempt used it up");
    }

    @Test
    void aRecipientWhoseKeyWasChangedGetsNothing() {
        SecretRequestId id = asked(sealed());
        approved(id, ada);
        recipients.set(
                0,
                new AgeRecipient(
                        "ops", "age1lggyhqrw2nlhcxprm67z43rta597azn8gknawjehu9d9dl0jq3yqqvfafg"));

        assertThrows(InvalidInput.class, () -> approved(id, bob));
        assertEquals(List.of(), store.versions(DATABASE));
    }

    @Test
    void oneDenialIsFinalAndSaysWhy() {
        SecretRequestId id = asked(sealed());
        approved(id, ada);
        Acts.Prepared prepared = approvals.prepareDenial(bob.session(), id, "use the shared one");

        done(approvals.deny(bob.session(), signed(bob, prepared)));

        AskedSecret denied = store.find(id).orElseThrow();
        assertEquals(AskedSecret.Status.DENIED, denied.status());
        assertEquals("use the shared one", denied.note());
        assertEquals(Code.WRONG_STATUS, barred(id, bob));
    }

    @Test
    void timeEndsARequestAndThenItCanBeAskedAgain() {
        SecretRequestId id = asked(sealed());
        assertEquals(Code.WRONG_STATUS, refusedToAsk(sealed(), requester.session()));
        Acts.Prepared prepared = approvals.prepareApproval(ada.session(), id);
        house.clock.move(Duration.ofHours(24));

        assertEquals(Code.BAD_CHALLENGE, refusal(sign(ada, prepared)));
        assertEquals(Code.WRONG_STATUS, barred(id, ada));
        asked(sealed());
        assertTrue(
                house.log.read(0, 1_000).stream()
                        .anyMatch(entry -> entry.entry().kind().equals("secret.expired")));
    }

    @Test
    void aPausedEnvironmentIsNeitherAskedForNorApproved() {
        SecretRequestId id = asked(sealed());
        Somebody admin = house.enrolled("Ann", Role.ADMIN);
        Acts.Prepared prepared =
                house.killSwitch.preparePause(
                        admin.session(),
                        new PauseScope(PauseScope.Kind.ENVIRONMENT, "production"),
                        "incident");
        house.killSwitch.pause(admin.session(), signed(admin, prepared));

        assertEquals(Code.PAUSED, barred(id, ada));
        assertEquals(
                Code.PAUSED,
                refusedToAsk(
                        spec(SecretOperation.CREATE, SecretFlow.CLUSTER, null),
                        requester.session()));
    }

    @Test
    void aPersonHasSoManyQuestionsOpenAndNoMore() {
        for (int i = 0; i < 20; i++) {
            asked(cluster("s" + i));
        }

        assertEquals(Code.WRONG_STATUS, refusedToAsk(sealed(), requester.session()));
        house.people.setRoles(Principal.SYSTEM, ada.id(), Set.of(Role.REQUESTER));
        assertInstanceOf(
                SecretRequests.Asked.New.class,
                requests.ask(sealed(), session(ada, Role.REQUESTER), "mine"));
    }

    @Test
    void onlyWhoMayRequestAsks() {
        assertThrows(
                NotAllowed.class, () -> requests.ask(sealed(), session(ada, Role.VIEWER), "why"));
        assertThrows(NotAllowed.class, () -> requests.ask(sealed(), Principal.SYSTEM, "why"));
    }

    @Test
    void whoStandsInForAnApproverApprovesAndTheLogSaysInWhosePlace() {
        SecretRequestId id = asked(sealed());
        Somebody dora = house.enrolled("Dora", Role.VIEWER);
        assertEquals(Code.NOT_ENTITLED, barred(id, dora));
        Delegation delegation = delegate(ada, dora);

        approved(id, dora);
        assertEquals(AskedSecret.Status.DONE, approved(id, bob).status());

        Map<String, String> facts = logged("secret.approved");
        assertEquals(delegation.id(), facts.get("delegation"));
        assertEquals(ada.id().toString(), facts.get("inPlaceOf"));
    }

    @Test
    void whoDelegatedAndWhoStandsInAreOneForASecret() {
        SecretRequestId id = asked(sealed());
        Somebody dora = house.enrolled("Dora", Role.VIEWER);
        delegate(ada, dora);
        approved(id, dora);

        AskedSecret after = approved(id, ada);

        assertEquals(AskedSecret.Status.PENDING, after.status());
        assertEquals(1, requests.counted(after));
        assertEquals(AskedSecret.Status.DONE, approved(id, bob).status());
    }

    @Test
    void aSecondYesToASecretByTheSameRightIsRefusedBeforeItIsSignedAndANoIsNot() {
        SecretRequestId id = asked(sealed());
        Somebody dora = house.enrolled("Dora", Role.VIEWER);
        Delegation delegation = delegate(ada, dora);
        Acts.Prepared prepared = approvals.prepareApproval(dora.session(), id);
        approved(id, ada);

        assertEquals(Code.DECIDED_BEFORE, barred(id, dora));
        assertEquals(Code.DECIDED_BEFORE, refusal(sign(dora, prepared)));
        Acts.Prepared no = approvals.prepareDenial(dora.session(), id, "not now");
        assertEquals(
                AskedSecret.Status.DENIED,
                done(approvals.deny(dora.session(), signed(dora, no))).status());
        assertEquals(delegation.id(), logged("secret.denied").get("delegation"));
    }

    @Test
    void twoWhoStandInForTwoApproversMakeASecret() {
        SecretRequestId id = asked(sealed());
        Somebody dora = house.enrolled("Dora", Role.VIEWER);
        Somebody emil = house.enrolled("Emil", Role.VIEWER);
        delegate(ada, dora);
        delegate(bob, emil);
        approved(id, dora);

        assertEquals(AskedSecret.Status.DONE, approved(id, emil).status());
    }

    @Test
    void theHumanWhoAskedForASecretIsNeitherStoodInForNorStandsIn() {
        SecretRequestId id = asked(sealed());
        Somebody dora = house.enrolled("Dora", Role.VIEWER);
        delegate(requester, dora);
        assertEquals(Code.NOT_ENTITLED, barred(id, dora));

        Somebody rudi = house.enrolled("Rudi", Role.REQUESTER);
        SecretRequestId own =
                assertInstanceOf(
                                SecretRequests.Asked.New.class,
                                requests.ask(cluster("other"), rudi.session(), "mine"))
                        .secret()
                        .request()
                        .id();
        delegate(ada, rudi);
        assertEquals(Code.OWN_REQUEST, barred(own, rudi));
    }

    @Test
    void whatWasDelegatedForSecretsIsNeitherPassedOnNorForAnotherEnvironmentNorForLonger() {
        SecretRequestId id = asked(sealed());
        Somebody dora = house.enrolled("Dora", Role.VIEWER);
        Somebody emil = house.enrolled("Emil", Role.VIEWER);
        delegate(ada, dora, new Environment("staging"));
        assertEquals(Code.NOT_ENTITLED, barred(id, dora));

        delegate(ada, dora);
        assertEquals(
                Code.NOT_ENTITLED,
                refusal(
                        house.delegationSigning.prepare(
                                dora.session(), emil.id(), PRODUCTION, "too", LAST_DAY)));

        house.clock.move(Duration.ofDays(9));
        SecretRequestId late = asked(cluster("late"));
        assertEquals(Code.NOT_ENTITLED, barred(late, dora));
    }

    @Test
    void whatWasApprovedInSomebodysPlaceDoesNotMakeASecretOnceThatIsTakenBack() {
        SecretRequestId id = asked(sealed());
        Somebody dora = house.enrolled("Dora", Role.VIEWER);
        Delegation delegation = delegate(ada, dora);
        approved(id, dora);
        Acts.Prepared prepared =
                house.delegationSigning.prepareEnd(ada.session(), delegation.id(), "back again");
        done(house.delegationSigning.end(ada.session(), signed(ada, prepared)));

        assertEquals(AskedSecret.Status.PENDING, approved(id, bob).status());
        assertEquals(List.of(), store.versions(DATABASE));
        assertEquals(AskedSecret.Status.DONE, approved(id, ada).status());
    }

    @Test
    void whoLosesTheRoleBeforeTheLastApprovalDoesNotCount() {
        SecretRequestId id = asked(sealed());
        approved(id, ada);
        house.identity.people.update(ada.person().withRoles(Set.of(Role.VIEWER)));

        AskedSecret after = approved(id, bob);

        assertEquals(AskedSecret.Status.PENDING, after.status());
        assertEquals(1, requests.counted(after));
    }

    @Test
    void whoStandsInTypesTheValueAndOthersDoNot() {
        AskedSecret asked = store.find(asked(sealed())).orElseThrow();
        Somebody dora = house.enrolled("Dora", Role.VIEWER);
        assertFalse(approvals.mayType(asked, dora.session()));

        delegate(ada, dora);

        assertTrue(approvals.mayType(asked, dora.session()));
    }

    @Test
    void aSecretWaitsForThoseWhoseYesBringsItFurther() {
        SecretRequestId id = asked(sealed());
        Somebody dora = house.enrolled("Dora", Role.VIEWER);
        AskedSecret asked = store.find(id).orElseThrow();
        assertEquals(List.of(asked), requests.pending(10));
        assertEquals(
                List.of(true, false, false),
                List.of(
                        approvals.waitsFor(asked, ada.id()),
                        approvals.waitsFor(asked, requester.id()),
                        approvals.waitsFor(asked, dora.id())));
        delegate(ada, dora);
        assertTrue(approvals.waitsFor(asked, dora.id()));

        AskedSecret after = approved(id, ada);

        assertFalse(approvals.waitsFor(after, ada.id()));
        assertFalse(approvals.waitsFor(after, dora.id()));
        house.clock.move(Duration.ofHours(24));
        assertEquals(List.of(), requests.pending(10));
    }

    private Delegation delegate(Somebody from, Somebody to) {
        return delegate(from, to, PRODUCTION);
    }

    private Delegation delegate(Somebody from, Somebody to, Environment where) {
        Acts.Prepared prepared =
                house.delegationSigning.prepare(
                        from.session(), to.id(), where, "on holiday", LAST_DAY);
        return done(house.delegationSigning.delegate(from.session(), signed(from, prepared)));
    }

    /// The facts of the first entry of a kind.
    private Map<String, String> logged(String kind) {
        return house.log.read(0, 1_000).stream()
                .map(StoredEntry::entry)
                .filter(entry -> entry.kind().equals(kind))
                .findFirst()
                .orElseThrow()
                .facts();
    }

    private static SecretSpec sealed() {
        return spec(SecretOperation.CREATE, SecretFlow.SEALED, "ops");
    }

    private static SecretSpec cluster(String name) {
        return new SecretSpec(
                SecretOperation.CREATE,
                SecretFlow.CLUSTER,
                new SecretName(PRODUCTION, "payments", name, "password"),
                null,
                32);
    }

    private static SecretSpec spec(
            SecretOperation operation, SecretFlow flow, @Nullable String recipient) {
        return new SecretSpec(operation, flow, DATABASE, recipient, 32);
    }

    private static Principal session(Somebody who, Role role) {
        return new Principal(
                Principal.Kind.SESSION,
                who.session().id(),
                who.id(),
                who.person().displayName(),
                Set.of(role));
    }

    private SecretRequestId asked(SecretSpec spec) {
        return assertInstanceOf(
                        SecretRequests.Asked.New.class,
                        requests.ask(spec, requester.session(), "the service needs it"))
                .secret()
                .request()
                .id();
    }

    private Code refusedToAsk(SecretSpec spec, Principal by) {
        return assertInstanceOf(SecretRequests.Asked.Refused.class, requests.ask(spec, by, "why"))
                .refusal()
                .code();
    }

    private AskedSecret approved(SecretRequestId id, Somebody who) {
        return done(sign(who, approvals.prepareApproval(who.session(), id)));
    }

    private Result<AskedSecret> sign(Somebody who, Acts.Prepared prepared) {
        return approvals.approve(who.session(), signed(who, prepared));
    }

    private Code barred(SecretRequestId id, Somebody who) {
        return refusal(approvals.prepareApproval(who.session(), id));
    }
}
