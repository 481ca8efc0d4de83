package dev.devopspack.adapter.notify;

import dev.devopspack.change.Digest;
import dev.devopspack.manager.notice.NoticeKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/// The headers by which a receiver knows that a request is ours and unchanged: RFC 9421 with
/// Ed25519 over the method, the address, the type and the digest (RFC 9530) of the body.
final class MessageSignature {

    private static final String LABEL = "devops-pack";

    private static final String COMPONENTS =
            "(\"@method\" \"@target-uri\" \"content-type\" \"content-digest\")";

    private MessageSignature() {}

    /// @param target as {@link Target#uri} gives it
    static Map<String, String> headers(
            String target, String contentType, byte[] body, Instant now, NoticeKey key) {
        String digest =
                "sha-256=:" + Base64.getEncoder().encodeToString(Digest.of(body).bytes()) + ":";
        String parameters =
                COMPONENTS
                        + ";created="
                        + now.getEpochSecond()
                        + ";keyid=\""
                        + key.currentKeyId()
                        + "\";alg=\"ed25519\"";
        String base =
                "\"@method\": POST\n"
                        + "\"@target-uri\": "
                        + target
                        + "\n\"content-type\": "
                        + contentType
                        + "\n\"content-digest\": "
                        + digest
                        + "\n\"@signature-params\": "
                        + parameters;
        byte[] signature = key.sign(base.getBytes(StandardCharsets.UTF_8));
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", contentType);
        headers.put("Content-Digest", digest);
        headers.put("Signature-Input", LABEL + "=" + parameters);
        headers.put(
                "Signature", LABEL + "=:" + Base64.getEncoder().encodeToString(signature) + ":");
        return headers;
    }
}
