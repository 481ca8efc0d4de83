package dev.devopspack.approval.secret;

import dev.devopspack.identity.Secrets;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A value that was made here: bytes in one array, which is overwritten when it is closed. It is
/// never a string.
final class MadeValue implements AutoCloseable {

    private static final byte[] ALPHABET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                    .getBytes(StandardCharsets.US_ASCII);

    private static final String DOMAIN = "devops-pack/secret-commitment/v1\0";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] bytes;

    private MadeValue(byte[] bytes) {
        this.bytes = bytes;
    }

    /// @param length in characters, each equally likely
    static MadeValue random(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = ALPHABET[RANDOM.nextInt(ALPHABET.length)];
        }
        return new MadeValue(bytes);
    }

    /// @param bytes are overwritten when it is closed
    static MadeValue of(byte[] bytes) {
        return new MadeValue(bytes);
    }

    /// For whoever seals it; not to be kept.
    byte[] bytes() {
        return bytes;
    }

    /// HMAC-SHA256, keyed with the salt, over the domain tag, the reference, a zero byte, the
    /// version in decimal, a zero byte and the value.
    ///
    /// @return 64 hexadecimal digits
    String commitment(byte[] salt, SecretName secret, int version) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(salt, "HmacSHA256"));
            mac.update(
                    (DOMAIN + secret.reference() + "\0" + version + "\0")
                            .getBytes(StandardCharsets.UTF_8));
            mac.update(bytes);
            return HexFormat.of().formatHex(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HMAC-SHA256", e);
        }
    }

    static byte[] salt(Secrets secrets) {
        return secrets.bytes32();
    }

    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public String toString() {
        return "MadeValue[" + bytes.length + "]";
    }
}
