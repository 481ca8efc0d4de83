package dev.devopspack.approval.enforcement;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A secret that this server shares with one that asks it. Never shown.
public final class Secret {

    private final byte[] bytes;

    public Secret(String text) {
        this.bytes = text.getBytes(StandardCharsets.UTF_8);
    }

    /// Whether this is the secret, in a time that says nothing about it.
    public boolean is(String shown) {
        // Hashes of equal length: not even the secret's length is told.
        return MessageDigest.isEqual(
                hmac("HmacSHA256", shown.getBytes(StandardCharsets.UTF_8)),
                hmac("HmacSHA256", bytes));
    }

    /// Whether the message was signed with this secret.
    ///
    /// @param algorithm `HmacSHA256` or `HmacSHA512`
    /// @param hex the signature in hexadecimal digits, as it came
    public boolean signed(String algorithm, byte[] message, String hex) {
        byte[] shown;
        try {
            shown = HexFormat.of().parseHex(hex);
        } catch (IllegalArgumentException e) {
            return false;
        }
        return MessageDigest.isEqual(hmac(algorithm, message), shown);
    }

    /// The secret itself, to be sent to whom it belongs.
    public String reveal() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private byte[] hmac(String algorithm, byte[] message) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(bytes, algorithm));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }

    @Override
    public String toString() {
        return "Secret";
    }
}
