package dev.devopspack.approval.secret;

import dev.devopspack.change.Digest;
import dev.devopspack.task.InvalidInput;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPublicKeySpec;

/// The holder of an age identity.
///
/// @param key for example `age1…`: 32 bytes of X25519 in Bech32
public record AgeRecipient(String name, String key) implements Recipient {

    private static final String PREFIX = "age";
    private static final int KEY_LENGTH = 32;

    public AgeRecipient {
        raw(key);
    }

    @Override
    public String fingerprint() {
        return Digest.of(raw(key)).value();
    }

    @Override
    public String kind() {
        return "age";
    }

    @Override
    public SecretFile seal(SecretName secret, int version, byte[] value) {
        return new SecretFile(
                secret.name() + ".age", "application/age-encryption", AgeFile.seal(value, this));
    }

    byte[] raw() {
        return raw(key);
    }

    PublicKey publicKey() throws GeneralSecurityException {
        byte[] little = raw();
        byte[] big = new byte[KEY_LENGTH];
        for (int i = 0; i < KEY_LENGTH; i++) {
            big[i] = little[KEY_LENGTH - 1 - i];
        }
        // The highest bit is not part of the coordinate (RFC 7748).
        big[0] &= 0x7f;
        return KeyFactory.getInstance("X25519")
                .generatePublic(
                        new XECPublicKeySpec(NamedParameterSpec.X25519, new BigInteger(1, big)));
    }

    private static byte[] raw(String key) {
        byte[] raw = Bech32.decode(PREFIX, key);
        if (raw.length != KEY_LENGTH) {
            throw new InvalidInput(
                    "age", "this is no recipient of age", "Use what age-keygen prints: age1….");
        }
        return raw;
    }
}
