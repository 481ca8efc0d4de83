package dev.devopspack.adapter.keys;

import dev.devopspack.audit.Cosigner;
import dev.devopspack.audit.CosignerKey;
import dev.devopspack.audit.CosignerKey.Algorithm;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;

/// The checkpoint key's second algorithm: an ML-DSA-44 key (FIPS 204) made from a seed.
///
/// Its key generation begins with 32 random bytes and nothing else that is random; here they are
/// the seed, so the same seed gives the same key.
final class SecondKey {

    /// What the seed is derived for.
    static final String PURPOSE = "devops-pack/checkpoint-key/ml-dsa-44/v1";

    private static final String ML_DSA_44 = "ML-DSA-44";

    private SecondKey() {}

    /// @param name of the log
    /// @param seed 32 bytes
    static Cosigner of(String name, byte[] seed) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(ML_DSA_44);
            generator.initialize(NamedParameterSpec.ML_DSA_44, new Seed(seed));
            KeyPair pair = generator.generateKeyPair();
            return new Cosigner(
                    CosignerKey.of(name, Algorithm.ML_DSA_44, pair.getPublic()),
                    message -> sign(pair.getPrivate(), message));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform has no ML-DSA-44", e);
        }
    }

    private static byte[] sign(PrivateKey secret, byte[] message) {
        try {
            Signature signature = Signature.getInstance(ML_DSA_44);
            signature.initSign(secret);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("an ML-DSA-44 key cannot sign", e);
        }
    }

    /// Gives its bytes once, to whoever asks for exactly as many.
    private static final class Seed extends SecureRandom {

        private final transient byte[] seed;
        private boolean given;

        Seed(byte[] seed) {
            super(null, null);
            this.seed = seed.clone();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            if (given || bytes.length != seed.length) {
                throw new IllegalStateException(
                        "this Java platform makes ML-DSA keys from another seed than FIPS 204's");
            }
            given = true;
            System.arraycopy(seed, 0, bytes, 0, seed.length);
        }
    }
}
