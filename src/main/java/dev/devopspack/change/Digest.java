package dev.devopspack.change;

import dev.devopspack.task.InvalidInput;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// A SHA-256 digest, written `sha256:` and 64 lower-case hexadecimal digits.
public record Digest(String value) implements Comparable<Digest> {

    private static final Pattern SHAPE = Pattern.compile("sha256:[0-9a-f]{64}");

    public Digest {
        if (!SHAPE.matcher(value).matches()) {
            throw new InvalidInput(
                    "digest",
                    "the digest is not of the form sha256:HEX",
                    "Use sha256: and 64 lower-case hexadecimal digits.");
        }
    }

    public static Digest of(byte[] bytes) {
        return ofHash(sha256().digest(bytes));
    }

    /// The digest of a text's UTF-8 form.
    public static Digest of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /// @param hash the 32 bytes of a SHA-256 hash
    public static Digest ofHash(byte[] hash) {
        return new Digest("sha256:" + HexFormat.of().formatHex(hash));
    }

    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// The 64 hexadecimal digits alone.
    public String hex() {
        return value.substring("sha256:".length());
    }

    public byte[] bytes() {
        return HexFormat.of().parseHex(hex());
    }

    @Override
    public int compareTo(Digest other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
