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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A grant as an in-toto statement in canonical form, written and read back. What is read must be
/// exactly what would be written: nothing missing, added or at odds with the manifest.
final class GrantDocument {

    /// A change set's 2,000 files with their manifest, and ten decisions.
    private static final int MAX_CHARACTERS = 6 * 1_024 * 1_024;

    private GrantDocument() {}

    static byte[] bytes(Grant grant) {
        return Canonical.bytes(statement(grant));
    }

    /// The statement as plain values.
    static Map<String, Object> statement(Grant grant) {
        return Map.of(
                "_type",
                Grant.STATEMENT_TYPE,
                "subject",
                subjects(grant.manifest()),
                "predicateType",
                grant.type(),
                "predicate",
                predicate(grant));
    }

    private static List<Object> subjects(ApprovedManifest manifest) {
        List<Object> subjects = new ArrayList<>();
        manifest.files().forEach((name, digest) -> subjects.add(subject(name, digest)));
        Digest plan = manifest.planFile();
        if (plan != null) {
            subjects.add(subject(Grant.PLAN_SUBJECT, plan));
        }
        return subjects;
    }

    private static Map<String, Object> subject(String name, Digest digest) {
        return Map.of("name", name, "digest", Map.of("sha256", digest.hex()));
    }

    private static Map<String, Object> predicate(Grant grant) {
        ApprovedManifest manifest = grant.manifest();
        RelyingParty site = grant.site();
        Map<String, Object> predicate = new TreeMap<>();
        predicate.put("id", grant.id().value());
        predicate.put("digest", grant.digest().value());
        predicate.put("manifest", manifest.text());
        predicate.put("environment", manifest.environment().value());
        predicate.put("stack", manifest.stack().value());
        predicate.put("policy", manifest.policy().value());
        predicate.put("verdicts", grant.verdicts().value());
        predicate.put(
                "rendering",
                Map.of("digest", grant.rendering().value(), "version", grant.renderer()));
        predicate.put("quorum", grant.quorum());
        predicate.put("uses", 1);
        predicate.put("notBefore", grant.notBefore().toString());
        predicate.put("executeBy", grant.executeBy().toString());
        predicate.put("issuedAt", grant.issuedAt().toString());
        predicate.put(
                "site",
                Map.of(
                        "id", site.id(),
                        "name", site.name(),
                        "origins", List.copyOf(site.sortedOrigins())));
        predicate.put(
                "decisions", grant.decisions().stream().map(GrantDocument::decision).toList());
        SignedCheckpoint checkpoint = grant.checkpoint();
        if (checkpoint != null) {
            predicate.put("checkpoint", checkpoint.note());
        }
        Grant.Approved breakGlass = grant.breakGlass();
        if (breakGlass != null) {
            predicate.put("breakGlass", decision(breakGlass));
        }
        return predicate;
    }

    private static Map<String, Object> decision(Grant.Approved approved) {
        Assertion assertion = approved.assertion();
        Map<String, Object> document = new TreeMap<>();
        document.put("approver", approved.approver().toString());
        document.put("credential", assertion.credentialId());
        document.put("publicKey", approved.publicKey());
        document.put("challenge", approved.challenge());
        document.put("authenticatorData", assertion.authenticatorData());
        document.put("clientDataJSON", assertion.clientDataJson());
        document.put("signature", assertion.signature());
        document.put("decidedAt", approved.decidedAt().toString());
        document.put("log", log(approved.log()));
        BatchProof batch = approved.batch();
        if (batch != null) {
            document.put("batch", batch.document());
        }
        return document;
    }

    private static Map<String, Object> log(LogProof log) {
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

    /// @throws InvalidInput if it is not exactly what {@link #bytes} gives
    static Grant parse(byte[] payload) {
        String text = utf8(payload);
        Fields statement = new Fields("grant", StrictJson.object("grant", text, MAX_CHARACTERS));
        if (!Grant.STATEMENT_TYPE.equals(statement.text("_type"))
                || !Grant.TYPES.contains(statement.text("predicateType"))) {
            throw refusal(
                    "it is no statement of one of the types " + String.join(", ", Grant.TYPES));
        }
        Grant grant = grant(statement.object("predicate"));
        // Whatever is missing, added or at odds with the manifest differs here.
        if (!Canonical.text(statement(grant)).equals(text)) {
            throw refusal("its parts do not fit each other, or it is not in canonical form");
        }
        if (grant.type().equals(Grant.BATCH_TYPE) && !grant.proven()) {
            throw refusal("it was signed together with others and holds no proof of the log");
        }
        return grant;
    }

    private static Grant grant(Fields predicate) {
        Fields rendering = predicate.object("rendering");
        return new Grant(
                new ApprovalId(predicate.text("id")),
                ApprovedManifest.parse(predicate.text("manifest")),
                new Digest(predicate.text("verdicts")),
                new Digest(rendering.text("digest")),
                rendering.text("version"),
                Math.toIntExact(Math.min(predicate.number("quorum"), 1_000)),
                site(predicate.object("site")),
                predicate.instant("notBefore"),
                predicate.instant("executeBy"),
                predicate.instant("issuedAt"),
                predicate.objects("decisions").stream().map(GrantDocument::approved).toList(),
                checkpoint(predicate.textIfPresent("checkpoint")),
                predicate.has("breakGlass") ? approved(predicate.object("breakGlass")) : null);
    }

    private static @Nullable SignedCheckpoint checkpoint(@Nullable String note) {
        return note == null ? null : SignedCheckpoint.parse(note);
    }

    private static RelyingParty site(Fields site) {
        try {
            return new RelyingParty(
                    site.text("id"), site.text("name"), Set.copyOf(site.texts("origins")));
        } catch (IllegalArgumentException e) {
            throw refusal("its site is not usable");
        }
    }

    private static Grant.Approved approved(Fields decision) {
        Fields log = decision.object("log");
        return new Grant.Approved(
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
