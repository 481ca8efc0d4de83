package dev.devopspack.identity.workload;

import dev.devopspack.change.StrictJson;
import dev.devopspack.identity.Secrets;
import dev.devopspack.task.InvalidInput;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
