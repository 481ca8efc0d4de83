package dev.devopspack.policy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Base64 as people write it into user data.
final class Encodings {

    /// Shorter texts are words that happen to be made of the same letters.
    private static final int SHORTEST = 24;

    private Encodings() {}

    static Object decoded(Object value) {
        if (!(value instanceof String text)) {
            return value;
        }
        String packed = text.replaceAll("\\s", "");
        if (packed.length() < SHORTEST) {
            return text;
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(packed);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
