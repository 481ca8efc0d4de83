package dev.devopspack.approval;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.devopspack.approval.GrantVerifier.Intent;
import dev.devopspack.approval.GrantVerifier.Trust;
import dev.devopspack.approval.Verification.Code;
import dev.devopspack.approval.Verification.Problem;
import dev.devopspack.change.ChangeSet;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads, signs and verifies grants with the keys of the house.
record GrantChecks(ApprovalHouse house) {

    /// The grant of what was approved.
    Grant of(Approval approval) {
        return parsed(house.grants.envelope(approval.request().id()).orElseThrow());
    }

    static Grant parsed(@Nullable String envelope) {
        return Grant.parse(Envelope.parse(String.valueOf(envelope)).payload());
    }

    /// The envelope of any grant, signed with the server's key.
    String signed(Grant grant) {
        return Envelope.sign(grant.payload(), house.keys).text();
    }

    Verification verify(String envelope, ChangeSet changeSet) {
        return verify(envelope, changeSet, house.clock.instant());
    }

    Verification verify(String envelope, ChangeSet changeSet, Instant at) {
        return house.verifier.verify(
                envelope, intent(changeSet), Trust.in(house.keys.published()), at);
    }

    /// Exactly what was approved, in production.
    static Intent intent(ChangeSet changeSet) {
        return new Intent(
                ApprovalHouse.PRODUCTION,
                PresentedFiles.of(changeSet.artifacts()),
                ApprovalHouse.PLAN);
    }

    /// Why a grant that the server itself signed does not hold.
    List<Code> problems(Grant grant, ChangeSet changeSet) {
        return codes(verify(signed(grant), changeSet));
    }

    static List<Code> codes(Verification verification) {
        return codes(assertInstanceOf(Verification.Rejected.class, verification).problems());
    }

    static List<Code> codes(List<Problem> problems) {
        return problems.stream().map(Problem::code).toList();
    }
}
