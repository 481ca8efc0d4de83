package dev.devopspack.manager.notice;

import dev.devopspack.approval.Approval;
import dev.devopspack.approval.Decisions;
import dev.devopspack.approval.secret.AskedSecret;
import dev.devopspack.approval.secret.SecretApprovals;
import dev.devopspack.identity.PersonId;
import jakarta.enterprise.context.ApplicationScoped;

/// Whose yes a request waits for at this moment. Decides nothing.
@ApplicationScoped
class Deciders {

    private final Decisions decisions;
    private final SecretApprovals secrets;

    Deciders(Decisions decisions, SecretApprovals secrets) {
        this.decisions = decisions;
        this.secrets = secrets;
    }

    boolean waitsFor(Approval approval, PersonId person) {
        return decisions.waitsFor(approval, person);
    }

    boolean waitsFor(AskedSecret asked, PersonId person) {
        return secrets.waitsFor(asked, person);
    }
}
