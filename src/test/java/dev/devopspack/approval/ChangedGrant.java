package dev.devopspack.approval;

import dev.devopspack.audit.SignedCheckpoint;
import dev.devopspack.change.Digest;
import dev.devopspack.identity.RelyingParty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Another grant made of one that was issued: what somebody with the server's key can make of it.
/// Only what is named is another.
final class ChangedGrant {

    private ApprovalId id;
    private ApprovedManifest manifest;
    private Digest verdicts;
    private Digest rendering;
    private final String renderer;
    private int quorum;
    private final RelyingParty site;
    private final Instant notBefore;
    private Instant executeBy;
    private final Instant issuedAt;
    private List<Grant.Approved> decisions;
    private @Nullable SignedCheckpoint checkpoint;
    private Grant.@Nullable Approved breakGlass;

    private ChangedGrant(Grant grant) {
        id = grant.id();
        manifest = grant.manifest();
        verdicts = grant.verdicts();
        rendering = grant.rendering();
        renderer = grant.renderer();
        quorum = grant.quorum();
        site = grant.site();
        notBefore = grant.notBefore();
        executeBy = grant.executeBy();
        issuedAt = grant.issuedAt();
        decisions = grant.decisions();
        checkpoint = grant.checkpoint();
        breakGlass = grant.breakGlass();
    }

    static ChangedGrant of(Grant grant) {
        return new ChangedGrant(grant);
    }

    ChangedGrant id(ApprovalId other) {
        id = other;
        return this;
    }

    ChangedGrant manifest(ApprovedManifest other) {
        manifest = other;
        return this;
    }

    ChangedGrant verdicts(Digest other) {
        verdicts = other;
        return this;
    }

    ChangedGrant rendering(Digest other) {
        rendering = other;
        return this;
    }

    ChangedGrant quorum(int other) {
        quorum = other;
        return this;
    }

    ChangedGrant executeBy(Instant other) {
        executeBy = other;
        return this;
    }

    ChangedGrant decisions(Grant.Approved... others) {
        decisions = List.of(others);
        return this;
    }

    ChangedGrant checkpoint(@Nullable SignedCheckpoint other) {
        checkpoint = other;
        return this;
    }

    ChangedGrant breakGlass(Grant.@Nullable Approved other) {
        breakGlass = other;
        return this;
    }

    Grant grant() {
        return new Grant(
                id,
                manifest,
                verdicts,
                rendering,
                renderer,
                quorum,
                site,
                notBefore,
                executeBy,
                issuedAt,
                decisions,
                checkpoint,
                breakGlass);
    }

    /// As grants were before they held proofs of the log, with nobody who let it through alone.
    Grant unproven() {
        decisions =
                decisions.stream()
                        .map(each ->
                                ChangedDecision.logged(
                                        each,
                                        new LogProof(
                                                each.log().sequence(),
                                                each.log().leafHash(),
                                                each.log().chainHash())))
                        .toList();
        checkpoint = null;
        breakGlass = null;
        return grant();
    }
}
