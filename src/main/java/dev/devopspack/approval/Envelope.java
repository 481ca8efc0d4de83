package dev.devopspack.approval;

import dev.devopspack.change.Canonical;
import dev.devopspack.change.StrictJson;
import dev.devopspack.task.InvalidInput;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A DSSE envelope: a payload and signatures over its type and bytes.
record Envelope(byte[] payload, List<Signed> signatures) {

    static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";

    /// A change set's 2,000 files with their manifest twice over, in base64.
    private static final int MAX_CHARACTERS = 8 * 1_024 * 1_024;

    private static final int MAX_SIGNATURES = 8;

    record Signed(String keyId, byte[] signature) {}

    static Envelope sign(byte[] payload, SigningKeys keys) {
        return signed(payload, keys.sign(encoded(payload)));
    }

    /// One envelope for each, in their order.
    static List<Envelope> signAll(List<byte[]> payloads, SigningKeys keys) {
        List<SigningKeys.Signed> signed =
                keys.signAll(payloads.stream().map(Envelope::encoded).toList());
        List<Envelope> envelopes = new ArrayList<>();
        for (int i = 0; i < payloads.size(); i++) {
            envelopes.add(signed(payloads.get(i), signed.get(i)));
        }
        return envelopes;
    }

    private static Envelope signed(byte[] payload, SigningKeys.Signed signed) {
        return new Envelope(payload, List.of(new Signed(signed.keyId(), signed.signature())));
    }

    /// The bytes that are signed: DSSE's pre-authentication encoding of type and payload.
    static byte[] encoded(byte[] payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(payload.length + 64);
        String head =
                "DSSEv1 " + PAYLOAD_TYPE.length() + " " + PAYLOAD_TYPE + " " + payload.length + " ";
        out.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(payload);
        return out.toByteArray();
    }

    String text() {
        return Canonical.text(
                Map.of(
                        "payloadType", PAYLOAD_TYPE,
                        "payload", Base64.getEncoder().encodeToString(payload),
                        "signatures",
                                signatures.stream()
                                        .map(signed ->
                                                Map.of(
                                                        "keyid",
                                                        signed.keyId(),
                                                        "sig",
                                                        Base64.getEncoder()
                                                                .encodeToString(
                                                                        signed.signature())))
                                        .toList()));
    }

    /// @throws InvalidInput if it is no envelope of this payload type
    static Envelope parse(String text) {
        Map<String, Object> map = StrictJson.object("grant", text, MAX_CHARACTERS);
        if (!PAYLOAD_TYPE.equals(map.get("payloadType"))) {
            throw refusal("its payload type is not " + PAYLOAD_TYPE);
        }
        if (!(map.get("signatures") instanceof List<?> list)
                || list.isEmpty()
                || list.size() > MAX_SIGNATURES) {
            throw refusal("it holds no signatures, or too many");
        }
        List<Signed> signatures = new ArrayList<>();
        for (Object entry : list) {
            if (!(entry instanceof Map<?, ?> signed)
                    || !(signed.get("keyid") instanceof String keyId)) {
                throw refusal("a signature names no key");
            }
            signatures.add(new Signed(keyId, base64(signed.get("sig"))));
        }
        return new Envelope(base64(map.get("payload")), signatures);
    }

    private static byte[] base64(@Nullable Object value) {
        if (value instanceof String text) {
            try {
                byte[] bytes = Base64.getDecoder().decode(text);
                // The decoder takes more than one text for the same bytes; one is enough.
                if (Base64.getEncoder().encodeToString(bytes).equals(text)) {
                    return bytes;
                }
            } catch (IllegalArgumentException e) {
                throw refusal("its payload or a signature is no base64");
            }
        }
        throw refusal("its payload or a signature is no base64");
    }

    private static InvalidInput refusal(String problem) {
        return new InvalidInput("grant", problem, "Use the grant as it was downloaded.");
    }
}
