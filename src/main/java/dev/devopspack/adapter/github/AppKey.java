package dev.devopspack.adapter.github;

import dev.devopspack.identity.Secrets;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;

/// The private key of a GitHub App: makes the short-lived tokens with which the App asks for an
/// installation's token.
///
/// @see <a
///   href="https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app">
///   Generating a JSON Web Token for a GitHub App</a>
final class AppKey {

    /// GitHub takes at most ten minutes.
    private static final Duration VALID = Duration.ofMinutes(5);

    /// GitHub's clock may be behind ours.
    private static final Duration EARLIER = Duration.ofSeconds(60);

    /// What stands before the key itself in PKCS #8: version 0 and the algorithm rsaEncryption.
    private static final byte[] RSA_VERSION_AND_ALGORITHM =
            HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

    private final PrivateKey key;

    private AppKey(PrivateKey key) {
        this.key = key;
    }

    /// @param pem as GitHub gives it (`RSA PRIVATE KEY`), or in PKCS #8 (`PRIVATE KEY`)
    static AppKey parse(String pem) {
        boolean plain = pem.contains("-----BEGIN RSA PRIVATE KEY-----");
        String body = pem.replaceAll("-----[A-Z ]{1,40}-----", "").replaceAll("\\s", "");
        try {
            byte[] der = Base64.getDecoder().decode(body);
            byte[] pkcs8 = plain ? wrapped(der) : der;
            return new AppKey(
                    KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    "the private key of the GitHub App is no RSA key in PEM form", e);
        }
    }

    private static byte[] wrapped(byte[] key) {
        ByteArrayOutputStream inner = new ByteArrayOutputStream();
        inner.writeBytes(RSA_VERSION_AND_ALGORITHM);
        inner.write(0x04);
        inner.writeBytes(length(key.length));
        inner.writeBytes(key);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0x30);
        out.writeBytes(length(inner.size()));
        out.writeBytes(inner.toByteArray());
        return out.toByteArray();
    }

    /// A length in DER of something that is longer than 255 bytes, as every RSA key is.
    private static byte[] length(int length) {
        return new byte[] {(byte) 0x82, (byte) (length >> 8), (byte) length};
    }

    String token(String app, Instant now) {
        String message =
                encoded("{\"alg\":\"RS256\",\"typ\":\"JWT\"}")
                        + "."
                        + encoded(
                                "{\"iat\":%d,\"exp\":%d,\"iss\":\"%s\"}"
                                        .formatted(
                                                now.minus(EARLIER).getEpochSecond(),
                                                now.plus(VALID).getEpochSecond(),
                                                app));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(message.getBytes(StandardCharsets.US_ASCII));
            return message + "." + Secrets.base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the App's key cannot sign", e);
        }
    }

    private static String encoded(String json) {
        return Secrets.base64(json.getBytes(StandardCharsets.UTF_8));
    }
}
