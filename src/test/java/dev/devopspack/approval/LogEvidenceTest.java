package dev.devopspack.approval;

import static dev.devopspack.approval.GrantChecks.codes;
import static dev.devopspack.approval.GrantChecks.parsed;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.devopspack.approval.ApprovalHouse.Somebody;
import dev.devopspack.approval.LogEvidence.Signers;
import dev.devopspack.approval.Verification.Code;
import dev.devopspack.audit.AuditEntry;
import dev.devopspack.audit.Cosigner;
import dev.devopspack.audit.CosignerKey;
import dev.devopspack.audit.CosignerKey.Algorithm;
import dev.devopspack.audit.LogKey;
import dev.devopspack.audit.SignedCheckpoint;
import dev.devopspack.audit.TlogProof;
import dev.devopspack.change.ChangeSet;
import dev.devopspack.change.Digest;
import dev.devopspack.identity.Role;
import dev.devopspack.testing.FixedCheckpointKey;
import dev.devopspack.testing.InMemorySealing;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogEvidenceTest {

    private static final LogKey LOG = InMemorySealing.KEY.open();
    private static final Signers PINNED = new Signers(LOG, null);
    private static final Cosigner WITNESS =
            new Cosigner(
                    new CosignerKey("witness.example.com/w", Algorithm.ED25519, LOG.x()),
                    InMemorySealing.KEY::sign);

    private final ApprovalHouse house = new ApprovalHouse();
    private final GrantChecks checks = new GrantChecks(house);
    private Somebody alice;
    private ChangeSet changeSet;
    private Grant grant;

    @BeforeEach
    void aGrantInALog() {
        alice = house.enrolled("Alice", Role.APPROVER);
        Somebody requester = house.enrolled("Requester", Role.REQUESTER);
        changeSet = house.changeSet(requester.id());
        grant = parsed(house.approve(house.opened(changeSet), alice).grant());
    }

    @Test
    void aGrantProvesThatItsDecisionsAreInTheLog() {
        assertEquals(List.of(), LogEvidence.of(grant, List.of(), PINNED));
        assertEquals(List.of(), LogEvidence.within(grant));
    }

    @Test
    void aGrantOfOnePersonAloneProvesIt() {
        Approval urgent = house.opened(house.changeSet(null, "# urgent\n"));
        Grant alone = parsed(FormatVectorsTest.brokenGlass(house, urgent, alice));

        assertEquals(List.of(), LogEvidence.of(alone, List.of(), PINNED));
        assertEquals(List.of(), LogEvidence.within(alone));
    }

    @Test
    void everyGrantOfABatchProvesItByTheOneCheckpoint() {
        List<Approval> together = together();

        for (Approval each : together) {
            Grant one = checks.of(each);
            assertEquals(List.of(), LogEvidence.within(one));
            assertEquals(List.of(), LogEvidence.of(one, List.of(), PINNED));
        }
    }

    @Test
    void aGrantOfABatchIsProvenToAWitnessByAnExportOfItsOwnEntryAlone() {
        List<Approval> together = together();
        Grant one = checks.of(together.getFirst());
        Grant other = checks.of(together.getLast());
        Signers witnessed = new Signers(LOG, WITNESS.open());

        assertEquals(List.of(Code.NOT_IN_LOG), codes(LogEvidence.of(one, List.of(), witnessed)));
        assertEquals(
                List.of(Code.NOT_IN_LOG),
                codes(LogEvidence.of(one, List.of(exported(other, true)), witnessed)));
        assertEquals(List.of(), LogEvidence.of(one, List.of(exported(one, true)), witnessed));
    }

    @Test
    void theEntryOfAnotherDecisionOfTheBatchIsRefused() {
        List<Approval> together = together();
        Grant one = checks.of(together.getFirst());
        LogProof others = checks.of(together.getLast()).decisions().getFirst().log();

        Grant changed =
                ChangedGrant.of(one)
                        .decisions(ChangedDecision.logged(one.decisions().getFirst(), others))
                        .grant();

        assertEquals(List.of(Code.NOT_IN_LOG), codes(LogEvidence.within(changed)));
    }

    /// Two that one signature completes.
    private List<Approval> together() {
        Somebody requester = house.enrolled("Another", Role.REQUESTER);
        List<Approval> two =
                List.of(
                        house.opened(house.changeSet(requester.id(), "# one\n")),
                        house.opened(house.changeSet(requester.id(), "# other\n")));
        house.approveTogether(alice, two.getFirst(), two.getLast());
        return two;
    }

    @Test
    void anotherLogsKeyProvesNothing() {
        Signers other = new Signers(new FixedCheckpointKey("other.example.com/audit").open(), null);

        assertEquals(List.of(Code.NOT_IN_LOG), codes(LogEvidence.of(grant, List.of(), other)));
    }

    @Test
    void theServerItselfCannotPutAnotherEntryInPlaceOfTheDecisions() {
        long sequence = house.log.append(AuditEntry.of("approval.decided", "system", Map.of()));
        SignedCheckpoint sealed = house.sealing.seal();
        LogProof wrong =
                new Trail(house.log).proof(sequence, house.sealing, sealed.checkpoint().size());

        assertRefused(with(sealed, _ -> wrong));
    }

    @Test
    void aProofThatLeadsElsewhereIsRefused() {
        SignedCheckpoint checkpoint = grant.checkpoint();

        assertRefused(
                with(
                        checkpoint,
                        log ->
                                new LogProof(
                                        log.sequence(),
                                        log.leafHash(),
                                        log.chainHash(),
                                        new LogProof.Included(
                                                log.included().leaf(),
                                                List.of(Digest.of("other"))))));
        assertRefused(with(null, log -> log));
    }

    @Test
    void aGrantFromBeforeItHeldProofsIsProvenByAnExportOfTheLog() {
        Grant old = ChangedGrant.of(grant).unproven();

        assertEquals(List.of(), LogEvidence.within(old));
        assertEquals(List.of(Code.NOT_IN_LOG), codes(LogEvidence.of(old, List.of(), PINNED)));
        assertEquals(List.of(), LogEvidence.of(old, List.of(exported(false)), PINNED));
    }

    @Test
    void whereAWitnessIsAskedForItMustHaveSigned() {
        Signers witnessed = new Signers(LOG, WITNESS.open());

        assertEquals(List.of(Code.NOT_IN_LOG), codes(LogEvidence.of(grant, List.of(), witnessed)));
        assertEquals(
                List.of(Code.NOT_IN_LOG),
                codes(LogEvidence.of(grant, List.of(exported(false)), witnessed)));
        assertEquals(List.of(), LogEvidence.of(grant, List.of(exported(true)), witnessed));
    }

    /// What the server exports of the decision's entry later, when the log has grown.
    private TlogProof exported(boolean witnessed) {
        return exported(grant, witnessed);
    }

    private TlogProof exported(Grant of, boolean witnessed) {
        house.log.append(AuditEntry.of("log.later", "system", Map.of()));
        SignedCheckpoint sealed = house.sealing.seal();
        LogProof log = of.decisions().getFirst().log();
        return new TlogProof(
                log.sequence(),
                Optional.of(house.log.find(log.sequence()).orElseThrow().leaf()),
                house.sealing.inclusion(log.sequence(), sealed.checkpoint().size()).hashes(),
                witnessed
                        ? sealed.with(
                                WITNESS.open()
                                        .sign(
                                                sealed.checkpoint(),
                                                ApprovalHouse.START,
                                                WITNESS.signer()))
                        : sealed);
    }

    /// The server signs what it changed.
    private void assertRefused(Grant changed) {
        assertEquals(List.of(Code.NOT_IN_LOG), checks.problems(changed, changeSet));
    }

    private Grant with(@Nullable SignedCheckpoint checkpoint, UnaryOperator<LogProof> log) {
        Grant.Approved decision = grant.decisions().getFirst();
        return ChangedGrant.of(grant)
                .decisions(ChangedDecision.logged(decision, log.apply(decision.log())))
                .checkpoint(checkpoint)
                .grant();
    }
}
