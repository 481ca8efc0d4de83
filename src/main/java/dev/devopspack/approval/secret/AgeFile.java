package dev.devopspack.approval.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.XECPublicKey;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Writes a file that one holder of an age identity can open: age v1, armored, one X25519
/// recipient, one chunk.
///
/// See [the format](https://age-encryption.org/v1).
final class AgeFile {

    private static final String VERSION = "age-encryption.org/v1";

    /// What fits in the one chunk that we write.
    static final int MAX_BYTES = 64 * 1_024;

    private static final int KEY = 32;
    private static final int FILE_KEY = 16;
    private static final int NONCE = 16;
    private static final int CHUNK_NONCE = 12;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder BASE64 = Base64.getEncoder().withoutPadding();
    private static final Base64.Encoder ARMOR =
            Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

    private AgeFile() {}

    static String seal(byte[] value, AgeRecipient to) {
        if (value.length > MAX_BYTES) {
            throw new IllegalArgumentException("the value is longer than " + MAX_BYTES);
        }
        byte[] fileKey = new byte[FILE_KEY];
        RANDOM.nextBytes(fileKey);
        try {
            byte[] header = header(fileKey, to);
            byte[] nonce = new byte[NONCE];
            RANDOM.nextBytes(nonce);
            byte[] payload = payload(fileKey, nonce, value);
            byte[] file = Arrays.copyOf(header, header.length + NONCE + payload.length);
            System.arraycopy(nonce, 0, file, header.length, NONCE);
            System.arraycopy(payload, 0, file, header.length + NONCE, payload.length);
            return "-----BEGIN AGE ENCRYPTED FILE-----\n"
                    + ARMOR.encodeToString(file)
                    + "\n-----END AGE ENCRYPTED FILE-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("nothing can be sealed to '" + to.name() + "'", e);
        } finally {
            Arrays.fill(fileKey, (byte) 0);
        }
    }

    private static byte[] header(byte[] fileKey, AgeRecipient to) throws GeneralSecurityException {
        KeyPair ephemeral = KeyPairGenerator.getInstance("X25519").generateKeyPair();
        byte[] share = raw((XECPublicKey) ephemeral.getPublic());
        KeyAgreement agreement = KeyAgreement.getInstance("X25519");
        agreement.init(ephemeral.getPrivate());
        agreement.doPhase(to.publicKey(), true);
        byte[] shared = agreement.generateSecret();
        byte[] salt = Arrays.copyOf(share, KEY * 2);
        System.arraycopy(to.raw(), 0, salt, KEY, KEY);
        byte[] wrapKey = derive(shared, salt, VERSION + "/X25519");
        byte[] wrapped = encrypt(wrapKey, new byte[CHUNK_NONCE], fileKey);
        Arrays.fill(shared, (byte) 0);
        Arrays.fill(wrapKey, (byte) 0);
        String text =
                VERSION
                        + "\n-> X25519 "
                        + BASE64.encodeToString(share)
                        + "\n"
                        + BASE64.encodeToString(wrapped)
                        + "\n---";
        byte[] macKey = derive(fileKey, new byte[0], "header");
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(macKey, "HmacSHA256"));
        byte[] sum = mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
        Arrays.fill(macKey, (byte) 0);
        return (text + " " + BASE64.encodeToString(sum) + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] payload(byte[] fileKey, byte[] nonce, byte[] value)
            throws GeneralSecurityException {
        byte[] key = derive(fileKey, nonce, "payload");
        byte[] chunk = new byte[CHUNK_NONCE];
        chunk[CHUNK_NONCE - 1] = 1; // the first chunk is the last one
        try {
            return encrypt(key, chunk, value);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static byte[] encrypt(byte[] key, byte[] nonce, byte[] text)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("ChaCha20-Poly1305");
        cipher.init(
                Cipher.ENCRYPT_MODE,
                new SecretKeySpec(key, "ChaCha20"),
                new IvParameterSpec(nonce));
        return cipher.doFinal(text);
    }

    private static byte[] derive(byte[] key, byte[] salt, String info)
            throws GeneralSecurityException {
        return KDF.getInstance("HKDF-SHA256")
                .deriveData(
                        HKDFParameterSpec.ofExtract()
                                .addIKM(key)
                                .addSalt(salt)
                                .thenExpand(info.getBytes(StandardCharsets.US_ASCII), KEY));
    }

    /// The coordinate as 32 bytes, the lowest first.
    private static byte[] raw(XECPublicKey key) {
        byte[] big = key.getU().toByteArray();
        byte[] little = new byte[KEY];
        for (int i = 0; i < Math.min(big.length, KEY); i++) {
            little[i] = big[big.length - 1 - i];
        }
        return little;
    }
}
