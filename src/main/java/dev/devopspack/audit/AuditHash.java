package dev.devopspack.audit;

import dev.devopspack.change.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The hashes of the log, format v1.
public final class AuditHash {

    /// What the first entry is chained to.
    public static final Digest BEGINNING = Digest.ofHash(new byte[32]);

    /// The length of the salt of a personal field.
    public static final int SALT_BYTES = 32;

    private static final String COMMITMENT = "hmac-sha256:";

    private AuditHash() {}

    /// RFC 6962: the byte 0 and the leaf's UTF-8 bytes.
    public static Digest leaf(String leaf) {
        return leaf(leaf.getBytes(StandardCharsets.UTF_8));
    }

    static Digest leaf(byte[] leaf) {
        MessageDigest sha256 = Digest.sha256();
        sha256.update((byte) 0);
        return Digest.ofHash(sha256.digest(leaf));
    }

    /// The previous entry's chain hash, the sequence number as eight bytes, most significant first,
    /// and the leaf hash.
    public static Digest chain(Digest previous, long sequence, Digest leafHash) {
        MessageDigest sha256 = Digest.sha256();
        sha256.update(previous.bytes());
        sha256.update(ByteBuffer.allocate(Long.BYTES).putLong(sequence).array());
        return Digest.ofHash(sha256.digest(leafHash.bytes()));
    }

    /// An inner node of the Merkle tree (RFC 6962): the byte 1, the left hash and the right one.
    static Digest node(Digest left, Digest right) {
        MessageDigest sha256 = Digest.sha256();
        sha256.update((byte) 1);
        sha256.update(left.bytes());
        return Digest.ofHash(sha256.digest(right.bytes()));
    }

    /// What the leaf says of a personal field: HMAC-SHA256 with the salt as its key over the
    /// field's name, a zero byte and the value, in UTF-8.
    public static String commitment(byte[] salt, String field, String value) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(salt, "HmacSHA256"));
            mac.update(field.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            byte[] hash = mac.doFinal(value.getBytes(StandardCharsets.UTF_8));
            return COMMITMENT + HexFormat.of().formatHex(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
