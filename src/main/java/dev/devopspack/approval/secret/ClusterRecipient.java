package dev.devopspack.approval.secret;

import dev.devopspack.change.Digest;
import dev.devopspack.task.InvalidInput;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;

/// A cluster in which a controller of Sealed Secrets opens what is sealed to its certificate, for
/// one namespace and one name.
///
/// @param certificate in PEM, as `kubeseal --fetch-cert` prints it
public record ClusterRecipient(String name, String certificate) implements Recipient {

    /// The controller makes keys of 4,096; a shorter one than this is somebody's mistake.
    private static final int MIN_KEY_BITS = 2_048;

    private static final int SESSION_KEY_BITS = 256;
    private static final int TAG_BITS = 128;
    private static final int NONCE_LENGTH = 12;

    public ClusterRecipient {
        if (read(certificate).getModulus().bitLength() < MIN_KEY_BITS) {
            throw refusal();
        }
    }

    @Override
    public String fingerprint() {
        return Digest.of(read(certificate).getEncoded()).value();
    }

    @Override
    public String kind() {
        return "Sealed Secrets";
    }

    /// The public key as browsers import it: SubjectPublicKeyInfo in base64.
    public String publicKey() {
        return Base64.getEncoder().encodeToString(read(certificate).getEncoded());
    }

    /// How many bytes the sealed form of a value of so many bytes has.
    int sealedLength(int valueLength) {
        return 2 + keyLength() + valueLength + TAG_BITS / 8;
    }

    int keyLength() {
        return (read(certificate).getModulus().bitLength() + 7) / 8;
    }

    @Override
    public SecretFile seal(SecretName secret, int version, byte[] value) {
        return SealedManifest.of(secret, version, sealed(secret, value));
    }

    /// A key of one use seals the value with AES-256-GCM, and RSA-OAEP (SHA-256) seals that key for
    /// this namespace and name: two bytes of length, the sealed key, the sealed value. The nonce is
    /// zero, as the controller expects: no key is used twice.
    byte[] sealed(SecretName secret, byte[] value) {
        try {
            KeyGenerator generator = KeyGenerator.getInstance("AES");
            generator.init(SESSION_KEY_BITS);
            SecretKey session = generator.generateKey();
            Cipher rsa = Cipher.getInstance("RSA/ECB/OAEPPadding");
            rsa.init(
                    Cipher.ENCRYPT_MODE,
                    read(certificate),
                    new OAEPParameterSpec(
                            "SHA-256",
                            "MGF1",
                            MGF1ParameterSpec.SHA256,
                            new PSource.PSpecified(label(secret))));
            byte[] key = rsa.doFinal(session.getEncoded());
            Cipher aes = Cipher.getInstance("AES/GCM/NoPadding");
            aes.init(
                    Cipher.ENCRYPT_MODE,
                    session,
                    new GCMParameterSpec(TAG_BITS, new byte[NONCE_LENGTH]));
            byte[] text = aes.doFinal(value);
            byte[] all = new byte[2 + key.length + text.length];
            all[0] = (byte) (key.length >> 8);
            all[1] = (byte) key.length;
            System.arraycopy(key, 0, all, 2, key.length);
            System.arraycopy(text, 0, all, 2 + key.length, text.length);
            return all;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("nothing can be sealed to '" + name + "'", e);
        }
    }

    static byte[] label(SecretName secret) {
        return secret.path().getBytes(StandardCharsets.UTF_8);
    }

    private static RSAPublicKey read(String pem) {
        try {
            X509Certificate read =
                    (X509Certificate)
                            CertificateFactory.getInstance("X.509")
                                    .generateCertificate(
                                            new ByteArrayInputStream(
                                                    pem.getBytes(StandardCharsets.UTF_8)));
            if (read != null && read.getPublicKey() instanceof RSAPublicKey key) {
                return key;
            }
        } catch (GeneralSecurityException _) {
            // Said below.
        }
        throw refusal();
    }

    private static InvalidInput refusal() {
        return new InvalidInput(
                "certificate",
                "this is no certificate of a Sealed Secrets controller",
                "Use what `kubeseal --fetch-cert` prints.");
    }
}
