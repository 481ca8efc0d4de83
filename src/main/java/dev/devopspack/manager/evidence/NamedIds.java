package dev.devopspack.manager.evidence;

import dev.devopspack.change.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/// UUIDs that follow from what they name (version 5), so that the same evidence has the same ones.
///
/// @param changeSet whose evidence it is: the beginning of every name
record NamedIds(Digest changeSet) {

    /// Our own name space, made once.
    private static final UUID SPACE = UUID.fromString("8c0f1a52-5a43-4c1b-9d0e-6f2b7f3f1d10");

    /// @param name for example `result cis-aws`
    String of(String name) {
        byte[] hash = sha1(changeSet.value() + "\n" + name);
        ByteBuffer bits = ByteBuffer.wrap(hash);
        long high = (bits.getLong() & ~0xF000L) | 0x5000L;
        long low = (bits.getLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        return new UUID(high, low).toString();
    }

    /// RFC 9562 asks for SHA-1 here; nothing rests on its strength.
    private static byte[] sha1(String name) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            digest.update(
                    ByteBuffer.allocate(16)
                            .putLong(SPACE.getMostSignificantBits())
                            .putLong(SPACE.getLeastSignificantBits())
                            .array());
            return digest.digest(name.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
