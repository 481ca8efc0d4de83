package dev.devopspack.approval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.devopspack.approval.ApprovalHouse.Somebody;
import dev.devopspack.approval.LogEvidence.Signers;
import dev.devopspack.approval.Verification.Code;
import dev.devopspack.approval.Verification.Problem;
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
        Grant old = old();

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
        house.log.append(AuditEntry.of("log.later", "system", Map.of()));
        SignedCheckpoint sealed = house.sealing.seal();
        LogProof log = grant.decisions().getFirst().log();
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
        Verification verification =
                house.verifier.verify(
                        Envelope.sign(changed.payload(), house.keys).text(),
                        new GrantVerifier.Intent(
                                ApprovalHouse.PRODUCTION,
                                PresentedFiles.of(changeSet.artifacts()),
                                ApprovalHouse.PLAN),
                        GrantVerifier.Trust.in(house.keys.published()),
                        house.clock.instant());

        assertEquals(
                List.of(Code.NOT_IN_LOG),
                codes(assertInstanceOf(Verification.Rejected.class, verification).problems()));
    }

    private Grant with(@Nullable SignedCheckpoint checkpoint, UnaryOperator<LogProof> log) {
        Grant.Approved decision = grant.decisions().getFirst();
        return new Grant(
                grant.id(),
                grant.manifest(),
                grant.verdicts(),
                grant.rendering(),
                grant.renderer(),
                grant.quorum(),
                grant.site(),
                grant.notBefore(),
                grant.executeBy(),
                grant.issuedAt(),
                List.of(
                        new Grant.Approved(
                                decision.approver(),
                                decision.publicKey(),
                                decision.challenge(),
                                decision.assertion(),
                                decision.decidedAt(),
                                log.apply(decision.log()))),
                checkpoint);
    }

    private Grant old() {
        return new Grant(
                grant.id(),
                grant.manifest(),
                grant.verdicts(),
                grant.rendering(),
                grant.renderer(),
                grant.quorum(),
                grant.site(),
                grant.notBefore(),
                grant.executeBy(),
                grant.issuedAt(),
                grant.decisions());
    }

    private static Grant parsed(@Nullable String envelope) {
        return Grant.parse(Envelope.parse(String.valueOf(envelope)).payload());
    }

    private static List<Code> codes(List<Problem> problems) {
        return problems.stream().map(Problem::code).toList();
    }
}
