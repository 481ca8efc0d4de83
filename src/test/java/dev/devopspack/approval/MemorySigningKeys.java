package dev.devopspack.approval;

import dev.devopspack.change.StoreUnavailable;
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
    private boolean away;

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

    /// As a service that is known to be away, until it is back.
    void away(boolean now) {
        away = now;
    }

    @Override
    public void awake() {
        if (away) {
            throw new StoreUnavailable(
                    "keys", "they are away", "Try again.", new IllegalStateException("away"));
        }
    }

    @Override
    public KeySet published() {
        return new KeySet(List.of(key));
    }
}
