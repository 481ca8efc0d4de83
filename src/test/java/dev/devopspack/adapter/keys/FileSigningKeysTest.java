package dev.devopspack.adapter.keys;

import static java.time.ZoneOffset.UTC;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.approval.KeySet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSigningKeysTest {

    @TempDir Path folder;

    @Test
    void theKeyStaysTheSameAndItsSignatureVerifies() throws Exception {
        FileSigningKeys first = new FileSigningKeys(folder, Optional.empty(), Clock.systemUTC());
        byte[] message = "released".getBytes();

        byte[] signature = first.sign(message).signature();
        FileSigningKeys second = new FileSigningKeys(folder, Optional.empty(), Clock.systemUTC());

        assertEquals(first.currentKeyId(), second.currentKeyId());
        assertTrue(verifies(second.published().keys().getFirst(), message, signature));
    }

    /// Else the first grant, which is dated before it is signed, could be older than its key.
    @Test
    void theFirstKeySignedFromTheStartOn() {
        Instant[] now = {Instant.parse("2026-01-05T10:00:00.900Z")};
        FileSigningKeys keys = new FileSigningKeys(folder, Optional.empty(), clock(now));

        keys.currentKeyId();
        Instant granted = now[0];
        now[0] = now[0].plusSeconds(1);

        assertTrue(keys.published().keys().getFirst().signedInTime(granted));
    }

    @Test
    void aKeyThatOthersCanReadIsRefused() throws Exception {
        new FileSigningKeys(folder, Optional.empty(), Clock.systemUTC()).currentKeyId();
        Files.setPosixFilePermissions(
                folder.resolve("signing-key"), PosixFilePermissions.fromString("rw-r--r--"));

        FileSigningKeys keys = new FileSigningKeys(folder, Optional.empty(), Clock.systemUTC());

        assertThrows(IllegalStateException.class, keys::currentKeyId);
    }

    @Test
    void aKeyOfTheOwnGroupIsRefusedAndOneHandedInIsNot() throws Exception {
        Path file = folder.resolve("handed-in");
        new FileSigningKeys(folder, Optional.of(file), Clock.systemUTC()).currentKeyId();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r-----"));
        FileSigningKeys own = new FileSigningKeys(folder, Optional.of(file), Clock.systemUTC());

        assertThrows(IllegalStateException.class, own::currentKeyId);

        String user = System.getProperty("user.name");
        System.setProperty("user.name", "somebody-else");
        try {
            assertTrue(
                    new FileSigningKeys(folder, Optional.of(file), Clock.systemUTC())
                                    .currentKeyId()
                                    .length()
                            > 10);
        } finally {
            System.setProperty("user.name", user);
        }
    }

    private static Clock clock(Instant[] now) {
        InstantSource source = () -> now[0];
        return source.withZone(UTC);
    }

    private static boolean verifies(KeySet.Key key, byte[] message, byte[] signature)
            throws Exception {
        byte[] prefix = HexFormat.of().parseHex("302a300506032b6570032100");
        byte[] raw = Base64.getUrlDecoder().decode(key.x());
        byte[] spki = new byte[prefix.length + raw.length];
        System.arraycopy(prefix, 0, spki, 0, prefix.length);
        System.arraycopy(raw, 0, spki, prefix.length, raw.length);
        Signature ed25519 = Signature.getInstance("Ed25519");
        ed25519.initVerify(
                KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki)));
        ed25519.update(message);
        return ed25519.verify(signature);
    }
}
