package dev.devopspack.identity;

import dev.devopspack.change.StrictJson;
import dev.devopspack.task.InvalidInput;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/// Reads what `PublicKeyCredential.toJSON()` of a browser gives.
public final class BrowserAnswers {

    /// An attestation with its certificates has a few kilobytes; ours have none.
    private static final int MAX_CHARACTERS = 64 * 1_024;

    private static final String MEND = "Send what PublicKeyCredential.toJSON() returns.";

    private BrowserAnswers() {}

    /// @throws InvalidInput if it is no assertion
    public static Assertion assertion(String json) {
        Map<String, Object> credential = StrictJson.object("assertion", json, MAX_CHARACTERS);
        Map<?, ?> response = response(credential, "assertion");
        return new Assertion(
                base64("assertion", credential, "id"),
                base64("assertion", response, "authenticatorData"),
                base64("assertion", response, "clientDataJSON"),
                base64("assertion", response, "signature"));
    }

    static Attestation attestation(String json) {
        Map<String, Object> credential = StrictJson.object("registration", json, MAX_CHARACTERS);
        Map<?, ?> response = response(credential, "registration");
        return new Attestation(
                base64("registration", response, "attestationObject"),
                base64("registration", response, "clientDataJSON"));
    }

    /// The challenge that the client data names: by it the open ceremony is found. Nothing is
    /// believed of it before the signature was checked against the stored one.
    public static String challenge(String clientDataJson) {
        String text =
                new String(Base64.getUrlDecoder().decode(clientDataJson), StandardCharsets.UTF_8);
        Map<String, Object> data = StrictJson.object("clientDataJSON", text, MAX_CHARACTERS);
        return base64("clientDataJSON", data, "challenge");
    }

    private static Map<?, ?> response(Map<String, Object> credential, String what) {
        if (credential.get("response") instanceof Map<?, ?> response) {
            return response;
        }
        throw new InvalidInput(what, "it has no member 'response'", MEND);
    }

    private static String base64(String what, Map<?, ?> map, String name) {
        if (map.get(name) instanceof String text && canonical(text)) {
            return text;
        }
        throw new InvalidInput(what, "'" + name + "' is missing or is no base64url", MEND);
    }

    private static boolean canonical(String text) {
        try {
            return Secrets.base64(Base64.getUrlDecoder().decode(text)).equals(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
