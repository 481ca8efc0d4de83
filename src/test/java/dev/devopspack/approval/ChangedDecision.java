package dev.devopspack.approval;

import dev.devopspack.identity.Assertion;
import dev.devopspack.identity.PersonId;
import org.jspecify.annotations.Nullable;

/// Another decision made of one in a grant. Each gives a new one in which one part is another.
final class ChangedDecision {

    private ChangedDecision() {}

    static Grant.Approved by(Grant.Approved decision, PersonId approver) {
        return of(
                decision,
                approver,
                decision.challenge(),
                decision.assertion(),
                decision.log(),
                decision.batch());
    }

    static Grant.Approved challenged(Grant.Approved decision, String challenge) {
        return of(
                decision,
                decision.approver(),
                challenge,
                decision.assertion(),
                decision.log(),
                decision.batch());
    }

    static Grant.Approved asserted(Grant.Approved decision, Assertion assertion) {
        return of(
                decision,
                decision.approver(),
                decision.challenge(),
                assertion,
                decision.log(),
                decision.batch());
    }

    static Grant.Approved logged(Grant.Approved decision, LogProof log) {
        return of(
                decision,
                decision.approver(),
                decision.challenge(),
                decision.assertion(),
                log,
                decision.batch());
    }

    /// @param batch null as if it was signed alone
    static Grant.Approved placed(Grant.Approved decision, @Nullable BatchProof batch) {
        return of(
                decision,
                decision.approver(),
                decision.challenge(),
                decision.assertion(),
                decision.log(),
                batch);
    }

    private static Grant.Approved of(
            Grant.Approved decision,
            PersonId approver,
            String challenge,
            Assertion assertion,
            LogProof log,
            @Nullable BatchProof batch) {
        return new Grant.Approved(
                approver,
                decision.publicKey(),
                challenge,
                assertion,
                decision.decidedAt(),
                log,
                batch);
    }
}
