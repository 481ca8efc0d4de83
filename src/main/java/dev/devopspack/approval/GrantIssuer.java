package dev.devopspack.approval;

import dev.devopspack.approval.act.SignedAct;
import dev.devopspack.audit.AuditLog;
import dev.devopspack.audit.Sealing;
import dev.devopspack.audit.SignedCheckpoint;
import dev.devopspack.change.ChangeSet;
import dev.devopspack.change.ChangeSetStore;
import dev.devopspack.change.Digest;
import dev.devopspack.identity.RelyingParty;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes and signs the grant once enough people approved, with the proof that their decisions are
/// in the audit log.
public final class GrantIssuer {

    private final RelyingParty site;
    private final ChangeSetStore changeSets;
    private final ApprovalStore store;
    private final SigningKeys keys;
    private final Trail trail;
    private final Sealing sealing;

    public GrantIssuer(
            RelyingParty site,
            ChangeSetStore changeSets,
            ApprovalStore store,
            SigningKeys keys,
            AuditLog log,
            Sealing sealing) {
        this.sealing = sealing;
        this.site = site;
        this.changeSets = changeSets;
        this.store = store;
        this.keys = keys;
        this.trail = new Trail(log);
    }

    /// Before the log is held for a decision that may complete something.
    ///
    /// @throws dev.devopspack.change.StoreUnavailable while grants cannot be signed
    void awake() {
        keys.awake();
    }

    /// What enough people approved.
    ///
    /// @param decisions those that count
    record Complete(ApprovalRequest request, List<Decision> decisions, Approval.Window window) {}

    /// Makes the grants of all that one signature completed, under one checkpoint of the log: every
    /// decision's entry is in it, so every one of them must have been appended before.
    ///
    /// @return the DSSE envelopes by request
    Map<ApprovalId, String> issue(List<Complete> complete, Instant now) {
        if (complete.isEmpty()) {
            return Map.of();
        }
        SignedCheckpoint sealed = sealing.seal();
        return issue(complete.stream().map(each -> grant(each, null, sealed, now)).toList());
    }

    /// The grant of what one person let through alone, flagged as such.
    ///
    /// @param approved with the decisions of those who approved before
    void issueBroken(Complete approved, SignedAct broken, Instant now) {
        issue(List.of(grant(approved, broken, sealing.seal(), now)));
    }

    /// A grant before it is signed.
    ///
    /// @param alone whether one person let it through alone
    private record Unsigned(ApprovalRequest request, Grant grant, boolean alone, Instant at) {}

    /// Signs all of them at once: the log is held meanwhile.
    private Map<ApprovalId, String> issue(List<Unsigned> grants) {
        List<Envelope> signed =
                Envelope.signAll(
                        grants.stream().map(each -> each.grant().payload()).toList(), keys);
        Map<ApprovalId, String> envelopes = new HashMap<>();
        for (int i = 0; i < grants.size(); i++) {
            envelopes.put(grants.get(i).request().id(), keep(grants.get(i), signed.get(i)));
        }
        return envelopes;
    }

    private String keep(Unsigned unsigned, Envelope signed) {
        ApprovalRequest request = unsigned.request();
        String envelope = signed.text();
        store.insertGrant(request.id(), envelope, unsigned.at());
        trail.append(
                "grant.issued",
                "system",
                request,
                Map.of(
                        "alone", String.valueOf(unsigned.alone()),
                        "grant", Digest.of(envelope).value(),
                        "key", signed.signatures().getFirst().keyId(),
                        "executeBy", unsigned.grant().executeBy().toString()));
        return envelope;
    }

    private Unsigned grant(
            Complete approved, @Nullable SignedAct alone, SignedCheckpoint sealed, Instant now) {
        ApprovalRequest request = approved.request();
        Approval.Window window = approved.window();
        ChangeSet changeSet =
                changeSets
                        .find(request.changeSet())
                        .filter(found -> found.digest().equals(request.digest()))
                        .orElseThrow(() ->
                                new IllegalStateException(
                                        "change set " + request.changeSet() + " is gone"));
        Grant grant =
                new Grant(
                        request.id(),
                        ApprovedManifest.of(changeSet.manifest()),
                        request.verdicts(),
                        request.rendering().digest(),
                        request.rendering().version(),
                        request.quorum(),
                        site,
                        window.notBefore(),
                        window.executeBy(),
                        now,
                        approved.decisions().stream()
                                .map(decision -> approved(decision, sealed))
                                .toList(),
                        sealed,
                        alone == null ? null : approved(alone, sealed));
        return new Unsigned(request, grant, alone != null, now);
    }

    private Grant.Approved approved(Decision decision, SignedCheckpoint sealed) {
        return new Grant.Approved(
                decision.approver(),
                decision.publicKey(),
                decision.challenge(),
                decision.assertion(),
                decision.decidedAt(),
                proof(decision.auditSequence(), sealed),
                decision.batch());
    }

    private Grant.Approved approved(SignedAct alone, SignedCheckpoint sealed) {
        return new Grant.Approved(
                alone.act().person(),
                alone.publicKey(),
                alone.act().text(),
                alone.assertion(),
                alone.signedAt(),
                proof(alone.auditSequence(), sealed));
    }

    private LogProof proof(long sequence, SignedCheckpoint sealed) {
        return trail.proof(sequence, sealing, sealed.checkpoint().size());
    }
}
