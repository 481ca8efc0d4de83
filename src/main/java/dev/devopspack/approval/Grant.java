package dev.devopspack.approval;

import dev.devopspack.audit.SignedCheckpoint;
import dev.devopspack.change.Canonical;
import dev.devopspack.change.Digest;
import dev.devopspack.change.StrictJson;
import dev.devopspack.identity.Assertion;
import dev.devopspack.identity.PersonId;
import dev.devopspack.identity.RelyingParty;
import dev.devopspack.task.InvalidInput;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A grant: the permission, for one use, that people signed; format v3, v4 where somebody signed it
/// together with others, v1 from before it held proofs of the log, or v2 where one person let the
/// change through alone then (see `docs/formats/grant.md`).
///
/// As text it is a DSSE envelope around an in-toto statement whose subjects are the files.
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

    private static final List<String> TYPES =
            List.of(PREDICATE_TYPE, BREAK_GLASS_TYPE, PROVEN_TYPE, BATCH_TYPE);

    /// What the given plan is called among the subjects: no file can have this name.
    public static final String PLAN_SUBJECT = "plan:terraform";

    private static final int MAX_CHARACTERS = 6 * 1_024 * 1_024;

    public Grant {
        notBefore = notBefore.truncatedTo(ChronoUnit.SECONDS);
        executeBy = executeBy.truncatedTo(ChronoUnit.SECONDS);
        issuedAt = issuedAt.truncatedTo(ChronoUnit.SECONDS);
        decisions = List.copyOf(decisions);
    }

    /// One from before the log had a checkpoint.
    public Grant(
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
            List<Approved> decisions) {
        this(
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
                decisions.stream().map(Approved::unproven).toList(),
                null);
    }

    /// One that enough people approved.
    public Grant(
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
            @Nullable SignedCheckpoint checkpoint) {
        this(
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
                null);
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

        private Map<String, Object> document() {
            Map<String, Object> document = new TreeMap<>(alone());
            if (batch != null) {
                document.put("batch", batch.document());
            }
            return document;
        }

        private Map<String, Object> alone() {
            return Map.of(
                    "approver",
                    approver.toString(),
                    "credential",
                    assertion.credentialId(),
                    "publicKey",
                    publicKey,
                    "challenge",
                    challenge,
                    "authenticatorData",
                    assertion.authenticatorData(),
                    "clientDataJSON",
                    assertion.clientDataJson(),
                    "signature",
                    assertion.signature(),
                    "decidedAt",
                    decidedAt.toString(),
                    "log",
                    logDocument());
        }

        private Map<String, Object> logDocument() {
            Map<String, Object> document = new TreeMap<>();
            document.put("sequence", log.sequence());
            document.put("leafHash", log.leafHash().value());
            document.put("chainHash", log.chainHash().value());
            LogProof.Included included = log.included();
            if (included != null) {
                document.put("leaf", included.leaf());
                document.put("inclusion", included.hashes().stream().map(Digest::value).toList());
            }
            return document;
        }

        private Approved unproven() {
            return new Approved(
                    approver,
                    publicKey,
                    challenge,
                    assertion,
                    decidedAt,
                    new LogProof(log.sequence(), log.leafHash(), log.chainHash()),
                    batch);
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

    private String type() {
        if (all().stream().anyMatch(approved -> approved.batch() != null)) {
            return BATCH_TYPE;
        }
        if (proven()) {
            return PROVEN_TYPE;
        }
        return breakGlass == null ? PREDICATE_TYPE : BREAK_GLASS_TYPE;
    }

    /// The in-toto statement as plain values.
    Map<String, Object> statement() {
        return Map.of(
                "_type",
                STATEMENT_TYPE,
                "subject",
                subjects(),
                "predicateType",
                type(),
                "predicate",
                predicate());
    }

    /// The bytes that the envelope carries.
    byte[] payload() {
        return Canonical.bytes(statement());
    }

    private List<Object> subjects() {
        List<Object> subjects = new ArrayList<>();
        manifest.files().forEach((name, digest) -> subjects.add(subject(name, digest)));
        Digest plan = manifest.planFile();
        if (plan != null) {
            subjects.add(subject(PLAN_SUBJECT, plan));
        }
        return subjects;
    }

    private static Map<String, Object> subject(String name, Digest digest) {
        return Map.of("name", name, "digest", Map.of("sha256", digest.hex()));
    }

    private Map<String, Object> predicate() {
        Map<String, Object> predicate = new TreeMap<>();
        predicate.put("id", id.value());
        predicate.put("digest", digest().value());
        predicate.put("manifest", manifest.text());
        predicate.put("environment", manifest.environment().value());
        predicate.put("stack", manifest.stack().value());
        predicate.put("policy", manifest.policy().value());
        predicate.put("verdicts", verdicts.value());
        predicate.put("rendering", Map.of("digest", rendering.value(), "version", renderer));
        predicate.put("quorum", quorum);
        predicate.put("uses", 1);
        predicate.put("notBefore", notBefore.toString());
        predicate.put("executeBy", executeBy.toString());
        predicate.put("issuedAt", issuedAt.toString());
        predicate.put(
                "site",
                Map.of(
                        "id", site.id(),
                        "name", site.name(),
                        "origins", List.copyOf(site.sortedOrigins())));
        predicate.put("decisions", decisions.stream().map(Approved::document).toList());
        if (checkpoint != null) {
            predicate.put("checkpoint", checkpoint.note());
        }
        if (breakGlass != null) {
            predicate.put("breakGlass", breakGlass.document());
        }
        return predicate;
    }

    /// Reads a payload back.
    ///
    /// @throws InvalidInput if it is not exactly what {@link #payload()} gives
    static Grant parse(byte[] payload) {
        String text = utf8(payload);
        Fields statement = new Fields("grant", StrictJson.object("grant", text, MAX_CHARACTERS));
        if (!STATEMENT_TYPE.equals(statement.text("_type"))
                || !TYPES.contains(statement.text("predicateType"))) {
            throw refusal("it is no statement of one of the types " + String.join(", ", TYPES));
        }
        Fields predicate = statement.object("predicate");
        Fields rendering = predicate.object("rendering");
        Fields site = predicate.object("site");
        Grant grant =
                new Grant(
                        new ApprovalId(predicate.text("id")),
                        ApprovedManifest.parse(predicate.text("manifest")),
                        new Digest(predicate.text("verdicts")),
                        new Digest(rendering.text("digest")),
                        rendering.text("version"),
                        Math.toIntExact(Math.min(predicate.number("quorum"), 1_000)),
                        site(site),
                        predicate.instant("notBefore"),
                        predicate.instant("executeBy"),
                        predicate.instant("issuedAt"),
                        predicate.objects("decisions").stream().map(Grant::approved).toList(),
                        checkpoint(predicate.textIfPresent("checkpoint")),
                        predicate.has("breakGlass")
                                ? approved(predicate.object("breakGlass"))
                                : null);
        // Whatever is missing, added or at odds with the manifest differs here.
        if (!Canonical.text(grant.statement()).equals(text)) {
            throw refusal("its parts do not fit each other, or it is not in canonical form");
        }
        if (grant.type().equals(BATCH_TYPE) && !grant.proven()) {
            throw refusal("it was signed together with others and holds no proof of the log");
        }
        return grant;
    }

    private static @Nullable SignedCheckpoint checkpoint(@Nullable String note) {
        return note == null ? null : SignedCheckpoint.parse(note);
    }

    /// The checkpoint in a grant, whoever signed the grant: the log's own signature is in it.
    ///
    /// @throws InvalidInput if it is no grant
    public static Optional<SignedCheckpoint> checkpointIn(String envelope) {
        return Optional.ofNullable(parse(Envelope.parse(envelope).payload()).checkpoint());
    }

    private static RelyingParty site(Fields site) {
        try {
            return new RelyingParty(
                    site.text("id"), site.text("name"), Set.copyOf(site.texts("origins")));
        } catch (IllegalArgumentException e) {
            throw refusal("its site is not usable");
        }
    }

    private static Approved approved(Fields decision) {
        Fields log = decision.object("log");
        return new Approved(
                PersonId.parse(decision.text("approver")),
                decision.base64("publicKey"),
                decision.text("challenge"),
                new Assertion(
                        decision.base64("credential"),
                        decision.base64("authenticatorData"),
                        decision.base64("clientDataJSON"),
                        decision.base64("signature")),
                decision.instant("decidedAt"),
                new LogProof(
                        log.number("sequence"),
                        new Digest(log.text("leafHash")),
                        new Digest(log.text("chainHash")),
                        included(log)),
                decision.has("batch") ? BatchProof.of(decision.object("batch")) : null);
    }

    private static LogProof.@Nullable Included included(Fields log) {
        if (!log.has("leaf")) {
            return null;
        }
        List<String> hashes = log.texts("inclusion");
        if (hashes.size() > LogProof.MAX_HASHES) {
            throw refusal("a proof of the log has more hashes than a tree is deep");
        }
        return new LogProof.Included(log.text("leaf"), hashes.stream().map(Digest::new).toList());
    }

    private static String utf8(byte[] payload) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload)).toString();
        } catch (CharacterCodingException e) {
            throw refusal("its payload is no UTF-8");
        }
    }

    private static InvalidInput refusal(String problem) {
        return new InvalidInput("grant", problem, "Use the grant as it was downloaded.");
    }
}
