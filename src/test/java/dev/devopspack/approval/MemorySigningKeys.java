package dev.devopspack.approval;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.List;

/// A signing key that is gone when the test ends.
final class MemorySigningKeys implements SigningKeys {

    private final KeyPair pair;
    private final KeySet.Key key;

    MemorySigningKeys(Instant notBefore) {
        try {
            pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        key = KeySet.Key.of(pair.getPublic().getEncoded(), notBefore, null);
    }

    @Override
    public String currentKeyId() {
        return key.keyId();
    }

    @Override
    public Signed sign(byte[] message) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(pair.getPrivate());
            signature.update(message);
            return new Signed(key.keyId(), signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public KeySet published() {
        return new KeySet(List.of(key));
    }
}
