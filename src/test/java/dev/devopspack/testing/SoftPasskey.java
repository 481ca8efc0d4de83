package dev.devopspack.testing;

import dev.devopspack.change.Canonical;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Map;

/// An authenticator in software with one ES256 passkey. It does what a browser with an
/// authenticator does, and on request what a forger would try.
public final class SoftPasskey {

    public static final int USER_PRESENT = 0x01;
    public static final int USER_VERIFIED = 0x04;

    private static final int CREDENTIAL_INCLUDED = 0x40;

    private final KeyPair keys;
    private final byte[] id = new byte[16];

    public SoftPasskey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            keys = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        new SecureRandom().nextBytes(id);
    }

    public String credentialId() {
        return base64(id);
    }

    /// How an assertion is made: each field is what an honest browser puts in.
    public record Circumstances(
            String type, String origin, String rpId, int flags, long count, boolean crossOrigin) {

        public static Circumstances honest(String origin, String rpId) {
            return new Circumstances(
                    "webauthn.get", origin, rpId, USER_PRESENT | USER_VERIFIED, 0, false);
        }

        public Circumstances withOrigin(String other) {
            return new Circumstances(type, other, rpId, flags, count, crossOrigin);
        }

        public Circumstances withRpId(String other) {
            return new Circumstances(type, origin, other, flags, count, crossOrigin);
        }

        public Circumstances withFlags(int other) {
            return new Circumstances(type, origin, rpId, other, count, crossOrigin);
        }

        public Circumstances withType(String other) {
            return new Circumstances(other, origin, rpId, flags, count, crossOrigin);
        }

        public Circumstances withCount(long other) {
            return new Circumstances(type, origin, rpId, flags, other, crossOrigin);
        }

        public Circumstances withCrossOrigin() {
            return new Circumstances(type, origin, rpId, flags, count, true);
        }
    }

    /// What `navigator.credentials.create` gives, as JSON.
    public String register(String challenge, Circumstances how) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        data.writeBytes(authenticatorData(how, how.flags() | CREDENTIAL_INCLUDED));
        data.writeBytes(new byte[16]);
        data.writeBytes(new byte[] {0, (byte) id.length});
        data.writeBytes(id);
        data.writeBytes(coseKey());
        ByteArrayOutputStream attestation = new ByteArrayOutputStream();
        attestation.write(0xa3);
        text(attestation, "fmt");
        text(attestation, "none");
        text(attestation, "attStmt");
        attestation.write(0xa0);
        text(attestation, "authData");
        bytes(attestation, data.toByteArray());
        return Canonical.text(
                Map.of(
                        "id", credentialId(),
                        "rawId", credentialId(),
                        "type", "public-key",
                        "response",
                                Map.of(
                                        "attestationObject",
                                        base64(attestation.toByteArray()),
                                        "clientDataJSON",
                                        base64(clientData(challenge, how)))));
    }

    /// What `navigator.credentials.get` gives, as JSON.
    public String sign(String challenge, Circumstances how) {
        byte[] data = authenticatorData(how, how.flags());
        byte[] client = clientData(challenge, how);
        return Canonical.text(
                Map.of(
                        "id", credentialId(),
                        "rawId", credentialId(),
                        "type", "public-key",
                        "response",
                                Map.of(
                                        "authenticatorData", base64(data),
                                        "clientDataJSON", base64(client),
                                        "signature", base64(signature(data, client)))));
    }

    private byte[] signature(byte[] authenticatorData, byte[] clientData) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(authenticatorData);
            signature.update(sha256(clientData));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] clientData(String challenge, Circumstances how) {
        return Canonical.bytes(
                Map.of(
                        "type", how.type(),
                        "challenge", challenge,
                        "origin", how.origin(),
                        "crossOrigin", how.crossOrigin()));
    }

    private static byte[] authenticatorData(Circumstances how, int flags) {
        return ByteBuffer.allocate(37)
                .put(sha256(how.rpId().getBytes(StandardCharsets.UTF_8)))
                .put((byte) flags)
                .putInt((int) how.count())
                .array();
    }

    /// The COSE key: a map of key type, algorithm, curve and both coordinates.
    private byte[] coseKey() {
        ECPublicKey key = (ECPublicKey) keys.getPublic();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21});
        bytes(out, coordinate(key.getW().getAffineX()));
        out.write(0x22);
        bytes(out, coordinate(key.getW().getAffineY()));
        return out.toByteArray();
    }

    private static byte[] coordinate(BigInteger value) {
        byte[] signed = value.toByteArray();
        byte[] fixed = new byte[32];
        int length = Math.min(32, signed.length);
        System.arraycopy(signed, signed.length - length, fixed, 32 - length, length);
        return fixed;
    }

    private static void text(ByteArrayOutputStream out, String text) {
        out.write(0x60 + text.length());
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void bytes(ByteArrayOutputStream out, byte[] bytes) {
        if (bytes.length < 256) {
            out.write(0x58);
        } else {
            out.write(0x59);
            out.write(bytes.length >> 8);
        }
        out.write(bytes.length);
        out.writeBytes(bytes);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
