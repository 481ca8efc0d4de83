package dev.devopspack.approval;

import dev.devopspack.audit.SignedCheckpoint;
import dev.devopspack.change.Digest;
import dev.devopspack.identity.Assertion;
import dev.devopspack.identity.PersonId;
import dev.devopspack.identity.RelyingParty;
import dev.devopspack.task.InvalidInput;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A grant: the permission, for one use, that people signed; format v3, v4 where somebody signed it
/// together with others, v1 from before it held proofs of the log, or v2 where one person let the
/// change through alone then (see `docs/formats/grant.md`).
///
/// As text it is a DSSE envelope around an in-toto statement whose subjects are the files, see
/// {@link GrantDocument}.
///
/// @param id the approval request's
/// @param manifest the change set's manifest; what the people signed is its digest
/// @param renderer the version of the renderer of the text that was shown
/// @param quorum how many distinct people had to approve
/// @param site the site on which they signed
/// @param decisions of those who approved
/// @param checkpoint the audit log's newest one when the grant was issued: whoever keeps the grant
///   can tell later whether the log still begins with what it was then; in v3 the decisions'
///   entries are proven to be under it
/// @param breakGlass the signed act of who let it through alone, in place of the missing decisions
public record Grant(
        ApprovalId id,
        ApprovedManifest manifest,
        Digest verdicts,
        Digest rendering,
        String renderer,
        int quorum,
        RelyingParty site,
        Instant notBefore,
        Instant executeBy,
        Instant issuedAt,
        List<Approved> decisions,
        @Nullable SignedCheckpoint checkpoint,
        @Nullable Approved breakGlass) {

    public static final String STATEMENT_TYPE = "https://in-toto.io/Statement/v1";
    public static final String PREDICATE_TYPE = "https://devopspack.dev/grant/v1";

    /// A type of its own, so that whoever knows only the first refuses it.
    public static final String BREAK_GLASS_TYPE = "https://devopspack.dev/grant/v2";

    /// With the entry of every decision and the proof that it is in the log of the checkpoint.
    public static final String PROVEN_TYPE = "https://devopspack.dev/grant/v3";

    /// The same, where one of the decisions was signed together with others: whoever knows only
    /// those before refuses it.
    public static final String BATCH_TYPE = "https://devopspack.dev/grant/v4";

    /// Every version that was ever written.
    static final List<String> TYPES =
            List.of(PREDICATE_TYPE, BREAK_GLASS_TYPE, PROVEN_TYPE, BATCH_TYPE);

    /// What the given plan is called among the subjects: no file can have this name.
    public static final String PLAN_SUBJECT = "plan:terraform";

    public Grant {
        notBefore = notBefore.truncatedTo(ChronoUnit.SECONDS);
        executeBy = executeBy.truncatedTo(ChronoUnit.SECONDS);
        issuedAt = issuedAt.truncatedTo(ChronoUnit.SECONDS);
        decisions = List.copyOf(decisions);
    }

    /// One person's signed yes.
    ///
    /// @param publicKey the COSE key that signed, base64url
    /// @param challenge the canonical challenge document that was signed
    /// @param batch its place among those that were signed together, where it was not signed alone
    public record Approved(
            PersonId approver,
            String publicKey,
            String challenge,
            Assertion assertion,
            Instant decidedAt,
            LogProof log,
            @Nullable BatchProof batch) {

        public Approved {
            decidedAt = decidedAt.truncatedTo(ChronoUnit.SECONDS);
        }

        /// One that was signed alone.
        public Approved(
                PersonId approver,
                String publicKey,
                String challenge,
                Assertion assertion,
                Instant decidedAt,
                LogProof log) {
            this(approver, publicKey, challenge, assertion, decidedAt, log, null);
        }
    }

    /// The digest of the manifest.
    public Digest digest() {
        return manifest.digest();
    }

    /// Those who approved, and who let it through alone.
    public List<Approved> all() {
        List<Approved> all = new ArrayList<>(decisions);
        if (breakGlass != null) {
            all.add(breakGlass);
        }
        return List.copyOf(all);
    }

    /// Whether it says of any of them that the entry is in the log of its checkpoint.
    boolean proven() {
        return all().stream().anyMatch(approved -> approved.log().included() != null);
    }

    /// The predicate type: the version of the format.
    String type() {
        if (all().stream().anyMatch(approved -> approved.batch() != null)) {
            return BATCH_TYPE;
        }
        if (proven()) {
            return PROVEN_TYPE;
        }
        return breakGlass == null ? PREDICATE_TYPE : BREAK_GLASS_TYPE;
    }

    /// The bytes that the envelope carries.
    byte[] payload() {
        return GrantDocument.bytes(this);
    }

    /// Reads a payload back.
    ///
    /// @throws InvalidInput if it is not exactly what {@link #payload()} gives
    static Grant parse(byte[] payload) {
        return GrantDocument.parse(payload);
    }

    /// The checkpoint in a grant, whoever signed the grant: the log's own signature is in it.
    ///
    /// @throws InvalidInput if it is no grant
    public static Optional<SignedCheckpoint> checkpointIn(String envelope) {
        return Optional.ofNullable(parse(Envelope.parse(envelope).payload()).checkpoint());
    }
}
