package dev.devopspack.approval;

import dev.devopspack.change.Canonical;
import dev.devopspack.change.Digest;
import dev.devopspack.change.StrictJson;
import dev.devopspack.identity.PersonId;
import dev.devopspack.task.Environment;
import dev.devopspack.task.InvalidInput;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What a person's passkey signs: challenge format v1 (see `docs/formats/challenge.md`).
///
/// @param request the approval request
/// @param digest of the change set's manifest
/// @param verdicts the digest of the other gates' verdicts
/// @param rendering the digest of the exact text that was shown
/// @param uses how often the grant may be used: always 1
/// @param notBefore the grant may be used from then on, to the second
/// @param executeBy the grant may be used before then, to the second
/// @param policy the digest of the approval policy
/// @param nonce 32 random bytes of the server, base64url
public record Challenge(
        ApprovalId request,
        Digest digest,
        Digest verdicts,
        Digest rendering,
        Decision.Choice decision,
        Environment environment,
        PersonId approver,
        long uses,
        Instant notBefore,
        Instant executeBy,
        Digest policy,
        String nonce) {

    private static final byte[] DOMAIN =
            "devops-pack/approval-decision/v1\0".getBytes(StandardCharsets.US_ASCII);

    private static final Set<String> FIELDS =
            Set.of(
                    "request",
                    "digest",
                    "verdicts",
                    "rendering",
                    "decision",
                    "environment",
                    "approver",
                    "uses",
                    "notBefore",
                    "executeBy",
                    "policy",
                    "nonce");

    /// Twelve short fields.
    private static final int MAX_CHARACTERS = 4_000;

    public Challenge {
        notBefore = notBefore.truncatedTo(ChronoUnit.SECONDS);
        executeBy = executeBy.truncatedTo(ChronoUnit.SECONDS);
    }

    /// The canonical text.
    public String text() {
        return Canonical.text(
                Map.ofEntries(
                        Map.entry("request", request.value()),
                        Map.entry("digest", digest.value()),
                        Map.entry("verdicts", verdicts.value()),
                        Map.entry("rendering", rendering.value()),
                        Map.entry("decision", decision.name().toLowerCase(Locale.ROOT)),
                        Map.entry("environment", environment.value()),
                        Map.entry("approver", approver.toString()),
                        Map.entry("uses", uses),
                        Map.entry("notBefore", notBefore.toString()),
                        Map.entry("executeBy", executeBy.toString()),
                        Map.entry("policy", policy.value()),
                        Map.entry("nonce", nonce)));
    }

    /// The 32 bytes that the authenticator signs: SHA-256 of the domain tag and the canonical text.
    public byte[] hash() {
        MessageDigest sha256 = Digest.sha256();
        sha256.update(DOMAIN);
        return sha256.digest(text().getBytes(StandardCharsets.UTF_8));
    }

    /// Reads a canonical text back.
    ///
    /// @throws InvalidInput if it is not exactly what {@link #text()} gives
    static Challenge parse(String text) {
        Map<String, Object> map = StrictJson.object("challenge", text, MAX_CHARACTERS);
        if (!map.keySet().equals(FIELDS) || !(map.get("uses") instanceof Long uses)) {
            throw refusal("its fields are not those of format v1");
        }
        Challenge challenge =
                new Challenge(
                        new ApprovalId(string(map, "request")),
                        new Digest(string(map, "digest")),
                        new Digest(string(map, "verdicts")),
                        new Digest(string(map, "rendering")),
                        choice(string(map, "decision")),
                        new Environment(string(map, "environment")),
                        PersonId.parse(string(map, "approver")),
                        uses,
                        instant(string(map, "notBefore")),
                        instant(string(map, "executeBy")),
                        new Digest(string(map, "policy")),
                        string(map, "nonce"));
        if (!challenge.text().equals(text)) {
            throw refusal("it is not in canonical form");
        }
        return challenge;
    }

    private static Decision.Choice choice(String text) {
        return switch (text) {
            case "approve" -> Decision.Choice.APPROVE;
            case "deny" -> Decision.Choice.DENY;
            default -> throw refusal("its decision is neither approve nor deny");
        };
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw refusal("one of its times is not of the form 2026-11-23T10:00:00Z");
        }
    }

    private static String string(Map<String, Object> map, String name) {
        if (map.get(name) instanceof String text) {
            return text;
        }
        throw refusal("its field '" + name + "' is no string");
    }

    private static InvalidInput refusal(String problem) {
        return new InvalidInput("challenge", problem, "Use the document as it was signed.");
    }
}
