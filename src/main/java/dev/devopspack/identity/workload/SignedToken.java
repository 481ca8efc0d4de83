package dev.devopspack.identity.workload;

import dev.devopspack.change.StrictJson;
import dev.devopspack.identity.Secrets;
import dev.devopspack.task.InvalidInput;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An identity token as it came: a signed JSON document in compact form (RFC 7515). Nothing of it
/// is proven yet.
///
/// What a token says about where its key is (`jwk`, `jku`, `x5u`, `x5c`) is never looked at.
record SignedToken(
        String keyId,
        IssuerKey.Algorithm algorithm,
        Map<String, Object> claims,
        byte[] message,
        byte[] signature) {

    /// GitHub's and GitLab's tokens have one to three thousand characters.
    static final int MAX_CHARACTERS = 8 * 1_024;

    /// Machines' clocks differ by seconds where they are kept right.
    private static final Duration SKEW = Duration.ofSeconds(60);

    /// No platform gives a job's token for longer than the longest job, and one about a person that
    /// is worth something for longer than a day is a password.
    private static final Duration LONGEST = Duration.ofHours(24);

    /// The largest time that a token may name is in the year 9999.
    private static final long END_OF_TIME = 253_402_300_800L;

    /// What every signed JSON document in this form begins with: `{"` in base64.
    static final String BEGINNING = "eyJ";

    /// @throws InvalidInput if it is no signed token, or signed in a way that does not count
    static SignedToken parse(String text) {
        return parse(text, Set.of("jwt"));
    }

    /// @param types that its header may name, in small letters
    static SignedToken parse(String text, Set<String> types) {
        if (text.length() > MAX_CHARACTERS) {
            throw refusal("it is longer than " + MAX_CHARACTERS + " characters");
        }
        String[] parts = text.split("\\.", -1);
        if (parts.length != 3) {
            throw refusal("it has not three parts");
        }
        Map<String, Object> header = document("token's header", parts[0]);
        if (header.containsKey("crit")) {
            throw refusal("its header asks for an extension (crit)");
        }
        if (header.get("typ") instanceof String type
                && !types.contains(type.toLowerCase(Locale.ROOT))) {
            throw refusal("it is of another type than JWT");
        }
        if (!(header.get("kid") instanceof String keyId) || keyId.isEmpty()) {
            throw refusal("it names no key (kid)");
        }
        return new SignedToken(
                keyId,
                algorithm(header.get("alg")),
                document("token", parts[1]),
                (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII),
                bytes(parts[2]));
    }

    /// Why it is not proven by the issuer's key that it names; nothing where it is.
    Optional<String> unproven(Issuer issuer, IssuerKeys keys) {
        return switch (keys.find(issuer, keyId)) {
            case IssuerKeys.Found.Key found
                    when found.key().algorithm() == algorithm
                            && found.key().verifies(message, signature) ->
                    Optional.empty();
            case IssuerKeys.Found.Key _ ->
                    Optional.of("its signature does not fit the issuer's key");
            case IssuerKeys.Found.None none -> Optional.of(none.problem());
        };
    }

    /// Whether it was made for this audience, or for several with it.
    boolean isFor(String audience) {
        return switch (claims.get("aud")) {
            case String one -> one.equals(audience);
            case List<?> many -> many.contains(audience);
            case null, default -> false;
        };
    }

    /// Why it does not count at this time; nothing where it does.
    Optional<String> untimely(Instant now) {
        for (String name : List.of("iat", "exp", "nbf")) {
            boolean needed = !name.equals("nbf");
            if ((needed || claims.containsKey(name)) && time(name).isEmpty()) {
                return Optional.of("its claim '" + name + "' is missing or no time");
            }
        }
        Instant issuedAt = time("iat").orElseThrow();
        Instant expiresAt = time("exp").orElseThrow();
        Instant notBefore = time("nbf").orElse(issuedAt);
        if (!now.isBefore(expiresAt.plus(SKEW))) {
            return Optional.of("it expired at " + expiresAt);
        }
        if (now.plus(SKEW).isBefore(issuedAt) || now.plus(SKEW).isBefore(notBefore)) {
            return Optional.of("it is not valid yet");
        }
        return expiresAt.isAfter(issuedAt.plus(LONGEST))
                ? Optional.of("it is valid for longer than " + LONGEST.toHours() + " hours")
                : Optional.empty();
    }

    private Optional<Instant> time(String name) {
        return claims.get(name) instanceof Long seconds && seconds >= 0 && seconds < END_OF_TIME
                ? Optional.of(Instant.ofEpochSecond(seconds))
                : Optional.empty();
    }

    private static IssuerKey.Algorithm algorithm(@Nullable Object name) {
        for (IssuerKey.Algorithm algorithm : IssuerKey.Algorithm.values()) {
            if (algorithm.name().equals(name)) {
                return algorithm;
            }
        }
        throw refusal("its algorithm is none of " + List.of(IssuerKey.Algorithm.values()));
    }

    private static Map<String, Object> document(String what, String part) {
        try {
            String json =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes(part)))
                            .toString();
            return StrictJson.object(what, json, MAX_CHARACTERS);
        } catch (CharacterCodingException e) {
            throw refusal("it is no UTF-8");
        }
    }

    /// In the one way to write these bytes: else one token would have many texts.
    private static byte[] bytes(String part) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(part);
            if (Secrets.base64(bytes).equals(part)) {
                return bytes;
            }
        } catch (IllegalArgumentException _) {
            throw refusal("a part is no base64url");
        }
        throw refusal("a part is no base64url");
    }

    private static InvalidInput refusal(String problem) {
        return new InvalidInput(
                "token", problem, "Send the identity token as the pipeline's platform gave it.");
    }
}
