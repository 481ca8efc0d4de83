package dev.devopspack.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.audit.CosignerKey.Algorithm;
import dev.devopspack.change.Digest;
import dev.devopspack.task.InvalidInput;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CosignerKeyTest {

    private static final Checkpoint CHECKPOINT =
            new Checkpoint("log.example.com/audit", 258, Digest.of("root"));

    @ParameterizedTest
    @EnumSource
    void whatACosignerSignsHoldsAndItsKeyIsReadBack(Algorithm algorithm) throws Exception {
        String name = algorithm == Algorithm.ED25519 ? "Ed25519" : "ML-DSA-44";
        KeyPair pair = KeyPairGenerator.getInstance(name).generateKeyPair();
        CosignerKey key = CosignerKey.of("witness.example.com/w1", algorithm, pair.getPublic());
        SignedCheckpoint.Line line =
                key.sign(
                        CHECKPOINT,
                        Instant.parse("2026-11-23T10:00:00Z"),
                        message -> {
                            try {
                                Signature signature = Signature.getInstance(name);
                                signature.initSign(pair.getPrivate());
                                signature.update(message);
                                return signature.sign();
                            } catch (java.security.GeneralSecurityException e) {
                                throw new AssertionError(e);
                            }
                        });

        assertTrue(key.signed(SignedCheckpoint.of(CHECKPOINT, line)));
        assertEquals(key, CosignerKey.parse(key.text()));
        assertThrows(InvalidInput.class, () -> CosignerKey.parse(key.text().replace("w1+", "w2+")));
        assertThrows(
                InvalidInput.class,
                () -> CosignerKey.parse(key.text().substring(0, key.text().length() - 4)));
    }

    /// The texts of C2SP tlog-cosignature, byte for byte.
    @Test
    void whatIsSignedIsWhatTheSpecificationSays() {
        CosignerKey ed25519 =
                new CosignerKey(
                        "w", Algorithm.ED25519, Base64.getEncoder().encodeToString(new byte[32]));
        CosignerKey mlDsa =
                new CosignerKey(
                        "w",
                        Algorithm.ML_DSA_44,
                        Base64.getEncoder().encodeToString(new byte[1_312]));

        assertEquals(
                "cosignature/v1\ntime 1679315147\n" + CHECKPOINT.text(),
                new String(ed25519.message(CHECKPOINT, 1_679_315_147L), StandardCharsets.UTF_8));
        assertEquals(
                HexFormat.of().formatHex("subtree/v1\n\0".getBytes(StandardCharsets.US_ASCII))
                        + "0177"
                        + "00000000641850cb"
                        + "15"
                        + HexFormat.of()
                                .formatHex(
                                        "log.example.com/audit".getBytes(StandardCharsets.US_ASCII))
                        + "0000000000000000"
                        + "0000000000000102"
                        + Digest.of("root").hex(),
                HexFormat.of().formatHex(mlDsa.message(CHECKPOINT, 1_679_315_147L)));
    }

    @Test
    void theLogsKeyIsNoCosigners() {
        LogKey log = new LogKey("log", Base64.getEncoder().encodeToString(new byte[32]));

        assertThrows(InvalidInput.class, () -> CosignerKey.parse(log.text()));
    }
}
