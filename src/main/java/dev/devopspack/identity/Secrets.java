package dev.devopspack.identity;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.random.RandomGenerator;

/// Makes random secrets and ids.
public final class Secrets {

    private static final String ID_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

    private final RandomGenerator random;

    /// The system's own source of randomness.
    public Secrets() {
        this(new SecureRandom());
    }

    Secrets(RandomGenerator random) {
        this.random = random;
    }

    /// 32 random bytes, base64url without padding: 43 characters.
    public String secret() {
        return base64(bytes32());
    }

    public byte[] bytes32() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return bytes;
    }

    /// @param length of letters and digits of 5 random bits each
    public String id(int length) {
        StringBuilder out = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            out.append(ID_ALPHABET.charAt(random.nextInt(ID_ALPHABET.length())));
        }
        return out.toString();
    }

    public static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
