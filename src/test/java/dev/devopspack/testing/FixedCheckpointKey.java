package dev.devopspack.testing;

import dev.devopspack.audit.CheckpointKey;
import dev.devopspack.audit.LogKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Base64;
import java.util.HexFormat;

/// The first key of RFC 8032's own test vectors: everybody knows it, and it signs the same for
/// ever.
public final class FixedCheckpointKey implements CheckpointKey {

    private static final String SECRET =
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
    private static final String OPEN =
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

    private final LogKey open;
    private final PrivateKey secret;

    public FixedCheckpointKey(String origin) {
        try {
            open =
                    new LogKey(
                            origin,
                            Base64.getEncoder().encodeToString(HexFormat.of().parseHex(OPEN)));
            secret =
                    KeyFactory.getInstance("Ed25519")
                            .generatePrivate(
                                    new EdECPrivateKeySpec(
                                            NamedParameterSpec.ED25519,
                                            HexFormat.of().parseHex(SECRET)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public LogKey open() {
        return open;
    }

    @Override
    public byte[] sign(byte[] message) {
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initSign(secret);
            ed25519.update(message);
            return ed25519.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
