package dev.devopspack.adapter.github;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.testing.Pem;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class AppKeyTest {

    private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");

    /// What stands before the key in PKCS #8 for keys of 2,048 bits.
    private static final int PKCS8_HEAD = 26;

    @Test
    void aKeyIsReadAsGitHubGivesItAndInPkcs8() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2_048);
        KeyPair pair = generator.generateKeyPair();
        byte[] pkcs8 = pair.getPrivate().getEncoded();
        byte[] pkcs1 = Arrays.copyOfRange(pkcs8, PKCS8_HEAD, pkcs8.length);

        for (String pem :
                new String[] {Pem.of("RSA PRIVATE KEY", pkcs1), Pem.of("PRIVATE KEY", pkcs8)}) {
            String token = AppKey.parse(pem).token("12345", NOW);

            String[] parts = token.split("\\.", -1);
            assertEquals(
                    "{\"iat\":1795687140,\"exp\":1795687500,\"iss\":\"12345\"}",
                    new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8));
            assertTrue(verifies(pair.getPublic(), parts));
        }
    }

    @Test
    void whatIsNoKeyIsRefused() {
        assertThrows(IllegalStateException.class, () -> AppKey.parse("no key"));
        assertThrows(
                IllegalStateException.class,
                () -> AppKey.parse(Pem.of("RSA PRIVATE KEY", new byte[300])));
    }

    private static boolean verifies(PublicKey key, String[] parts) throws GeneralSecurityException {
        Signature check = Signature.getInstance("SHA256withRSA");
        check.initVerify(key);
        check.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        return check.verify(Base64.getUrlDecoder().decode(parts[2]));
    }
}
